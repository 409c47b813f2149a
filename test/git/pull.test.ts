import {describe, expect, it} from 'vitest';
import type {TargetRevision} from '../../source/model/application.ts';
import {createSandbox, problemOf, runGit, type Upstream} from './sandbox.ts';

const sandbox = createSandbox();
const auto = (value: string): TargetRevision => ({type: 'auto', value});
const branch = (value: string): TargetRevision => ({type: 'branch', value});

/** main (two commits), release, and a handful of tags. */
function seed(): {upstream: Upstream; first: string; second: string; released: string} {
	const upstream = sandbox.upstream();
	const first = upstream.commit({'a.yaml': 'a: 1\n'}, 'first');
	upstream.git('tag', 'v1.0.0');
	upstream.git('tag', '-a', '-m', 'annotated', 'v1.2.0');
	const second = upstream.commit({'a.yaml': 'a: 2\n'}, 'second');
	upstream.git('tag', '-a', '-m', 'annotated', '1.3.0-rc.1');
	upstream.git('checkout', '--quiet', '-b', 'release/1.x', first);
	const released = upstream.commit({'b.yaml': 'b: 1\n'}, 'released');
	upstream.git('tag', '2.0.0');
	upstream.git('checkout', '--quiet', 'main');
	return {upstream, first, second, released};
}

describe('pulling a target', () => {
	const {upstream, first, second, released} = seed();
	const cases: [string, TargetRevision, string, string][] = [
		['nothing', auto(''), second, 'refs/heads/main'],
		['HEAD', auto('HEAD'), second, 'refs/heads/main'],
		['a branch', branch('release/1.x'), released, 'refs/heads/release/1.x'],
		['a branch by auto', auto('release/1.x'), released, 'refs/heads/release/1.x'],
		['a full name', auto('refs/heads/release/1.x'), released, 'refs/heads/release/1.x'],
		['a tag', {type: 'tag', value: 'v1.0.0'}, first, 'refs/tags/v1.0.0'],
		['an annotated tag', {type: 'tag', value: 'v1.2.0'}, first, 'refs/tags/v1.2.0'],
		['an annotated tag by auto', auto('v1.2.0'), first, 'refs/tags/v1.2.0'],
		['a version range', {type: 'semver', value: '^1.0'}, first, 'refs/tags/v1.2.0'],
		['a version range by auto', auto('2.x'), released, 'refs/tags/2.0.0'],
		['a range that asks for prereleases', {type: 'semver', value: '>=1.0.0-0 <2.0.0'}, second, 'refs/tags/1.3.0-rc.1'],
		['a commit', {type: 'commit', value: first}, first, ''],
		['a commit in capitals', auto(first.toUpperCase()), first, ''],
		['an abbreviated commit', {type: 'commit', value: second.slice(0, 9)}, second, ''],
		['an abbreviated commit by auto', auto(second.slice(0, 9)), second, ''],
	];

	it.each(cases)('finds %s', async (_name, target, commit, ref) => {
		const repository = await sandbox.open(upstream.directory);
		const result = await repository.pull(target);
		expect(result).toMatchObject({commit, ref, isForced: false});
		expect((await repository.tree(commit)).commit).toBe(commit);
		expect(await repository.resolve(target)).toMatchObject({commit, ref, hasMoved: false});
	});

	it('finds every target again in a mirror that has them all, without a fetch', async () => {
		const repository = await sandbox.open(upstream.directory);
		for (const [, target, commit] of cases) {
			expect(await repository.pull(target)).toMatchObject({commit, hasMoved: false});
		}
		expect(repository.counters.fetches).toBe(0);
	});

	it('asks no remote for a commit that is here', async () => {
		const repository = await sandbox.open(upstream.directory);
		await repository.pull({type: 'commit', value: first});
		expect(repository.counters.lists).toBe(0);
	});

	it('prefers a branch to a tag of the same name', async () => {
		const both = sandbox.upstream();
		both.commit({a: '1'});
		both.git('tag', 'same');
		both.git('checkout', '--quiet', '-b', 'same');
		const tip = both.commit({a: '2'});
		const repository = await sandbox.open(both.directory);
		expect(await repository.pull(auto('same'))).toMatchObject({commit: tip, ref: 'refs/heads/same'});
	});

	it('knows nothing of a target before its first pull', async () => {
		const repository = await sandbox.open(`file://${upstream.directory}`);
		expect(await repository.resolve(auto('main'))).toBeNull();
	});

	it('reads HEAD of a remote whose HEAD is detached', async () => {
		const detached = sandbox.upstream();
		const commit = detached.commit({a: '1'});
		detached.git('checkout', '--quiet', '--detach');
		const repository = await sandbox.open(detached.directory);
		expect(await repository.pull(auto('HEAD'))).toMatchObject({commit, ref: 'HEAD'});
	});

	it('reads repositories that use SHA-256', async () => {
		const upstream = sandbox.upstream('sha256');
		upstream.git('init', '--quiet', '--object-format=sha256', 'inner');
		upstream.git('-C', 'inner', 'commit', '--quiet', '--allow-empty', '-m', 'first');
		const commit = upstream.git('-C', 'inner', 'rev-parse', 'HEAD');
		const repository = await sandbox.open(`${upstream.directory}/inner`);
		expect(commit).toHaveLength(64);
		expect((await repository.pull(auto('HEAD'))).commit).toBe(commit);
	});
});

