import {afterEach, describe, expect, test} from 'vitest';
import {HoldfastError} from '../../source/model/errors.ts';
import type {SyncAnswer, SyncParameters} from '../../source/protocol/messages/sync.ts';
import type {Handlers} from '../../source/protocol/server.ts';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeEmptyPlan, makeHold, makeOperation, makePlan} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const deployment = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'checkout'};
const checkout = makeApplication({syncStatus: 'OutOfSync', holds: [makeHold()]});
const left = {ref: deployment, paths: ['spec.replicas'], holdId: '3f9a1c', outcome: 'left'} as const;
const overwritten = {...left, outcome: 'overwritten'} as const;

async function serve(sync: Handlers['sync'], options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	const applications = [checkout, makeApplication({name: 'basket'})];
	worker = await startFakeWorker({applications, ...options, handlers: {sync, ...options.handlers}});
	return worker;
}

function syncs(): SyncParameters[] {
	return worker.asked.filter(([name]) => name === 'sync').map(([, parameters]) => parameters as SyncParameters);
}

const synced: Handlers['sync'] = ({dryRun}) => ({plan: makePlan(), ...(!dryRun && {operation: makeOperation()})});

describe('what reaches the worker, for the plan and for the sync', () => {
	const cases: [string, Partial<SyncParameters>][] = [
		[
			'--only Deployment/checkout,ConfigMap/a --only ConfigMap/shop/b',
			{
				only: ['Deployment/checkout', 'ConfigMap/a', 'ConfigMap/shop/b'],
			},
		],
		['--override-hold', {overrideHold: true}],
		['--ignore-window', {ignoreWindows: true}],
	];
	test.each(cases)('%s', async (flags, parameters) => {
		await serve(synced);
		expect((await worker.run(`sync checkout --yes ${flags}`)).code).toBe(0);
		expect(syncs()).toMatchObject([
			{...parameters, dryRun: true},
			{...parameters, dryRun: false},
		]);
	});

	test('--wait waits for the last wave, too', async () => {
		await serve(synced);
		const {ended} = worker.start('sync checkout --yes --wait');
		await expect.poll(() => syncs().length).toBe(2);
		worker.send({applications: [makeApplication()]});
		expect(await ended).toBe(0);
		expect(syncs()).toMatchObject([{waitForHealth: true}, {waitForHealth: true}]);
	});

	test('none of it without being asked for', async () => {
		await serve(synced);
		await worker.run('sync checkout --yes');
		for (const key of ['only', 'overrideHold', 'ignoreWindows', 'waitForHealth']) {
			for (const parameters of syncs()) expect(parameters).not.toHaveProperty(key);
		}
	});
});

describe('refused before anything is asked', () => {
	const cases: [string, RegExp][] = [
		['sync checkout basket --only Deployment/a', /--only goes with exactly one application/],
		['sync --all --only Deployment/a', /--only goes with exactly one application/],
		['sync checkout --only web', /--only: web is neither KIND\/NAME nor KIND\/NAMESPACE\/NAME/],
		['sync checkout --only Deployment/a,', /--only needs a value/],
		['sync checkout --end --dry-run', /--end ends a sync, and --dry-run is for one that begins/],
		['sync checkout --end --prune=false', /--prune is for one that begins/],
		['sync checkout --end --only Deployment/a', /--only is for one that begins/],
		['sync checkout --end --wait', /--wait is for one that begins/],
		['sync checkout --end --once', /--end ends a sync of the running worker/],
		['sync --end', /sync needs APPLICATION…, or --all/],
	];
	test.each(cases)('%s', async (text, message) => {
		const {code, terminal} = await (await serve(synced)).run(text);
		expect(terminal.noted()).toMatch(message);
		expect(code).toBe(2);
		expect(worker.asked).toEqual([]);
	});
});

