import {afterEach, describe, expect, test} from 'vitest';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeWorker, now} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const checkout = makeApplication();
const basket = makeApplication({name: 'basket', syncStatus: 'OutOfSync', health: {status: 'Progressing'}});

async function serve(options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	worker = await startFakeWorker({applications: [checkout, basket], ...options});
	return worker;
}

test('everything, worst first, with how old it is; nothing else is written anywhere', async () => {
	const {code, terminal} = await (await serve()).run('status');
	expect(code).toBe(0);
	expect(terminal.printed()).toMatchInlineSnapshot(`
		"  NAME       SYNC        HEALTH        REVISION   DRIFT   SYNCED   MESSAGE
		≠ basket     OutOfSync   Progressing   9f3c1a2    -       12s
		✓ checkout   Synced      Healthy       9f3c1a2    -       12s

		2 applications: 1 OutOfSync, 1 Synced; 1 Progressing, 1 Healthy

		Seen: cluster 2s ago, Git 14s ago. Worker 4711 holds eu-prod, for 3h.
		"
	`);
	expect(terminal.noted()).toBe('');
});

test('a read asks for no write: not even a refresh', async () => {
	await (await serve()).run('status checkout');
	expect(worker.asked).toEqual([['resources', {application: 'checkout'}]]);
});

test('an application named alone lists its objects', async () => {
	const resources = [
		{
			group: 'apps',
			version: 'v1',
			kind: 'Deployment',
			namespace: 'shop',
			name: 'checkout',
			syncStatus: 'Synced',
			health: {status: 'Healthy'},
			isHook: false,
			requiresPruning: false,
		},
	] as const;
	await serve({handlers: {resources: () => resources}});
	const {terminal} = await worker.run('status checkout');
	expect(terminal.printed()).toContain('✓ Deployment   shop        checkout   Synced   Healthy');
	const json = await worker.run('status checkout -o json');
	expect(JSON.parse(json.terminal.printed()).applications[0].resources).toEqual(resources);
	const two = await worker.run('status checkout basket -o json');
	expect(JSON.parse(two.terminal.printed()).applications[0]).not.toHaveProperty('resources');
});

describe('formats', () => {
	test('json and yaml say the same, sorted by name', async () => {
		await serve();
		const json = JSON.parse((await worker.run('status -o json')).terminal.printed());
		expect(json.applications.map(({name}: {name: string}) => name)).toEqual(['basket', 'checkout']);
		const {parse} = await import('yaml');
		expect(parse((await worker.run('status -oyaml')).terminal.printed())).toEqual(json);
	});

	test('names, for a loop in a shell', async () => {
		expect((await (await serve()).run('status -o name')).terminal.printed()).toBe('basket\ncheckout\n');
	});
});

describe('--wait', () => {
	test('ends as soon as all are Synced and Healthy', async () => {
		await serve();
		const {ended, terminal} = worker.start('status --wait=60s -o name');
		await expect.poll(() => worker.attached()).toBe(1);
		worker.send({applications: [makeApplication({name: 'basket'})]});
		expect(await ended).toBe(0);
		expect(terminal.printed()).toBe('basket\ncheckout\n');
	});

	test('not in time: 1, and what is missing', async () => {
		const {code, terminal} = await (await serve()).run('status --wait=20ms');
		expect(code).toBe(1);
		expect(terminal.noted()).toBe('not in time: 1 of 2 not Synced and Healthy\n  basket is OutOfSync, Progressing\n');
		expect(terminal.printed()).toContain('basket');
	});

	test('where nobody syncs by itself, it says so', async () => {
		await serve({worker: {mode: 'observe'}});
		const {code, terminal} = await worker.run('status basket --wait=0');
		expect(code).toBe(1);
		expect(terminal.noted()).toContain('nothing syncs by itself');
	});

	test('others do not matter', async () => {
		expect((await (await serve()).run('status checkout --wait=0')).code).toBe(0);
	});

	test('a worker that ends meanwhile is an error', async () => {
		await serve();
		const {ended, terminal} = worker.start('status --wait=60s');
		await expect.poll(() => worker.attached()).toBe(1);
		await worker.stop();
		expect(await ended).toBe(2);
		expect(terminal.noted()).toContain('[WorkerGone]');
	});

	test('ctrl-c ends it at once', async () => {
		await serve();
		const {ended, terminal} = worker.start('status --wait=1h');
		await expect.poll(() => worker.attached()).toBe(1);
		terminal.interrupt();
		expect(await ended).toBe(130);
		expect(terminal.printed()).toBe('');
	});
});

describe('what cannot be known is an error', () => {
	test('a name that does not exist, with the nearest', async () => {
		const {code, terminal} = await (await serve()).run('status chekout');
		expect(code).toBe(2);
		expect(terminal.printed()).toBe('');
		expect(terminal.noted()).toBe(
			'holdfast: no application is named chekout [ApplicationNotFound]\n  Did you mean checkout?\n',
		);
	});

	test('a time where a name should be', async () => {
		const {terminal} = await (await serve()).run('status --wait 5m');
		expect(terminal.noted()).toContain('write --wait=5m');
	});

	test('a cluster that does not answer: shown as it was, but not with 0', async () => {
		const problem = {code: 'Unreachable', message: 'connection refused'};
		const connections = [{...makeWorker().connections[0]!, state: 'stale' as const, since: now - 37_000, problem}];
		const {code, terminal} = await (await serve({worker: {connections}})).run('status');
		expect(code).toBe(2);
		expect(terminal.printed()).toContain('Cluster eu-prod has not answered for 37s: connection refused');
	});

	test('an application that was never compared: the others are shown, but not with 0', async () => {
		await serve({applications: [checkout, {...basket, clusterSeenAt: null}]});
		expect((await worker.run('status')).code).toBe(2);
		expect((await worker.run('status checkout')).code).toBe(0);
	});

	test('a worker that has just started is given a moment', async () => {
		await serve({applications: [{...checkout, clusterSeenAt: null}]});
		const {ended, terminal} = worker.start('status');
		await expect.poll(() => worker.attached()).toBe(1);
		expect(terminal.printed()).toBe('');
		worker.send({applications: [checkout]});
		expect(await ended).toBe(0);
		expect(terminal.printed()).toMatch(/^✓ checkout/m);
	});

	test('a configuration of which nothing is left', async () => {
		const problems = [{code: 'BadYaml', message: 'tab in indentation', file: 'holdfast.yaml', line: 3}];
		const {code, terminal} = await (await serve({applications: [], worker: {problems}})).run('status');
		expect(code).toBe(2);
		expect(terminal.printed()).toContain('✗ holdfast.yaml:3: tab in indentation');
	});

	test('no application at all is no error', async () => {
		const {code, terminal} = await (await serve({applications: []})).run('status');
		expect(code).toBe(0);
		expect(terminal.printed()).toContain('No application is declared.');
	});
});

test('refresh pulls and answers with the table', async () => {
	const {code, terminal} = await (await serve()).run('refresh checkout --hard');
	expect(code).toBe(0);
	expect(worker.asked[0]).toEqual(['refresh', {applications: ['checkout'], hard: true}]);
	expect(terminal.printed()).toMatch(/^✓ checkout/m);
	expect(terminal.printed()).not.toContain('basket');
});
