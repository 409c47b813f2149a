import {afterEach, describe, expect, test} from 'vitest';
import {initiator} from '../../source/commands/session/connect.ts';
import type {ApplicationStatus} from '../../source/model/status.ts';
import type {PushedChange} from '../../source/protocol/messages/change.ts';
import type {RevertAnswer, RevertParameters} from '../../source/protocol/messages/revert.ts';
import type {Handlers} from '../../source/protocol/server.ts';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from './fake-worker.ts';
import {
	makeApplication,
	makeCommit,
	makeHold,
	makeOperation,
	makePlan,
	makePreview,
	now,
	revertCommit,
	revision,
} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const pushed: PushedChange = {
	commit: revertCommit,
	branch: 'main',
	type: 'tracked',
	remoteMessage: '',
	nextSteps: [],
};
const offered: PushedChange = {
	commit: revertCommit,
	branch: 'revert-9f3c1a2',
	type: 'offered',
	remoteMessage: 'Create a merge request:\n  https://git.example.com/new',
	nextSteps: ['git fetch origin', 'git merge --ff-only origin/revert-9f3c1a2'],
	refusedBecause: 'protected branch',
};

function answerWith(answer: Partial<RevertAnswer> = {}, result: PushedChange = pushed): Handlers['revert'] {
	return ({dryRun}) => ({
		preview: makePreview(),
		reverted: [makeCommit()],
		...(!dryRun && {result}),
		...answer,
	});
}

async function serve(revert: Handlers['revert'] = answerWith(), options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	const applications = [makeApplication(), makeApplication({name: 'basket'})];
	worker = await startFakeWorker({applications, ...options, handlers: {revert, ...options.handlers}});
	return worker;
}

function asked(): RevertParameters[] {
	return worker.asked.filter(([name]) => name === 'revert').map(([, parameters]) => parameters as RevertParameters);
}

function pushes(): RevertParameters[] {
	return asked().filter(({dryRun}) => !dryRun);
}

/** As the worker says it once the revert has been pulled, synced, and is healthy. */
const landed = (overrides: Partial<ApplicationStatus> = {}) =>
	makeApplication({revision: revertCommit, syncedRevision: revertCommit, ...overrides});

async function runUntilPushed(text: string, ...then: readonly Partial<ApplicationStatus>[]) {
	const {ended, terminal} = worker.start(text);
	await expect.poll(() => worker.asked.some(([name]) => name === 'refresh')).toBe(true);
	for (const overrides of then) worker.send({applications: [landed(overrides)]});
	return {code: await ended, terminal};
}

describe('what is asked of the worker', () => {
	const wish = {application: 'checkout', commits: '9f3c1a2', reason: '', initiatedBy: initiator()};
	const cases: [readonly string[], object][] = [
		[['revert', 'checkout', '9f3c1a2'], wish],
		[['revert', 'checkout', 'HEAD~3..HEAD'], {...wish, commits: 'HEAD~3..HEAD'}],
		[
			['revert', 'checkout', '9f3c1a2', '-m', '1', '--branch', 'fix', '--reason', 'too much memory'],
			{...wish, mainline: 1, branch: 'fix', reason: 'too much memory'},
		],
	];
	test.each(cases)('%j', async (words, parameters) => {
		await serve();
		await worker.run([...words, '--dry-run']);
		expect(asked()).toEqual([{...parameters, dryRun: true}]);
	});

	test('the push carries the token of what was shown, and nothing else changes', async () => {
		await serve(answerWith({}, {...offered, refusedBecause: undefined}));
		const {code} = await worker.run('revert checkout 9f3c1a2 --branch fix --yes');
		expect(asked()).toEqual([
			{...wish, branch: 'fix', dryRun: true},
			{...wish, branch: 'fix', dryRun: false, token: 'token-1'},
		]);
		expect(code).toBe(0);
	});
});

