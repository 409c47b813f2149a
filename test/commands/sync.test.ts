import {afterEach, describe, expect, test} from 'vitest';
import type {Plan} from '../../source/model/plan.ts';
import type {OperationState} from '../../source/model/status.ts';
import type {SyncAnswer, SyncParameters} from '../../source/protocol/messages/sync.ts';
import type {Handlers} from '../../source/protocol/server.ts';
import {type FakeWorker, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeEmptyPlan, makeOperation, makePlan} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const applications = [
	makeApplication({syncStatus: 'OutOfSync'}),
	makeApplication({name: 'basket'}),
	makeApplication({name: 'ledger', syncStatus: 'OutOfSync'}),
];

function answerWith(plan: Plan, operation: OperationState = makeOperation()): Handlers['sync'] {
	return ({application, dryRun}): SyncAnswer => {
		if (application === 'basket') return {plan: makeEmptyPlan('basket')};
		return dryRun ? {plan: {...plan, application}} : {plan: {...plan, application}, operation};
	};
}

async function serve(sync: Handlers['sync'] = answerWith(makePlan())): Promise<FakeWorker> {
	worker = await startFakeWorker({applications, handlers: {sync}});
	return worker;
}

/** The requests that would have written. */
function writes(): SyncParameters[] {
	return worker.asked
		.filter(([name]) => name === 'sync')
		.map(([, parameters]) => parameters as SyncParameters)
		.filter(({dryRun}) => !dryRun);
}

describe('nothing is written', () => {
	const cases: [string, string, number, RegExp][] = [
		['without a name', 'sync', 2, /sync needs APPLICATION…, or --all/],
		['with a name and --all', 'sync checkout --all', 2, /--all and checkout exclude each other/],
		[
			'with a kind in front of the name, as kubectl takes it',
			'sync application checkout --yes',
			2,
			/no application is named application/,
		],
		['with one name of several misspelled', 'sync checkout ledgre --yes', 2, /no application is named ledgre/],
		['with a flag misspelled', 'sync checkout --yes --dryrun', 2, /no flag --dryrun/],
		["with kubectl's --dry-run=server", 'sync checkout --yes --dry-run=server', 2, /not server/],
		[
			'where nobody can be asked and --yes is missing',
			'sync checkout',
			2,
			/nobody can be asked here, so nothing was written/,
		],
		[
			'with a token for several applications',
			'sync checkout ledger --yes --confirm-deletions x',
			2,
			/exactly one application/,
		],
		['by a dry run', 'sync checkout --dry-run', 0, /^$/],
		['by a dry run, whatever else is said', 'sync checkout --dry-run --yes --prune', 0, /^$/],
		['where there is nothing to do', 'sync basket --yes', 0, /^$/],
	];
	test.each(cases)('%s', async (_name, text, code, message) => {
		const ended = await (await serve()).run(text);
		expect(ended.terminal.noted()).toMatch(message);
		expect(ended.code).toBe(code);
		expect(writes()).toEqual([]);
	});

	test.each(['no', '', 'y', 'YES', 'yes please', null])('by the answer %j', async answer => {
		const {code, terminal} = await (await serve()).run('sync checkout', {answers: [answer]});
		expect(terminal.questions).toEqual(['Sync checkout on eu-prod? Type yes to go on: ']);
		expect(terminal.noted()).toBe('Nothing was written.\n');
		expect(code).toBe(1);
		expect(writes()).toEqual([]);
	});

	test('by a yes where objects are deleted: the word says how many', async () => {
		await serve(answerWith(makePlan({}, 3)));
		const no = await worker.run('sync checkout', {answers: ['yes']});
		expect(no.terminal.questions).toEqual(['Sync checkout on eu-prod? Type delete 3 to go on: ']);
		expect(no.code).toBe(1);
		expect(writes()).toEqual([]);
		const yes = await worker.run('sync checkout', {answers: [' delete 3 ']});
		expect(yes.code).toBe(0);
		expect(writes()).toHaveLength(1);
	});
});