describe('a branch that moves', () => {
	it('is fetched only when it moved', async () => {
		const {upstream} = seed();
		const repository = await sandbox.open(upstream.directory);
		expect(await repository.pull(branch('main'))).toMatchObject({hasMoved: true, isForced: false});
		expect(await repository.pull(branch('main'))).toMatchObject({hasMoved: false});
		expect(repository.counters).toMatchObject({lists: 2, fetches: 1});
		const third = upstream.commit({'a.yaml': 'a: 3\n'});
		expect(await repository.pull(branch('main'))).toMatchObject({commit: third, hasMoved: true, isForced: false});
		expect(repository.counters.fetches).toBe(2);
	});

	it('is told to have been rewritten until it moves on, also after a restart', async () => {
		const {upstream, first} = seed();
		const before = await sandbox.open(upstream.directory);
		await before.pull(branch('main'));
		await before.close();
		upstream.git('reset', '--quiet', '--hard', first);
		const forced = upstream.commit({'c.yaml': 'c: 1\n'});
		const repository = await sandbox.open(upstream.directory);
		expect(await repository.pull(branch('main'))).toMatchObject({commit: forced, isForced: true, hasMoved: true});
		// Another application asks later, and has to know as well.
		expect(await repository.pull(branch('main'))).toMatchObject({isForced: true, hasMoved: false});
		upstream.commit({'c.yaml': 'c: 2\n'});
		expect(await repository.pull(branch('main'))).toMatchObject({isForced: false, hasMoved: true});
	});

	it('is rewritten when it goes back, and when its history has nothing in common with the former', async () => {
		const {upstream, first} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(auto(''));
		upstream.git('reset', '--quiet', '--hard', first);
		expect(await repository.pull(auto(''))).toMatchObject({commit: first, isForced: true});
		upstream.git('checkout', '--quiet', '--orphan', 'other');
		const orphan = upstream.commit({'d.yaml': 'd: 1\n'});
		upstream.git('branch', '--force', 'main', orphan);
		upstream.git('checkout', '--quiet', 'main');
		expect(await repository.pull(auto(''))).toMatchObject({commit: orphan, isForced: true});
	});

	it('is not rewritten when a range finds a newer tag on another branch', async () => {
		const {upstream, released} = seed();
		const repository = await sandbox.open(upstream.directory);
		const range: TargetRevision = {type: 'semver', value: '>=1'};
		await repository.pull(range);
		upstream.git('tag', '3.0.0', 'main');
		expect(await repository.pull(range)).toMatchObject({ref: 'refs/tags/3.0.0', hasMoved: true, isForced: false});
		expect(released).not.toBe('');
	});

	it('keeps what was rewritten away readable', async () => {
		const {upstream, first, second} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(branch('main'));
		upstream.git('reset', '--quiet', '--hard', first);
		upstream.git('tag', '--delete', '1.3.0-rc.1');
		upstream.git('reflog', 'expire', '--expire=now', '--all');
		upstream.git('gc', '--quiet', '--prune=now');
		await repository.pull(branch('main'));
		runGit(sandbox.mirrorOf(upstream), ['gc', '--quiet', '--prune=now']);
		expect((await repository.commit(second)).subject).toBe('second');
		expect((await repository.tree(second)).file('a.yaml')).not.toBeNull();
	});

	it('may be renamed so that old and new name collide as files', async () => {
		const {upstream} = seed();
		upstream.git('branch', 'topic');
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(branch('topic'));
		await repository.pull({type: 'commit', value: upstream.git('rev-parse', '--short=8', 'release/1.x')});
		upstream.git('branch', '--move', 'topic', 'topic/one');
		expect((await repository.pull(branch('topic/one'))).commit).toBe(upstream.git('rev-parse', 'topic/one'));
		const later = upstream.commit({'e.yaml': 'e: 1\n'});
		expect((await repository.pull({type: 'commit', value: later.slice(0, 8)})).commit).toBe(later);
	});
});