describe('nothing is pushed', () => {
	const cases: [string, string, number, RegExp][] = [
		['without a commit', 'revert checkout', 2, /revert needs APPLICATION COMMIT/],
		['with the application for a commit', 'revert checkout checkout', 2, /needs a commit besides checkout/],
		['with two commits', 'revert checkout a b', 2, /revert takes 2 words; too many: b/],
		['with a flag behind --', 'revert checkout -- --all', 2, /--all is no commit/],
		['of an application that is not there', 'revert chekout a', 2, /Did you mean checkout\?/],
		['with a parent that is none', 'revert checkout a -m 0', 2, /-m: 0 is no whole number above zero/],
		['by a dry run that waits', 'revert checkout a --dry-run --wait', 2, /--dry-run and --wait exclude each other/],
		['where nobody can be asked', 'revert checkout a', 2, /nobody can be asked here, so nothing was pushed/],
		['by a dry run', 'revert checkout a --dry-run', 0, /^$/],
		['by a dry run, whatever else is said', 'revert checkout a --dry-run --yes', 0, /^$/],
		['beside a worker that reconciles', 'revert checkout a --once --yes', 2, /worker 4711 holds these applications/],
	];
	test.each(cases)('%s', async (_name, text, code, message) => {
		const ended = await (await serve()).run(text);
		expect(ended.terminal.noted()).toMatch(message);
		expect(ended.code).toBe(code);
		expect(pushes()).toEqual([]);
	});

	test.each(['yes', 'no', '', 'REVERT', null])('by the answer %j', async answer => {
		const {code, terminal} = await (await serve()).run('revert checkout 9f3c1a2', {answers: [answer]});
		expect(terminal.questions).toEqual([
			'Revert 9f3c1a2 and push it to main, with effect on eu-prod? Type revert to go on: ',
		]);
		expect(terminal.noted()).toBe('Nothing was pushed.\n');
		expect(code).toBe(1);
		expect(pushes()).toEqual([]);
	});

	test('by the word revert where objects are deleted: the word says how many', async () => {
		await serve(answerWith({preview: makePreview({}, 2)}, {...offered, refusedBecause: undefined}));
		const no = await worker.run('revert checkout 9f3c1a2', {answers: ['revert']});
		expect(no.terminal.questions[0]).toContain('Type delete 2 to go on: ');
		expect(no.code).toBe(1);
		expect(pushes()).toEqual([]);
		const yes = await worker.run('revert checkout 9f3c1a2', {answers: ['delete 2']});
		expect(yes.code).toBe(0);
		expect(pushes()).toHaveLength(1);
	});

	test('where the worker says why it cannot be: 2, and what it would have done is shown all the same', async () => {
		const problem = {code: 'RevertConflict', message: 'web.yaml was changed since', hint: 'revert c0ffee1 first'};
		const {code, terminal} = await (await serve(answerWith({problem}))).run('revert checkout 9f3c1a2 --yes');
		expect(terminal.noted()).toBe('✗ checkout: web.yaml was changed since. Revert c0ffee1 first\n');
		expect(terminal.printed()).toContain('deploy/checkout/web.yaml');
		expect(code).toBe(2);
		expect(pushes()).toEqual([]);
	});

	test('where the world moved between question and push', async () => {
		const problem = {code: 'PlanChanged', message: 'its effect is not the one that was shown'};
		await serve(({dryRun}) => ({
			preview: makePreview(),
			reverted: [makeCommit()],
			...(!dryRun && {problem}),
		}));
		const {code, terminal} = await worker.run('revert checkout 9f3c1a2 --yes');
		expect(terminal.noted()).toContain('✗ checkout: its effect is not the one that was shown');
		expect(terminal.printed()).not.toContain('pushed');
		expect(code).toBe(2);
	});
});

