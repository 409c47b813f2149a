import {beforeEach, describe, expect, it} from 'vitest';
import type {RevertInFlight} from '../../source/engine/history/in-flight.ts';
import type {TargetRevision} from '../../source/model/application.ts';
import type {JournalEntry} from '../../source/model/journal.ts';
import type {GitRepository} from '../../source/model/ports/git/repository.ts';
import type {ApplicationContext} from '../../source/worker/application/context.ts';
import {checkInFlight, noteInFlight, revertsInFlight} from '../../source/worker/change/in-flight.ts';
import {trackedBranch} from '../../source/worker/change/tracked-branch.ts';
import {createSandbox, problemOf, type Upstream} from '../git/sandbox.ts';

const sandbox = createSandbox();
const minute = 60_000;

/** As much of an application as these rules look at: real Git, and no cluster to write to. */
function contextOf(repository: GitRepository, options: {target?: TargetRevision; mode?: string} = {}) {
	const entries: JournalEntry[] = [];
	const time = {now: 1_000_000};
	const context = {
		application: {
			name: 'shop',
			source: {target: options.target ?? {type: 'branch', value: 'main'}},
			destination: {namespace: 'shop'},
			declaredAt: {file: 'holdfast.yaml', line: 1, format: 'holdfast'},
		},
		repository,
		services: {
			clock: () => time.now,
			newId: () => `${entries.length}`,
			mode: options.mode ?? 'reconcile',
			record: (entry: JournalEntry) => entries.push(entry),
		},
		log: {warn() {}, info() {}},
		session: {
			cluster: {
				async create() {
					throw new Error('no cluster');
				},
			},
		},
		state: {
			leaving: 'no',
			revision: null as string | null,
			conditions: new Map(),
			inventory: {
				application: 'shop',
				namespace: 'shop',
				entries: [],
				holds: [],
				children: [],
				hooks: null,
				syncedRevision: null,
				syncedAt: null,
				source: {repoURL: '', path: ''},
				extraData: {other: 'kept'},
				extraLabels: {},
				extraAnnotations: {},
			},
		},
		changed() {},
	} as unknown as ApplicationContext;
	return {context, entries, time};
}