describe('a target that is not there', () => {
	it('names the nearest branches when a branch was deleted', async () => {
		const {upstream} = seed();
		upstream.git('branch', 'feature/checkout');
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(branch('feature/checkout'));
		upstream.git('branch', '--quiet', '-D', 'feature/checkout');
		upstream.git('branch', 'feature/check');
		const problem = await problemOf(repository.pull(branch('feature/checkout')));
		expect(problem.code).toBe('RevisionNotFound');
		expect(problem.message).toContain('has no branch "feature/checkout"');
		expect(problem.hint).toMatch(/^Existing branches: feature\/check, /);
		// What it was is still known.
		expect(await repository.resolve(branch('feature/checkout'))).not.toBeNull();
	});

	it('never takes a tag for a branch that was deleted', async () => {
		const {upstream} = seed();
		upstream.git('branch', '1');
		const repository = await sandbox.open(upstream.directory);
		expect(await repository.pull(auto('1'))).toMatchObject({ref: 'refs/heads/1'});
		upstream.git('branch', '--quiet', '-D', '1');
		expect((await problemOf(repository.pull(auto('1')))).code).toBe('RevisionNotFound');
	});

	it.each<[string, TargetRevision]>([
		['tag', {type: 'tag', value: 'v9'}],
		['range', {type: 'semver', value: '^9'}],
		['name', auto('nowhere')],
		['commit', {type: 'commit', value: '0123456789012345678901234567890123456789'}],
		['abbreviated commit', {type: 'commit', value: '0123456'}],
		['full name', auto('refs/pull/7/head')],
	])('says so for a %s', async (_name, target) => {
		const {upstream} = seed();
		const repository = await sandbox.open(upstream.directory);
		const problem = await problemOf(repository.pull(target));
		expect(problem.code).toBe('RevisionNotFound');
		expect(problem.message).toContain(target.value);
		expect(problem.hint).toBeTruthy();
	});

	it('says that a repository is empty, and reads it once it is not', async () => {
		const upstream = sandbox.upstream();
		const repository = await sandbox.open(upstream.directory);
		expect((await problemOf(repository.pull(auto('')))).code).toBe('EmptyRepository');
		expect((await problemOf(repository.pull(branch('main')))).code).toBe('EmptyRepository');
		const commit = upstream.commit({a: '1'});
		expect((await repository.pull(auto(''))).commit).toBe(commit);
	});

	it('says so for a tag that points to a file', async () => {
		const {upstream} = seed();
		upstream.git('tag', 'blob', upstream.git('rev-parse', 'HEAD:a.yaml'));
		const repository = await sandbox.open(upstream.directory);
		expect((await problemOf(repository.pull({type: 'tag', value: 'blob'}))).code).toBe('RevisionNotFound');
	});

	it.each<TargetRevision>([
		branch('--upload-pack=touch x'),
		branch('a..b'),
		branch('a:b'),
		branch('a b'),
		branch('a\nb'),
		branch('refs/heads/../../x'),
		branch(''),
		branch('HEAD'),
		branch('x.lock'),
		{type: 'tag', value: '-d'},
		{type: 'semver', value: 'latest'},
		{type: 'semver', value: ''},
		{type: 'commit', value: 'main'},
		{type: 'commit', value: '-n'},
		auto('--exec=x'),
		auto('main^{/x}'),
		auto('@{-1}'),
	])('refuses %o before any git sees it', async target => {
		const {upstream} = seed();
		const repository = await sandbox.open(upstream.directory);
		expect((await problemOf(repository.pull(target))).code).toBe('InvalidTargetRevision');
		expect(repository.counters.lists).toBe(0);
	});
});