describe('a sync', () => {
	test('shows the plan, asks, does it and says what was done', async () => {
		const {code, terminal} = await (await serve()).run('sync checkout basket', {answers: ['yes']});
		expect(code).toBe(0);
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"checkout to 9f3c1a2 on eu-prod, namespace shop
			  create     1
			    ConfigMap/extra  (new in Git)
			  change     1
			    Deployment/checkout  (drifted)
			  take over  1
			    Deployment/checkout spec.replicas from kubectl-edit
			  unchanged  9

			basket: nothing to do, 11 objects already as in Git at 9f3c1a2
			✓ checkout: synced to 9f3c1a2: 1 created, 1 changed, 0 deleted in 0.4s
			"
		`);
		expect(writes()).toEqual([
			{
				application: 'checkout',
				initiatedBy: expect.stringMatching(/.@./),
				dryRun: false,
				expectedRevision: expect.stringMatching(/^9f3c1a2/),
			},
		]);
	});

	test('--prune and --prune=false reach both the plan and the sync; without them the policy decides', async () => {
		await serve();
		for (const [flag, prune] of [
			['--prune', true],
			['--prune=false', false],
		] as const) {
			await worker.run(`sync checkout --yes ${flag}`);
			const asked = worker.asked.filter(([name]) => name === 'sync').splice(-2);
			expect(asked.map(([, parameters]) => parameters)).toMatchObject([
				{prune, dryRun: true},
				{prune, dryRun: false},
			]);
		}
		await worker.run('sync checkout --yes');
		expect(worker.asked.at(-1)?.[1]).not.toHaveProperty('prune');
	});

	test('--all is every application, asked for once', async () => {
		const {code, terminal} = await (await serve()).run('sync --all', {answers: ['yes']});
		expect(code).toBe(0);
		expect(terminal.questions).toEqual(['Sync 2 applications on eu-prod? Type yes to go on: ']);
		expect(writes().map(({application}) => application)).toEqual(['checkout', 'ledger']);
	});

	test('one that fails is 1, its objects are named, the others go on', async () => {
		const failed = makeOperation({
			phase: 'Failed',
			message: 'Job/migrate: field is immutable',
			results: [{object: 'Job/migrate', action: 'change', result: 'Failed', message: 'field is immutable'}],
		});
		await serve(parameters =>
			answerWith(makePlan(), parameters.application === 'ledger' ? failed : makeOperation())(parameters, {} as never),
		);
		const {code, terminal} = await worker.run('sync checkout ledger --yes');
		expect(code).toBe(1);
		expect(terminal.printed()).toContain('✓ checkout: synced to 9f3c1a2');
		expect(terminal.printed()).toContain('✗ change Job/migrate: field is immutable');
	});

	test('one that cannot be planned is 2, the others go on', async () => {
		await serve(parameters => {
			if (parameters.application === 'ledger') throw new Error('no such cluster');
			return answerWith(makePlan())(parameters, {} as never);
		});
		const {code, terminal} = await worker.run('sync checkout ledger --yes');
		expect(code).toBe(2);
		expect(terminal.printed()).toContain('✗ ledger: no such cluster');
		expect(writes().map(({application}) => application)).toEqual(['checkout']);
	});

	test('blocked objects leave it incomplete: 1', async () => {
		const ref = {group: 'argoproj.io', version: 'v1', kind: 'Rollout', namespace: 'shop', name: 'web'};
		const plan = makePlan({
			blocked: [{ref, problem: {code: 'KindNotServed', message: 'Rollout is not served here'}}],
			counts: {create: 1, change: 1, delete: 0, hooks: 0, unchanged: 9, blocked: 1},
		});
		const {code, terminal} = await (await serve(answerWith(plan))).run('sync checkout --yes');
		expect(terminal.printed()).toContain('Rollout/web: Rollout is not served here');
		expect(terminal.printed()).toContain('≠ checkout: synced to 9f3c1a2 but for 1 blocked');
		expect(code).toBe(1);
		expect(writes()).toHaveLength(1);
	});

	test('a worker that answers before the end is waited for', async () => {
		const running = makeOperation({phase: 'Running', finishedAt: undefined, results: []});
		await serve(answerWith(makePlan(), running));
		const {ended, terminal} = worker.start('sync checkout --yes');
		await expect.poll(() => writes().length).toBe(1);
		worker.send({applications: [makeApplication({operation: {...running, done: 1}})]});
		worker.send({applications: [makeApplication({operation: makeOperation()})]});
		expect(await ended).toBe(0);
		expect(terminal.printed()).toContain('✓ checkout: synced to 9f3c1a2: 1 created, 1 changed, 0 deleted');
	});

	test('a plan that changed between question and sync is said', async () => {
		const other = makePlan({revision: 'b'.repeat(40)});
		await serve(parameters =>
			parameters.dryRun ? {plan: makePlan()} : {plan: other, operation: makeOperation({revision: other.revision})},
		);
		const {terminal} = await worker.run('sync checkout --yes');
		expect(terminal.printed()).toContain('synced to bbbbbbb');
		expect(terminal.printed()).toContain('changed after the plan was shown');
	});

	test('ctrl-c in the middle says what goes on', async () => {
		await serve(({dryRun}) => (dryRun ? {plan: makePlan()} : new Promise<SyncAnswer>(() => {})));
		const {ended, terminal} = worker.start('sync checkout --yes');
		await expect.poll(() => writes().length).toBe(1);
		terminal.interrupt();
		expect(await ended).toBe(130);
		expect(terminal.noted()).toContain('interrupted: the worker goes on with the sync');
	});
});

describe('deletions beyond the budget', () => {
	const objects = ['ConfigMap/old-1', 'ConfigMap/old-2'];
	const empty = makeEmptyPlan();
	const plan: Plan = {
		...empty,
		deletion: {type: 'needs-confirmation', count: 2, reason: '2 of 3 objects', token: '-3v9', objects},
	};

	test('are listed with the exact command, nothing is asked, and it is 1', async () => {
		const {code, terminal} = await (await serve(answerWith(plan))).run('sync checkout --prune', {answers: []});
		expect(code).toBe(1);
		expect(terminal.questions).toEqual([]);
		expect(terminal.printed()).toContain('delete ConfigMap/old-1');
		expect(terminal.printed()).toContain('holdfast sync checkout --prune --confirm-deletions=-3v9');
		expect(writes()).toEqual([]);
	});

	test('are approved by their token, which reaches plan and sync', async () => {
		await serve(({confirmDeletions, dryRun}) => {
			if (confirmDeletions !== '-3v9') return {plan};
			return dryRun ? {plan: makePlan({}, 2)} : {plan: makePlan({}, 2), operation: makeOperation()};
		});
		const {code} = await worker.run('sync checkout --prune --confirm-deletions=-3v9 --yes');
		expect(code).toBe(0);
		expect(writes()).toMatchObject([{confirmDeletions: '-3v9', prune: true}]);
	});

	test('approved as another list: nothing is written, not even the rest of the plan', async () => {
		await serve(answerWith(makePlan({deletion: plan.deletion})));
		const {code, terminal} = await worker.run('sync checkout --prune --confirm-deletions=older --yes');
		expect(code).toBe(1);
		expect(terminal.noted()).toContain('not the ones that were approved, so nothing was written');
		expect(terminal.printed()).toContain('--confirm-deletions=-3v9');
		expect(writes()).toEqual([]);
	});

	test('a sync that stops at them is 1 and prints the command', async () => {
		const waiting = makeOperation({
			phase: 'AwaitingConfirmation',
			message: '2 of 3 objects',
			confirmation: {token: 'k3v9', deletions: objects},
		});
		const {code, terminal} = await (await serve(answerWith(makePlan(), waiting))).run('sync checkout --yes');
		expect(code).toBe(1);
		expect(terminal.printed()).toContain('--confirm-deletions=k3v9');
	});
});

describe('-o json', () => {
	test('is one document with plan, operation and outcome; the question and its plan go to stderr', async () => {
		const {code, terminal} = await (await serve()).run('sync checkout basket -o json', {answers: ['yes']});
		expect(code).toBe(0);
		const {applications: done} = JSON.parse(terminal.printed());
		expect(done).toMatchObject([
			{
				name: 'checkout',
				context: 'eu-prod',
				namespace: 'shop',
				outcome: 'synced',
				plan: {counts: {create: 1, change: 1}, deletion: {type: 'none'}},
				operation: {phase: 'Succeeded', duration: 400},
				problem: null,
			},
			{name: 'basket', outcome: 'nothing-to-do', operation: null},
		]);
		expect(done[0].plan.steps[0].items[1]).toEqual({
			action: 'change',
			group: 'apps',
			version: 'v1',
			kind: 'Deployment',
			namespace: 'shop',
			name: 'checkout',
			reason: 'drifted',
			takeOver: [{path: 'spec.replicas', manager: 'kubectl-edit'}],
		});
		expect(terminal.noted()).toContain('checkout to 9f3c1a2 on eu-prod, namespace shop');
	});

	test('of a dry run', async () => {
		const {terminal} = await (await serve()).run('sync checkout -o json --dry-run');
		expect(JSON.parse(terminal.printed()).applications).toMatchObject([{outcome: 'planned', operation: null}]);
		expect(terminal.noted()).toBe('');
	});
});

describe('--wait', () => {
	test('goes on until it is Healthy', async () => {
		await serve();
		const {ended} = worker.start('sync checkout --yes --wait');
		await expect.poll(() => writes().length).toBe(1);
		worker.send({applications: [makeApplication({health: {status: 'Progressing'}})]});
		worker.send({applications: [makeApplication()]});
		expect(await ended).toBe(0);
	});

	test('not in time is 1', async () => {
		const {code, terminal} = await (await serve()).run('sync checkout --yes --wait=20ms');
		expect(code).toBe(1);
		expect(terminal.noted()).toContain('not in time: 1 of 1');
	});
});

test('--once refuses to be a second writer beside a worker that reconciles', async () => {
	const {code, terminal} = await (await serve()).run('sync checkout --once --yes');
	expect(code).toBe(2);
	expect(terminal.noted()).toContain('worker 4711 holds these applications');
	expect(worker.asked).toEqual([]);
});