describe('a revert under way', () => {
	let upstream: Upstream;
	let bad: string;
	let base: string;
	let scene: ReturnType<typeof contextOf>;
	let revert: RevertInFlight;

	const pulled = async (): Promise<void> => {
		const {repository} = scene.context;
		scene.context.state.revision = (await repository.pull({type: 'branch', value: 'main'}, {isFresh: true})).commit;
	};

	beforeEach(async () => {
		upstream = sandbox.upstream();
		upstream.commit({'a.yaml': 'a: 1\n'}, 'first');
		bad = upstream.commit({'a.yaml': 'a: 2\n'}, 'Bad');
		base = upstream.commit({'b.yaml': 'b: 1\n'}, 'On top');
		scene = contextOf(await sandbox.open(upstream.directory));
		await pulled();
		revert = {
			commits: [bad],
			revertCommit: null,
			base,
			branch: 'main',
			isOffered: false,
			by: 'ana@bastion-1',
			at: scene.time.now,
		};
		await noteInFlight(scene.context, () => [revert]);
	});

	const check = () => checkInFlight(scene.context);

	it('is noted beside what others keep there', () => {
		expect(revertsInFlight(scene.context)).toEqual([revert]);
		expect(scene.context.state.inventory.extraData.other).toBe('kept');
	});

	it('holds its commit back, and says so, until a quarter of an hour went by without a push', async () => {
		expect(await check()).toMatchObject({code: 'RevertInFlight', message: expect.stringContaining('not pushed yet')});
		expect([...scene.context.state.conditions.values()]).toMatchObject([{type: 'RevertInFlight'}]);
		scene.time.now += 15 * minute + 1;
		expect(await check()).toBeNull();
		expect(scene.context.state.conditions.size).toBe(0);
		expect(revertsInFlight(scene.context)).toEqual([]);
		expect(scene.entries).toEqual([]);
	});

	it('waits for a day on a branch of its own', async () => {
		upstream.git('checkout', '--quiet', '-b', 'mine', bad);
		const own = upstream.commit({'a.yaml': 'a: 1\n'}, 'Revert "Bad"');
		upstream.git('checkout', '--quiet', 'main');
		await noteInFlight(scene.context, () => [{...revert, revertCommit: own, branch: 'mine', isOffered: true}]);
		scene.time.now += 23 * 60 * minute;
		expect(await check()).toMatchObject({hint: expect.stringMatching(/^Merge mine; .* at \d{4}-/)});
		scene.time.now += 2 * 60 * minute;
		expect(await check()).toBeNull();
	});

	it('is over when the target holds the revert', async () => {
		const own = upstream.commit({'a.yaml': 'a: 1\n'}, 'Revert "Bad"');
		await noteInFlight(scene.context, () => [{...revert, revertCommit: own}]);
		expect(await check()).toMatchObject({code: 'RevertInFlight'});
		await pulled();
		expect(await check()).toBeNull();
		expect(scene.entries).toMatchObject([{type: 'revert', phase: 'landed', commits: [bad], revertCommit: own}]);
		expect(revertsInFlight(scene.context)).toEqual([]);
	});

	it('is over when the target holds its words under another id, but not for an older revert of the same', async () => {
		const old = upstream.commit({'a.yaml': 'a: 1\n'}, `Revert "Bad"\n\nThis reverts commit ${bad}.`);
		const again = upstream.commit({'a.yaml': 'a: 2\n'}, `Reapply "Bad"\n\nThis reverts commit ${old}.`);
		await pulled();
		const offered = {...revert, revertCommit: '0'.repeat(40), base: again, isOffered: true};
		await noteInFlight(scene.context, () => [offered]);
		expect(await check()).toMatchObject({code: 'RevertInFlight'});
		upstream.commit({'a.yaml': 'a: 1\n'}, `Squashed\n\nThis reverts commit ${bad.slice(0, 10)}.`);
		await pulled();
		expect(await check()).toBeNull();
	});

	it('is over when the branch was taken back behind the commit', async () => {
		upstream.git('reset', '--quiet', '--hard', `${bad}^`);
		await pulled();
		expect(await check()).toBeNull();
		expect(revertsInFlight(scene.context)).toEqual([]);
	});

	it('goes on when another one has landed or was given up', async () => {
		const other = upstream.commit({'c.yaml': 'c: 1\n'}, 'Also bad');
		const own = upstream.commit({'c.yaml': 'c: 0\n'}, 'Revert "Also bad"');
		const waiting = {...revert, revertCommit: '0'.repeat(40), branch: 'mine', isOffered: true};
		await noteInFlight(scene.context, () => [waiting, {...revert, commits: [other], revertCommit: own}]);
		await pulled();
		expect(await check()).toMatchObject({message: expect.stringContaining('waits on mine')});
		expect(revertsInFlight(scene.context)).toEqual([waiting]);
		expect(scene.entries).toMatchObject([{phase: 'landed', commits: [other]}]);
	});

	it('is left for others to clear away by a worker that only observes', async () => {
		scene.time.now += 15 * minute + 1;
		const watcher = contextOf(scene.context.repository, {mode: 'observe'});
		watcher.context.state.inventory = scene.context.state.inventory;
		watcher.context.state.revision = scene.context.state.revision;
		watcher.time.now = scene.time.now;
		expect(await checkInFlight(watcher.context)).toBeNull();
		expect(revertsInFlight(watcher.context)).toEqual([revert]);
	});
});

describe('the branch that an application follows', () => {
	const upstream = sandbox.upstream();
	const first = upstream.commit({'a.yaml': 'a: 1\n'}, 'first');
	upstream.git('tag', 'v1.0.0');

	it.each([
		['a branch', {type: 'branch', value: 'main'}],
		['HEAD', {type: 'auto', value: 'HEAD'}],
		['a name that is one', {type: 'auto', value: 'main'}],
		['its full name', {type: 'auto', value: 'refs/heads/main'}],
	] as const)('is told of %s', async (_name, target) => {
		const {context} = contextOf(await sandbox.open(upstream.directory), {target});
		expect(await trackedBranch(context)).toBe('main');
	});

	it.each([
		['a tag', {type: 'tag', value: 'v1.0.0'}, /the tag v1.0.0/, /earlier tag, or to a branch, in holdfast.yaml/],
		['a tag by its name', {type: 'auto', value: 'v1.0.0'}, /the tag v1.0.0/, /earlier tag/],
		['a version range', {type: 'semver', value: '1.x'}, /the version range 1.x/, /newer tag/],
		['a range that looks like one', {type: 'auto', value: '^1.0'}, /the version range/, /newer tag/],
		['a fixed commit', {type: 'commit', value: first}, /the fixed commit/, /earlier commit, or to a branch/],
	] as const)('is none for %s, and what to change instead is said', async (_name, target, message, hint) => {
		const {context} = contextOf(await sandbox.open(upstream.directory), {target});
		const problem = await problemOf(trackedBranch(context));
		expect(problem.code).toBe('TargetNotBranch');
		expect(problem.message).toMatch(message);
		expect(problem.hint).toMatch(hint);
	});
});
