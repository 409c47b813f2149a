import {afterEach, describe, expect, test} from 'vitest';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeHold, makeWorker, now} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const field = {type: 'field', kind: 'Deployment', name: 'web', path: 'spec.replicas'} as const;
const applications = [
	makeApplication({
		holds: [
			makeHold({id: 'bbbbbb', scope: field, until: null, reason: 'until the \u001b[31mmigration'}),
			makeHold({includesSync: true, until: now + 26 * 3_600_000}),
		],
	}),
	makeApplication({name: 'basket', holds: [makeHold({id: 'cccccc', owner: 'bo@bastion-2', until: now + 90_000})]}),
	makeApplication({name: 'ledger'}),
];

async function serve(options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	worker = await startFakeWorker({applications, ...options});
	return worker;
}

test('who holds what, the one that ends first first', async () => {
	const {code, terminal} = await (await serve()).run('holds');
	expect(terminal.printed()).toMatchInlineSnapshot(`
		"APPLICATION   SCOPE                          ID       OWNER           SINCE   UNTIL               LEFT   SYNCS     REASON
		basket        the whole application          cccccc   bo@bastion-2    18m     11:06Z              90s    go on     INC-2231
		checkout      the whole application          3f9a1c   ana@bastion-1   18m     2026-11-22T13:04Z   26h    stopped   INC-2231
		checkout      Deployment/web spec.replicas   bbbbbb   ana@bastion-1   18m     resumed             -      go on     until the \\x1b[31mmigration

		Seen: cluster 2s ago, Git 14s ago. Worker 4711 holds eu-prod, for 3h.
		"
	`);
	expect(code).toBe(0);
	expect(worker.asked).toEqual([]);
});

test('of the applications named', async () => {
	const {terminal} = await (await serve()).run('holds basket ledger');
	expect(terminal.printed()).toContain('bo@bastion-2');
	expect(terminal.printed()).not.toContain('checkout');
});

test('nothing says so', async () => {
	const {code, terminal} = await (await serve()).run('holds ledger');
	expect(terminal.printed()).toMatch(/^Nothing is held\.\n\nSeen: cluster 2s ago/);
	expect(code).toBe(0);
});

test('as JSON, with what is left in milliseconds', async () => {
	const {terminal} = await (await serve()).run('holds -o json');
	const {holds} = JSON.parse(terminal.printed());
	expect(holds).toHaveLength(3);
	expect(holds[0]).toEqual({
		application: 'basket',
		id: 'cccccc',
		scope: {type: 'application'},
		owner: 'bo@bastion-2',
		reason: 'INC-2231',
		since: '2026-11-21T10:46:31.000Z',
		until: '2026-11-21T11:06:01.000Z',
		includesSync: false,
		remaining: 90_000,
	});
	expect(holds[2]).toMatchObject({until: null, remaining: null, scope: field});
	expect(terminal.printed()).not.toContain('\u001b');
});

describe('what cannot be known is an error', () => {
	test('a cluster that does not answer: holds may have come or gone', async () => {
		const connections = [{...makeWorker().connections[0]!, state: 'stale' as const, since: now - 37_000}];
		const {code, terminal} = await (await serve({worker: {connections}})).run('holds');
		expect(terminal.printed()).toContain('Cluster eu-prod has not answered for 37s');
		expect(code).toBe(2);
	});

	test('a name that does not exist', async () => {
		expect((await (await serve()).run('holds ledgr')).code).toBe(2);
	});
});
