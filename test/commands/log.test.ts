import {afterEach, expect, test} from 'vitest';
import type {LoggedCommit} from '../../source/model/commit.ts';
import {type FakeWorker, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeCommit, now, revertCommit} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const hour = 3_600_000;
const bad = 'b52f3a0000000000000000000000000000000000';
const commits: readonly LoggedCommit[] = [
	makeCommit({
		id: 'c'.repeat(40),
		author: 'dan',
		subject: 'log level',
		time: now - 60_000,
		state: 'pending',
		objects: null,
	}),
	makeCommit({}),
	makeCommit({
		id: 'd'.repeat(40),
		state: 'failed',
		failure: 'k8s/a.yaml:12: tab in indentation',
		objects: {created: 0, changed: 0, deleted: 0},
		time: now - 5 * hour,
	}),
	makeCommit({
		id: revertCommit,
		author: 'ana',
		subject: 'Revert "bump nginx"',
		state: 'past',
		reverts: bad,
		objects: {created: 0, changed: 1, deleted: 0},
		time: now - 24 * hour,
	}),
	makeCommit({
		id: bad,
		author: 'bot',
		subject: 'bump nginx, and then say very much more about it than fits into fifty columns',
		state: 'past',
		revertedBy: revertCommit,
		objects: {created: 1, changed: 2, deleted: 3},
		time: now - 26 * hour,
	}),
	makeCommit({id: 'e'.repeat(40), state: 'past', time: now - 400 * hour}),
];

async function serve(list: readonly LoggedCommit[] = commits): Promise<FakeWorker> {
	const log = () => ({branch: 'main', commits: list});
	worker = await startFakeWorker({applications: [makeApplication()], handlers: {log}});
	return worker;
}

test('newest first, with what became of each', async () => {
	const {code, terminal} = await (await serve()).run('log checkout');
	expect(terminal.printed()).toMatchInlineSnapshot(`
		"  COMMIT    STATE      AUTHOR   AGE   SUBJECT                                             OBJECTS     NOTE
		○ ccccccc   pending    dan      60s   log level                                           ?
		● 9f3c1a2   live       lena     3h    raise memory                                        2 objects
		✗ ddddddd   failed     lena     5h    raise memory                                        0 objects   k8s/a.yaml:12: tab in indentation
		↶ 5be1f0c   revert     ana      24h   Revert "bump nginx"                                 1 object    reverts b52f3a0
		⤫ b52f3a0   reverted   bot      26h   bump nginx, and then say very much more about it…   6 objects   reverted by 5be1f0c
		  eeeeeee   -          lena     16d   raise memory                                        2 objects
		"
	`);
	expect(terminal.noted()).toBe('');
	expect(code).toBe(0);
	expect(worker.asked).toEqual([['log', {application: 'checkout', limit: 20}]]);
});

test('wide cuts nothing', async () => {
	const {terminal} = await (await serve(commits.slice(3, 5))).run('log checkout -o wide');
	expect(terminal.printed()).toMatchInlineSnapshot(`
		"  COMMIT                                     STATE      AUTHOR                   TIME                   SUBJECT                                                                         OBJECTS                           NOTE
		↶ 5be1f0c2b4d5e6f708192a3b4c5d6e7f80123456   revert     ana <lena@example.com>   2026-11-20T11:04:31Z   Revert "bump nginx"                                                             0 created, 1 changed, 0 deleted   reverts b52f3a0
		⤫ b52f3a0000000000000000000000000000000000   reverted   bot <lena@example.com>   2026-11-20T09:04:31Z   bump nginx, and then say very much more about it than fits into fifty columns   1 created, 2 changed, 3 deleted   reverted by 5be1f0c
		"
	`);
});

test('in ASCII where the locale is not UTF-8', async () => {
	const {terminal} = await (await serve()).run('log checkout', {environment: {LANG: 'C'}});
	expect(terminal.printed()).toMatch(/^[\x20-\x7e\n]*$/);
	expect(terminal.printed()).toMatch(/^\* 9f3c1a2 +live /m);
});

test('a commit that is live is that first, whatever else it is', async () => {
	const live = makeCommit({reverts: bad, subject: 'Revert "bump nginx"'});
	const {terminal} = await (await serve([live])).run('log checkout');
	expect(terminal.printed()).toMatch(/^● 9f3c1a2 +live .*reverts b52f3a0$/m);
});

test('as JSON every commit has every key', async () => {
	const {terminal} = await (await serve()).run('log checkout --limit 6 -o json');
	expect(worker.asked).toEqual([['log', {application: 'checkout', limit: 6}]]);
	const value = JSON.parse(terminal.printed());
	expect(value).toMatchObject({application: 'checkout', branch: 'main'});
	expect(value.commits[4]).toEqual({
		id: bad,
		author: 'bot',
		email: 'lena@example.com',
		time: '2026-11-20T09:04:31.000Z',
		subject: 'bump nginx, and then say very much more about it than fits into fifty columns',
		parents: ['a'.repeat(40)],
		state: 'past',
		failure: null,
		reverts: null,
		revertedBy: revertCommit,
		objects: {created: 1, changed: 2, deleted: 3},
	});
	for (const commit of value.commits) expect(Object.keys(commit)).toEqual(Object.keys(value.commits[4]));
	expect(value.commits[0].objects).toBeNull();
});

test('a full answer says on a terminal that there may be more', async () => {
	await serve(commits.slice(0, 2));
	const {terminal} = await worker.run('log checkout --limit 2', {isTerminal: true});
	expect(terminal.noted()).toContain('the newest 2 of main; --limit shows more');
});

test('no commit at all says so', async () => {
	const {code, terminal} = await (await serve([])).run('log checkout');
	expect(terminal.printed()).toBe('');
	expect(terminal.noted()).toBe('no commit of main touches checkout\n');
	expect(code).toBe(0);
});

test('hostile authors and subjects cannot rewrite the screen', async () => {
	const evil = makeCommit({
		author: 'a\u001b[2J',
		subject: '\u202egnol\nnew line',
		failure: '\u009b31m',
		state: 'failed',
	});
	await serve([evil]);
	for (const format of ['table', 'wide', 'json']) {
		const {terminal} = await worker.run(`log checkout -o ${format}`);
		expect(terminal.printed()).not.toMatch(/[\u001b\u202e\u009b]/);
		if (format !== 'json') expect(terminal.printed().trimEnd().split('\n')).toHaveLength(2);
	}
});

test.each([
	['log', /log needs APPLICATION/],
	['log checkout basket', /log takes one word; too many: basket/],
	['log chekout', /Did you mean checkout\?/],
	['log checkout --since 1h', /log takes no --since/],
])('%s is refused', async (text, message) => {
	const {code, terminal} = await (await serve()).run(text);
	expect(terminal.noted()).toMatch(message);
	expect(code).toBe(2);
	expect(worker.asked).toEqual([]);
});