describe('a hold', () => {
	test('of an object or a field: the plan says what it leaves alone, whose hold it is and until when', async () => {
		const {terminal} = await (await serve(() => ({plan: makePlan({held: [left]})}))).run('sync checkout --dry-run');
		expect(terminal.printed()).toContain(
			'  left alone 1\n    Deployment/checkout spec.replicas, held by ana@bastion-1 until 11:46Z (INC-2231)\n',
		);
	});

	test('where nothing else is to do it is said, too', async () => {
		const plan = {...makeEmptyPlan(), held: [{...left, paths: []}]};
		const {code, terminal} = await (await serve(() => ({plan}))).run('sync checkout --yes');
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"checkout: nothing to do, 11 objects already as in Git at 9f3c1a2; what is held is left alone
			  left alone 1
			    Deployment/checkout, held by ana@bastion-1 until 11:46Z (INC-2231)
			"
		`);
		expect(code).toBe(0);
		expect(syncs()).toHaveLength(1);
	});

	const problem = {code: 'Held', message: 'checkout is held by ana@bastion-1 (INC-2231)', hint: 'or --override-hold'};
	const refused: SyncAnswer = {plan: makePlan({held: [overwritten]}), problem};

	test('of the whole application: nothing is asked or written, it says what would be overwritten, and it is 1', async () => {
		const {code, terminal} = await (await serve(() => refused)).run('sync checkout', {answers: ['yes']});
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"‖ checkout is held by ana@bastion-1 (INC-2231). Or --override-hold
			  would overwrite 1
			    Deployment/checkout spec.replicas, held by ana@bastion-1 until 11:46Z (INC-2231)
			"
		`);
		expect(terminal.questions).toEqual([]);
		expect(code).toBe(1);
		expect(syncs()).toMatchObject([{dryRun: true}]);
		const json = await worker.run('sync checkout -o json --yes');
		expect(JSON.parse(json.terminal.printed()).applications).toMatchObject([
			{
				outcome: 'refused',
				problem: {code: 'Held'},
				operation: null,
				plan: {held: [{hold: '3f9a1c', outcome: 'overwritten', name: 'checkout', paths: ['spec.replicas']}]},
			},
		]);
	});

	test('overridden: the plan says what it overwrites before it asks', async () => {
		await serve(({dryRun, overrideHold}) =>
			overrideHold ? {plan: makePlan({held: [overwritten]}), ...(!dryRun && {operation: makeOperation()})} : refused,
		);
		const {code, terminal} = await worker.run('sync checkout --override-hold', {answers: ['yes']});
		expect(terminal.printed()).toContain(
			'  overwrites 1\n    Deployment/checkout spec.replicas, held by ana@bastion-1',
		);
		expect(code).toBe(0);
	});

	test('that came between question and answer refuses as well', async () => {
		await serve(({dryRun}) => (dryRun ? {plan: makePlan()} : refused));
		const {code, terminal} = await worker.run('sync checkout --yes');
		expect(terminal.printed()).toContain('✗ checkout: not synced: checkout is held by ana@bastion-1');
		expect(code).toBe(1);
	});

	test('does not stop the others', async () => {
		await serve(({application, dryRun}) =>
			application === 'checkout'
				? refused
				: {plan: makePlan({application}), ...(!dryRun && {operation: makeOperation()})},
		);
		const {code, terminal} = await worker.run('sync checkout basket --yes');
		expect(terminal.printed()).toContain('✓ basket: synced');
		expect(code).toBe(1);
	});
});

describe('--wait waits for nothing that cannot come', () => {
	test('what is held keeps the application OutOfSync: said, and 1', async () => {
		await serve(({dryRun}) => ({plan: makePlan({held: [left]}), ...(!dryRun && {operation: makeOperation()})}));
		const {code, terminal} = await worker.run('sync checkout --yes --wait=1h');
		expect(terminal.printed()).toContain('✓ checkout: synced to 9f3c1a2');
		expect(terminal.noted()).toBe('not waited for: checkout, because what is held stays OutOfSync\n');
		expect(code).toBe(1);
	});

	test('nor for what was refused, or could not be planned; the others are waited for', async () => {
		await serve(({application, dryRun}) => {
			if (application === 'checkout') return {plan: makePlan(), problem: {code: 'Held', message: 'is held'}};
			return {plan: makePlan({application}), ...(!dryRun && {operation: makeOperation()})};
		});
		const {code, terminal} = await worker.run('sync --all --yes --wait=1h');
		expect(terminal.printed()).toContain('✓ basket: synced');
		expect(terminal.noted()).toBe('');
		expect(code).toBe(1);
	});
});