describe('before anything is pushed it shows', () => {
	test('commit, author, place, files, diff, and the plan of every application it touches', async () => {
		const [effect] = makePreview({}, 2).effects;
		const preview = makePreview(
			{
				effects: [
					effect!,
					{
						...effect!,
						application: 'basket',
						namespace: 'cart',
						plan: makePlan({
							application: 'basket',
							revision: revertCommit,
							counts: {...makePlan().counts, create: 0, change: 0},
							steps: [],
						}),
						objects: [],
						isAutomated: false,
						problems: [{code: 'SourceError', message: 'its render is old'}],
					},
				],
				isSigned: true,
				isTruncated: true,
				untouched: ['ledger', 'mail'],
			},
			2,
		);
		await serve(answerWith({preview, reverted: [makeCommit(), makeCommit({id: 'c'.repeat(40), subject: 'older'})]}));
		const {terminal} = await worker.run('revert checkout HEAD~2..HEAD --dry-run');
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"Revert of 9f3c1a2 "raise memory" by lena, 3h ago
			          ccccccc "older" by lena, 3h ago
			  message    Revert "raise memory"
			  author     Ana <ana@example.com>, signed
			  push       to main; where that is refused, to a branch of its own
			  files      1 file, +1 -1
			    M deploy/checkout/web.yaml  +1 -1

			--- a/deploy/checkout/web.yaml
			+++ b/deploy/checkout/web.yaml
			@@ -1,1 +1,1 @@
			-replicas: 10
			+replicas: 3
			… the diff is longer; it is cut here

			checkout to 5be1f0c on eu-prod, namespace shop
			  create     1
			    ConfigMap/extra  (new in Git)
			  change     1
			    Deployment/checkout  (drifted)
			  delete     2
			    ConfigMap/old-1  (not in Git any more)
			    ConfigMap/old-2  (not in Git any more)
			  take over  1
			    Deployment/checkout spec.replicas from kubectl-edit
			  unchanged  9

			    # change Deployment/checkout (apps/v1) in shop
			    #   spec.replicas: 10 → 3
			    --- live Deployment/checkout (apps/v1) in shop
			    +++ Git 5be1f0c Deployment/checkout (apps/v1) in shop
			    @@ -1,2 +1,2 @@
			     spec:
			    -  replicas: 10
			    +  replicas: 3

			basket: nothing to do, 9 objects already as in Git at 5be1f0c
			  ! its render is old
			  not automated: it stays as it is until holdfast sync basket

			not touched: ledger, mail

			"
		`);
	});

	test('deletions that will wait for a person, without a command that cannot help yet', async () => {
		const plan = makePlan({
			deletion: {type: 'needs-confirmation', count: 1, reason: '1 of 1', token: 'k3v9', objects: ['ConfigMap/old']},
		});
		const [effect] = makePreview().effects;
		await serve(answerWith({preview: makePreview({effects: [{...effect!, plan}]})}));
		const {terminal} = await worker.run('revert checkout 9f3c1a2 --dry-run');
		expect(terminal.printed()).toContain('delete ConfigMap/old');
		expect(terminal.printed()).not.toContain('k3v9');
	});

	test('where it is pushed instead', async () => {
		const {terminal} = await (await serve()).run('revert checkout 9f3c1a2 --branch fix --dry-run');
		expect(terminal.printed()).toContain('push       to the branch fix, to be merged into main');
	});

	test('nothing that could rewrite the screen', async () => {
		const preview = makePreview({
			author: '\u202eana',
			message: 'Revert "\u001b[2J"\nx',
			files: [{path: 'a\u001b[31m.yaml', status: 'deleted', additions: 0, deletions: 2, isBinary: true}],
			diff: '+\u001b[2J\u009b31m\r\n',
			untouched: ['\u001b[1m'],
		});
		const evil: PushedChange = {
			...offered,
			branch: '\u001b[7m',
			remoteMessage: 'go\u001b]8;;x',
			nextSteps: ['git \u001b[0m'],
		};
		await serve(answerWith({preview, reverted: [makeCommit({author: 'x\u001b[2J', subject: '\u2067'})]}, evil));
		const {terminal} = await worker.run('revert checkout 9f3c1a2 --yes');
		expect(terminal.printed() + terminal.noted()).not.toMatch(/[\u001b\u202e\u2067\u009b\r]/);
	});
});

describe('on a branch of its own', () => {
	test('asked for: 0, with the commands that bring it in; nothing is followed', async () => {
		await serve(answerWith({}, {...offered, refusedBecause: undefined, remoteMessage: ''}));
		const {code, terminal} = await worker.run('revert checkout 9f3c1a2 --branch revert-9f3c1a2 --yes');
		expect(terminal.printed()).toContain(
			'≠ checkout: pushed 5be1f0c to revert-9f3c1a2, not to main\n  To bring it in:\n',
		);
		expect(code).toBe(0);
		expect(worker.asked.map(([name]) => name)).not.toContain('refresh');
	});

	test('because the tracked one was refused: 1, with why and what the remote said', async () => {
		const {code, terminal} = await (await serve(answerWith({}, offered))).run('revert checkout 9f3c1a2 --yes');
		const [, after = ''] = terminal.printed().split('not touched: basket\n\n');
		expect(after).toMatchInlineSnapshot(`
			"≠ checkout: pushed 5be1f0c to revert-9f3c1a2, not to main: protected branch
			  remote: Create a merge request:
			  remote:   https://git.example.com/new
			  To bring it in:
			    git fetch origin
			    git merge --ff-only origin/revert-9f3c1a2
			"
		`);
		expect(code).toBe(1);
	});
});

describe('afterwards it is followed', () => {
	test('to Synced and Healthy: 0', async () => {
		await serve();
		const {code, terminal} = await runUntilPushed(
			'revert checkout 9f3c1a2 --yes',
			{syncStatus: 'OutOfSync', syncedRevision: revision},
			{health: {status: 'Progressing'}},
			{},
		);
		expect(terminal.printed()).toContain(
			'✓ checkout: pushed 5be1f0c to main\n✓ checkout: is Synced to 5be1f0c and Healthy\n',
		);
		expect(code).toBe(0);
	});

	test('in every application it touches', async () => {
		const [effect] = makePreview().effects;
		await serve(answerWith({preview: makePreview({effects: [effect!, {...effect!, application: 'basket'}]})}));
		const {ended, terminal} = worker.start('revert checkout 9f3c1a2 --yes');
		await expect
			.poll(() => worker.asked.filter(([name]) => name === 'refresh'))
			.toEqual([['refresh', {applications: ['checkout', 'basket'], hard: false}]]);
		worker.send({applications: [landed()]});
		worker.send({applications: [landed({name: 'basket'})]});
		expect(await ended).toBe(0);
		expect(terminal.printed()).toContain('✓ basket: is Synced');
	});

	test('a commit that came on top of it is as good', async () => {
		await serve();
		const newer = 'e'.repeat(40);
		const {code} = await runUntilPushed('revert checkout 9f3c1a2 --yes', {revision: newer, syncedRevision: newer});
		expect(code).toBe(0);
	});

	const failed = makeOperation({
		phase: 'Failed',
		revision: revertCommit,
		results: [
			{object: 'ConfigMap/a', action: 'change', result: 'Succeeded'},
			{object: 'Job/migrate', action: 'change', result: 'Failed', message: 'field is immutable'},
		],
	});
	const half = {syncStatus: 'OutOfSync', syncedRevision: revision} as const;

	test('to the first error of a sync that failed: 1', async () => {
		await serve();
		const {code, terminal} = await runUntilPushed('revert checkout 9f3c1a2 --yes', {...half, operation: failed});
		expect(terminal.printed()).toContain(
			'✗ checkout: the sync to 5be1f0c failed: change Job/migrate: field is immutable\n',
		);
		expect(code).toBe(1);
	});

	test('past a failure that is tried again, and past one of another commit', async () => {
		await serve();
		const {code} = await runUntilPushed(
			'revert checkout 9f3c1a2 --yes',
			{...half, operation: {...failed, revision}},
			{...half, operation: {...failed, retryAt: now + 5_000}},
			{},
		);
		expect(code).toBe(0);
	});

	test('to deletions that wait for a person, with the command: 1', async () => {
		await serve();
		const operation = makeOperation({
			phase: 'AwaitingConfirmation',
			revision: revertCommit,
			confirmation: {token: 'k3v9', deletions: ['ConfigMap/old']},
		});
		const {code, terminal} = await runUntilPushed('revert checkout 9f3c1a2 --yes', {...half, operation});
		expect(terminal.printed()).toContain('holdfast sync checkout --prune --confirm-deletions=k3v9');
		expect(code).toBe(1);
	});

	const stops: [string, Partial<ApplicationStatus>, FakeWorkerOptions['worker'], string][] = [
		['is not automated', {isAutomated: false}, {}, '‖ checkout: is not automated: holdfast sync checkout\n'],
		[
			'is held, and its syncs with it',
			{holds: [makeHold({includesSync: true})]},
			{},
			'‖ checkout: held by ana@bastion-1 until 11:46Z (INC-2231), and automatic syncs with it: holdfast resume checkout\n',
		],
		['is only observed', {}, {mode: 'observe'}, '‖ checkout: no worker here syncs by itself: holdfast sync checkout\n'],
	];
	test.each(stops)('not where it %s: 1, at once, with what to do', async (_name, overrides, settings, line) => {
		await serve(answerWith(), {applications: [makeApplication(overrides)], ...(settings && {worker: settings})});
		const {code, terminal} = await worker.run('revert checkout 9f3c1a2 --yes');
		expect(terminal.printed()).toContain(line);
		expect(code).toBe(1);
	});

	test('no longer than --wait says: 1, and how it stands', async () => {
		const conditions = [
			{type: 'SyncWindow', since: now, problem: {code: 'SyncWindow', message: 'denied until 18:00'}},
		] as const;
		await serve(answerWith(), {applications: [makeApplication({syncStatus: 'OutOfSync', conditions})]});
		const {code, terminal} = await worker.run('revert checkout 9f3c1a2 --yes --wait=20ms');
		expect(terminal.printed()).toContain('✗ checkout: not in time: checkout is OutOfSync, Healthy');
		expect(terminal.printed()).toContain('denied until 18:00');
		expect(code).toBe(1);
	});

	test('not at all with --wait=0', async () => {
		const {code, terminal} = await (await serve()).run('revert checkout 9f3c1a2 --yes --wait=0');
		expect(terminal.printed()).toMatch(/✓ checkout: pushed 5be1f0c to main\n$/);
		expect(code).toBe(0);
	});

	test('ctrl-c while it is pushed says that it may have been', async () => {
		await serve(({dryRun}) => (dryRun ? {preview: makePreview(), reverted: [makeCommit()]} : new Promise(() => {})));
		const {ended, terminal} = worker.start('revert checkout 9f3c1a2 --yes');
		await expect.poll(() => pushes().length).toBe(1);
		terminal.interrupt();
		expect(await ended).toBe(130);
		expect(terminal.noted()).toContain('it may have been pushed all the same; holdfast log checkout shows it');
	});
});

describe('-o json', () => {
	test('is one document; the question and what it is about go to stderr', async () => {
		await serve(answerWith({}, offered));
		const {code, terminal} = await worker.run('revert checkout 9f3c1a2 -o json', {answers: ['revert']});
		const value = JSON.parse(terminal.printed());
		expect(Object.keys(value)).toEqual([
			'application',
			'outcome',
			'reverted',
			'preview',
			'result',
			'problem',
			'followed',
		]);
		expect(value).toMatchObject({
			application: 'checkout',
			outcome: 'offered',
			reverted: [{id: revision, subject: 'raise memory', time: '2026-11-21T08:04:31.000Z'}],
			preview: {
				branch: 'main',
				author: 'Ana <ana@example.com>',
				files: [{path: 'deploy/checkout/web.yaml', additions: 1}],
				effects: [
					{
						application: 'checkout',
						isAutomated: true,
						plan: {counts: {create: 1, change: 1, delete: 0}},
						objects: [{object: 'Deployment/checkout', action: 'change'}],
					},
				],
				untouched: ['basket'],
			},
			result: {...offered},
			problem: null,
			followed: [],
		});
		expect(value.preview).not.toHaveProperty('token');
		expect(terminal.noted()).toContain('Revert of 9f3c1a2 "raise memory" by lena, 3h ago');
		expect(code).toBe(1);
	});

	test.each([
		['revert checkout 9f3c1a2 -o json --dry-run', {outcome: 'planned', result: null}],
		['revert checkout 9f3c1a2 -o json --yes --wait=20ms', {outcome: 'pushed', followed: [{outcome: 'not-in-time'}]}],
	])('%s', async (text, expected) => {
		const {terminal} = await (await serve()).run(text);
		expect(JSON.parse(terminal.printed())).toMatchObject(expected);
	});

	test('of what could not be', async () => {
		const problem = {code: 'RevertConflict', message: 'web.yaml was changed since'};
		const {code, terminal} = await (await serve(answerWith({problem}))).run('revert checkout a -o json --yes');
		expect(JSON.parse(terminal.printed())).toMatchObject({outcome: 'failed', problem, result: null});
		expect(code).toBe(2);
	});
});