describe('many pulls at once', () => {
	it('share one question to the remote and one fetch', async () => {
		const {upstream, second, released} = seed();
		const repository = await sandbox.open(upstream.directory, {limits: {freshMilliseconds: 60_000}});
		const targets = Array.from({length: 200}, (_, index) => branch(index % 2 ? 'main' : 'release/1.x'));
		const results = await Promise.all(targets.map(target => repository.pull(target)));
		expect(results.map(({commit}) => commit)).toEqual(targets.map(({value}) => (value === 'main' ? second : released)));
		// Everybody learns that it moved, not only the first who asked.
		expect(results.every(({hasMoved}) => hasMoved)).toBe(true);
		expect(repository.counters).toMatchObject({lists: 1, fetches: 2});
	});

	it('an answer serves others for a while, but not who knows of a push', async () => {
		const {upstream, second} = seed();
		const repository = await sandbox.open(upstream.directory, {limits: {freshMilliseconds: 60_000}});
		await repository.pull(branch('main'));
		const third = upstream.commit({'a.yaml': 'a: 3\n'});
		expect((await repository.pull(branch('main'))).commit).toBe(second);
		const fresh = await Promise.all([1, 2, 3].map(() => repository.pull(branch('main'), {isFresh: true})));
		expect(fresh.map(({commit}) => commit)).toEqual([third, third, third]);
		expect((await repository.pull(branch('main'))).commit).toBe(third);
	});

	it('a caller that gives up does not take the others with it', async () => {
		const {upstream, second} = seed();
		const repository = await sandbox.open(upstream.directory);
		const giveUp = new AbortController();
		const given = problemOf(repository.pull(branch('main'), {signal: giveUp.signal}));
		const other = repository.pull(branch('main'));
		giveUp.abort();
		expect((await given).code).toBe('Aborted');
		expect((await other).commit).toBe(second);
	});
});

describe('history', () => {
	it('tells author, time, subject and parents of a commit', async () => {
		const {upstream, first, second} = seed();
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(branch('main'));
		expect(await repository.commit(second)).toEqual({
			id: second,
			author: 'Ana',
			email: 'ana@example.org',
			time: Date.parse('2026-11-21T10:00:00Z'),
			subject: 'second',
			parents: [first],
		});
	});

	it('is told for many commits at once', async () => {
		const upstream = sandbox.upstream();
		const ids = Array.from({length: 30}, (_, index) => upstream.commit({n: String(index)}, `number ${index}`));
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(auto(''));
		const infos = await Promise.all([...ids, ...ids].map(id => repository.commit(id)));
		expect(infos.map(({subject}) => subject)).toEqual([...ids, ...ids].map((_, index) => `number ${index % 30}`));
	});

	it('makes the text of a commit safe', async () => {
		const upstream = sandbox.upstream();
		const commit = upstream.commit({a: '1'}, 'evil \u001b[2J ò \u202e text\n\nbody');
		const repository = await sandbox.open(upstream.directory);
		await repository.pull(auto(''));
		expect((await repository.commit(commit)).subject).toBe('evil \\x1b[2J ò \\u202e text');
	});

	it.each(['main', '--output=x', '0123456789012345678901234567890123456789'])('has no commit %s', async id => {
		const {upstream} = seed();
		const repository = await sandbox.open(upstream.directory);
		expect((await problemOf(repository.commit(id))).code).toBe('RevisionNotFound');
		expect((await problemOf(repository.tree(id))).code).toBe('RevisionNotFound');
	});

	it('is read as far as it goes when the remote is shallow', async () => {
		const {upstream, second} = seed();
		const shallow = `${upstream.directory}-shallow`;
		upstream.git('clone', '--quiet', '--depth=1', `file://${upstream.directory}`, shallow);
		const repository = await sandbox.open(shallow);
		expect(await repository.pull(auto(''))).toMatchObject({commit: second});
		const third = upstream.commit({'a.yaml': 'a: 3\n'});
		upstream.commit({'a.yaml': 'a: 4\n'});
		upstream.git('-C', shallow, 'fetch', '--quiet', '--depth=1');
		upstream.git('-C', shallow, 'reset', '--quiet', '--hard', 'origin/main');
		// The link between the two commits is cut off: not a rewrite, as far as anybody can tell.
		expect(await repository.pull(auto(''))).toMatchObject({hasMoved: true, isForced: false});
		expect(third).not.toBe('');
	});
});