test('a sync window that denies it is no trouble: 1, with what the worker says', async () => {
	const problem = {
		code: 'SyncWindowClosed',
		message: 'a window denies syncs until 18:00',
		hint: 'sync with --ignore-window',
	};
	const {code, terminal} = await (await serve(() => ({plan: makePlan(), problem}))).run('sync checkout --yes');
	expect(terminal.printed()).toBe('‖ checkout: a window denies syncs until 18:00. Sync with --ignore-window\n');
	expect(code).toBe(1);
});

describe('hooks and order', () => {
	const hook = (name: string) => ({
		action: 'hook' as const,
		ref: {group: 'batch', version: 'v1', kind: 'Job', namespace: 'shop', name},
		key: `batch/Job/shop/${name}`,
		reason: 'hook',
	});
	const step = {wave: 0, waitsForReady: false};
	const base = makePlan();
	const plan = makePlan({
		steps: [
			{...step, title: 'PreSync hooks: Job', phase: 'PreSync', waitsForReady: true, items: [hook('migrate')]},
			{...base.steps[0]!, title: 'wave 0: ConfigMap, Deployment', waitsForReady: true},
			{...step, title: 'PostSync hooks: Job', phase: 'PostSync', items: [hook('notify')]},
			{...step, title: 'wait until healthy', phase: 'Sync', waitsForReady: true, items: []},
			{...step, title: 'SyncFail hooks: Job', phase: 'SyncFail', items: [hook('rollback')]},
		],
		counts: {...base.counts, hooks: 2},
	});

	test('are in the plan, step by step; what runs only after a failure is no step', async () => {
		const {terminal} = await (await serve(() => ({plan}))).run('sync checkout --dry-run');
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"checkout to 9f3c1a2 on eu-prod, namespace shop
			  create     1
			    ConfigMap/extra  (new in Git)
			  change     1
			    Deployment/checkout  (drifted)
			  hook       3
			    Job/migrate  (PreSync: before everything)
			    Job/notify  (PostSync: when all is healthy)
			    Job/rollback  (SyncFail: only if the sync fails)
			  take over  1
			    Deployment/checkout spec.replicas from kubectl-edit
			  unchanged  9
			  order      4 steps
			    1. PreSync hooks: Job  (1, waited for)
			    2. wave 0: ConfigMap, Deployment  (2, waited for)
			    3. PostSync hooks: Job  (1)
			    4. wait until healthy

			"
		`);
	});

	test('alone are something to do: they run', async () => {
		const only = makePlan({steps: [plan.steps[0]!], counts: {...makeEmptyPlan().counts, hooks: 1}});
		const results = [{object: 'Job/migrate', action: 'hook', result: 'Succeeded'}] as const;
		await serve(({dryRun}) => ({plan: only, ...(!dryRun && {operation: makeOperation({results})})}));
		const {code, terminal} = await worker.run('sync checkout --yes');
		expect(terminal.printed()).toContain('✓ checkout: synced to 9f3c1a2: 0 created, 0 changed, 0 deleted, 1 hook run');
		expect(code).toBe(0);
		expect(syncs()).toHaveLength(2);
	});

	test('are in the JSON', async () => {
		const {terminal} = await (await serve(() => ({plan}))).run('sync checkout --dry-run -o json');
		const [{plan: printed}] = JSON.parse(terminal.printed()).applications;
		expect(printed.steps.map(({phase, wave}: {phase: string; wave: number}) => [phase, wave])).toEqual([
			['PreSync', 0],
			['Sync', 0],
			['PostSync', 0],
			['Sync', 0],
			['SyncFail', 0],
		]);
		expect(printed.steps[0]).toMatchObject({waitsForReady: true, items: [{action: 'hook', name: 'migrate'}]});
	});
});

describe('--end', () => {
	const running = makeOperation({phase: 'Running', finishedAt: undefined, step: 1, steps: 3});
	const applications = [
		makeApplication({syncStatus: 'OutOfSync', operation: running}),
		makeApplication({name: 'basket', operation: makeOperation()}),
	];
	const ended = makeOperation({
		phase: 'Failed',
		step: 1,
		steps: 3,
		message: 'ended by ana@bastion-1',
		results: [
			{object: 'ConfigMap/extra', action: 'create', result: 'Succeeded'},
			{object: 'Deployment/checkout', action: 'change', result: 'Skipped', message: 'ended by ana@bastion-1'},
		],
	});
	const endSync: Handlers['endSync'] = () => ended;

	test('says how far it came and what it had done', async () => {
		await serve(synced, {applications, handlers: {endSync}});
		const {code, terminal} = await worker.run('sync checkout basket --end');
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"‖ checkout: the sync to 9f3c1a2 was ended in step 2 of 3: 1 created, 0 changed, 0 deleted
			  ✓ create ConfigMap/extra
			  ‖ change Deployment/checkout: ended by ana@bastion-1
			basket: no sync is running
			"
		`);
		expect(code).toBe(0);
		expect(worker.asked).toEqual([['endSync', {application: 'checkout', initiatedBy: expect.stringMatching(/.@./)}]]);
	});

	test('--all names only what was running', async () => {
		await serve(synced, {applications, handlers: {endSync}});
		const {terminal} = await worker.run('sync --all --end');
		expect(terminal.printed()).not.toContain('basket');
	});

	test('a sync that had just ended', async () => {
		await serve(synced, {applications, handlers: {endSync: () => makeOperation()}});
		const {code, terminal} = await worker.run('sync checkout --end');
		expect(terminal.printed()).toContain('the sync to 9f3c1a2 had come to its end already');
		expect(code).toBe(0);
	});

	test('none running is what was wanted', async () => {
		await serve(synced, {handlers: {endSync}});
		const one = await worker.run('sync checkout --end');
		expect(one.terminal.printed()).toBe('checkout: no sync is running\n');
		expect(one.code).toBe(0);
		const all = await worker.run('sync --all --end');
		expect(all.terminal.printed()).toBe('no sync is running\n');
		expect(worker.asked).toEqual([]);
	});

	test('without a worker nothing is started: there can be no sync', async () => {
		await serve(synced, {handlers: {endSync}});
		await worker.stop();
		const {code, terminal} = await worker.run('sync checkout --end');
		expect(terminal.printed()).toBe('no worker is running for this configuration and context, so no sync is\n');
		expect(code).toBe(0);
	});

	test('one that ended before it could be told to is none that runs', async () => {
		const endSyncTooLate = () => {
			throw new HoldfastError({code: 'NothingToEnd', message: 'no sync of checkout runs now'});
		};
		await serve(synced, {applications, handlers: {endSync: endSyncTooLate}});
		const {code, terminal} = await worker.run('sync checkout --end');
		expect(terminal.printed()).toBe('checkout: no sync is running\n');
		expect(code).toBe(0);
	});

	test('what cannot be ended is an error', async () => {
		await serve(synced, {
			applications,
			handlers: {
				endSync: () => {
					throw new Error('nobody answers');
				},
			},
		});
		const {code, terminal} = await worker.run('sync checkout --end');
		expect(terminal.printed()).toBe('✗ checkout: nobody answers\n');
		expect(code).toBe(2);
	});

	test('as JSON', async () => {
		await serve(synced, {applications, handlers: {endSync}});
		const {terminal} = await worker.run('sync checkout basket --end -o json');
		expect(JSON.parse(terminal.printed()).applications).toMatchObject([
			{name: 'checkout', operation: {phase: 'Failed', results: [{object: 'ConfigMap/extra'}, {}]}, problem: null},
			{name: 'basket', operation: null, problem: null},
		]);
	});
});
