import {afterEach, describe, expect, test} from 'vitest';
import {initiator} from '../../source/commands/session/connect.ts';
import type {Hold} from '../../source/model/hold.ts';
import type {HoldParameters} from '../../source/protocol/messages/hold.ts';
import type {Handlers} from '../../source/protocol/server.ts';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeHold, makeResource, now} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const applications = [makeApplication(), makeApplication({name: 'basket'})];
const resources = [
	makeResource('Deployment', 'web', {group: 'apps'}),
	makeResource('ConfigMap', 'web'),
	makeResource('Ingress', 'web', {namespace: 'a'}),
	makeResource('Ingress', 'web', {namespace: 'b'}),
];

const hold: Handlers['hold'] = ({applications: names, scope, owner, reason, durationMilliseconds, includesSync}) => ({
	holds: names.map(application => ({
		application,
		hold: makeHold({
			scope,
			owner,
			reason,
			includesSync,
			since: now,
			until: durationMilliseconds === null ? null : now + durationMilliseconds,
		}),
	})),
	problems: [],
});

async function serve(options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	const handlers = {hold, resources: () => resources, ...options.handlers};
	worker = await startFakeWorker({applications, ...options, handlers});
	return worker;
}

function held(): HoldParameters[] {
	return worker.asked.filter(([name]) => name === 'hold').map(([, parameters]) => parameters as HoldParameters);
}

describe('what is asked of the worker', () => {
	const one = {owner: initiator(), reason: '', durationMilliseconds: 3_600_000, breakGlass: false, includesSync: false};
	const whole = {type: 'application'} as const;
	const cases: [string, object[]][] = [
		['hold checkout --for 1h', [{...one, applications: ['checkout'], scope: whole}]],
		[
			'hold checkout basket --for 90m --reason INC-2231 --sync',
			[
				{
					...one,
					applications: ['checkout', 'basket'],
					scope: whole,
					durationMilliseconds: 5_400_000,
					reason: 'INC-2231',
					includesSync: true,
				},
			],
		],
		['hold checkout --until 2026-11-21T12:04:31Z', [{...one, applications: ['checkout'], scope: whole}]],
		[
			'hold checkout --break-glass --reason why',
			[
				{
					...one,
					applications: ['checkout'],
					scope: whole,
					durationMilliseconds: null,
					reason: 'why',
					breakGlass: true,
				},
			],
		],
		[
			'hold checkout/deployment/web --for 1h',
			[{...one, applications: ['checkout'], scope: {type: 'object', kind: 'Deployment', name: 'web'}}],
		],
		[
			'hold checkout/Deployment/web/metadata.annotations[example.com/x] --for 1h',
			[
				{
					...one,
					applications: ['checkout'],
					scope: {type: 'field', kind: 'Deployment', name: 'web', path: 'metadata.annotations[example.com/x]'},
				},
			],
		],
		[
			'hold checkout/deployment/shop/web --for 1h',
			[{...one, applications: ['checkout'], scope: {type: 'object', kind: 'Deployment', name: 'web'}}],
		],
		[
			'hold checkout/ingress/b/web/spec.rules --for 1h',
			[
				{
					...one,
					applications: ['checkout'],
					scope: {type: 'field', kind: 'Ingress', namespace: 'b', name: 'web', path: 'spec.rules'},
				},
			],
		],
		[
			'hold basket checkout/ConfigMap/web --for 1h',
			[
				{...one, applications: ['basket'], scope: whole},
				{...one, applications: ['checkout'], scope: {type: 'object', kind: 'ConfigMap', name: 'web'}},
			],
		],
		['hold --all --for 1h --yes', [{...one, applications: ['checkout', 'basket'], scope: whole}]],
	];
	test.each(cases)('%s', async (text, requests) => {
		const {code, terminal} = await (await serve()).run(text);
		expect(terminal.noted()).toBe('');
		expect(held()).toEqual(requests);
		expect(code).toBe(0);
	});
});

describe('nothing is held', () => {
	const cases: [string, string, number, RegExp][] = [
		['without a name', 'hold --for 1h', 2, /hold needs APPLICATION.*, or --all/],
		['with a name and --all', 'hold checkout --all --for 1h', 2, /--all and checkout exclude each other/],
		['without an end', 'hold checkout', 2, /a hold needs an end: --for DURATION/],
		['with a number that has no unit', 'hold checkout --for 60', 2, /60 is no duration/],
		['for no time', 'hold checkout --for 0', 2, /--for 0 holds nothing/],
		['with two ends', 'hold checkout --for 1h --until 2027-01-01', 2, /--for and --until exclude each other/],
		['until something that is no time', 'hold checkout --until noon', 2, /noon is no time/],
		['until a time that is over', 'hold checkout --until 2026-11-21T11:00:00Z', 2, /is over already/],
		['without an end and without a reason', 'hold checkout --break-glass', 2, /--break-glass needs --reason/],
		['without an end and with one', 'hold checkout --break-glass --for 1h', 2, /for a hold without an end/],
		[
			'of a part, with --sync',
			'hold checkout/Deployment/web --for 1h --sync',
			2,
			/checkout\/Deployment\/web is a part/,
		],
		['of half an object', 'hold checkout/Deployment --for 1h', 2, /checkout\/Deployment is neither/],
		[
			'of an application that is not there',
			'hold chekout --for 1h',
			2,
			/\[ApplicationNotFound\]\n {2}Did you mean checkout/,
		],
		[
			'of one that is there, with one that is not',
			'hold checkout ledgre --for 1h',
			2,
			/no application is named ledgre/,
		],
		[
			'of an object that is not there',
			'hold checkout/Deployment/wbe --for 1h',
			2,
			/checkout has no Deployment\/wbe \[ObjectNotFound\]\n {2}Did you mean checkout\/Deployment\/web\?/,
		],
		[
			'of an object that is in another namespace',
			'hold checkout/Deployment/elsewhere/web --for 1h',
			2,
			/checkout has no Deployment\/elsewhere \[ObjectNotFound\]/,
		],
		[
			'of one of two that are named alike',
			'hold checkout/Ingress/web --for 1h',
			2,
			/has 2 objects Ingress\/web, in the namespaces a, b \[ObjectAmbiguous\]\n {2}Name the namespace: checkout\/Ingress\/a\/web/,
		],
		[
			'of everything where nobody can be asked',
			'hold --all --for 1h',
			2,
			/nobody can be asked here, so nothing was held/,
		],
		['beside a worker that reconciles', 'hold checkout --for 1h --once', 2, /worker 4711 holds these applications/],
	];
	test.each(cases)('%s', async (_name, text, code, message) => {
		const ended = await (await serve()).run(text);
		expect(ended.terminal.noted()).toMatch(message);
		expect(ended.code).toBe(code);
		expect(held()).toEqual([]);
	});

	test.each(['no', '', 'y', null])('of everything by the answer %j', async answer => {
		const {code, terminal} = await (await serve()).run('hold --all --for 1h', {answers: [answer]});
		expect(terminal.questions).toEqual(['Hold all 2 applications on eu-prod? Type yes to go on: ']);
		expect(terminal.noted()).toBe('Nothing was held.\n');
		expect(code).toBe(1);
		expect(held()).toEqual([]);
	});

	test('where nothing is declared', async () => {
		const {code, terminal} = await (await serve({applications: []})).run('hold --all --for 1h --yes');
		expect(terminal.noted()).toContain('nothing to hold');
		expect(code).toBe(0);
	});
});

describe('what is said', () => {
	test('what is held, until when, what goes on, and how to end it', async () => {
		const {terminal} = await (await serve()).run(['hold', 'checkout', '--for', '1h', '--reason', 'scaling by hand']);
		expect(terminal.printed().replaceAll(initiator(), 'ana@bastion-1')).toMatchInlineSnapshot(`
			"‖ checkout: the whole application held by ana@bastion-1 until 12:04Z, 60m left: scaling by hand
			  Drift is still seen and recorded, not healed; new commits are synced, and leave alone what drifted.
			Worker 4711 honours it; it is kept in the cluster, where every other worker sees it too.
			To end it before: holdfast resume checkout
			"
		`);
	});

	test('of a field, quoted for the shell', async () => {
		const word = 'checkout/Deployment/web/spec.containers[name="web"].image';
		const {terminal} = await (await serve()).run(['hold', word, '--for', '2d']);
		expect(terminal.printed().replaceAll(initiator(), 'ana@bastion-1')).toMatchInlineSnapshot(`
			"‖ checkout: Deployment/web spec.containers[name="web"].image held by ana@bastion-1 until 2026-11-23T11:04Z, 2d left
			  Drift is still seen and recorded, not healed; syncs of the rest leave it alone.
			Worker 4711 honours it; it is kept in the cluster, where every other worker sees it too.
			To end it before: holdfast resume 'checkout/Deployment/web/spec.containers[name="web"].image'
			"
		`);
	});

	test('without an end, and that syncs stop', async () => {
		const {terminal} = await (await serve()).run('hold --all --sync --break-glass --reason fire', {answers: ['yes']});
		expect(terminal.printed()).toContain('until somebody resumes it (break-glass): fire');
		expect(terminal.printed()).toContain('automatic syncs are stopped');
		expect(terminal.printed()).toContain('holdfast resume --all');
	});

	test('that a worker which only observes does not heal anyway', async () => {
		const {terminal} = await (await serve({worker: {mode: 'observe'}})).run('hold checkout --for 1h');
		expect(terminal.printed()).toContain('Worker 4711 only observes; the hold is kept in the cluster');
	});

	test('one that cannot be held does not stop the others, but it is 2', async () => {
		const problem = {code: 'NamespaceNotFound', message: 'namespace shop does not exist', hint: 'create it first'};
		await serve({
			handlers: {
				hold: (parameters, context) => ({
					...hold({...parameters, applications: ['checkout']}, context),
					problems: [{application: 'basket', problem}],
				}),
			},
		});
		const {code, terminal} = await worker.run('hold checkout basket --for 1h');
		expect(terminal.printed()).toContain('‖ checkout: the whole application held by');
		expect(terminal.noted()).toBe('✗ basket: namespace shop does not exist. Create it first\n');
		expect(code).toBe(2);
	});

	test('a refusal of the worker is an error', async () => {
		await serve({
			handlers: {
				hold: () => ({
					holds: [],
					problems: [{application: 'checkout', problem: {code: 'HoldScopeInvalid', message: 'x is not a field path'}}],
				}),
			},
		});
		const {code, terminal} = await worker.run('hold checkout/Deployment/web/x[ --for 1h');
		expect(terminal.printed()).toBe('');
		expect(terminal.noted()).toContain('✗ checkout: x is not a field path');
		expect(code).toBe(2);
	});

	test('as JSON', async () => {
		const {terminal} = await (await serve()).run('hold checkout/Deployment/web/spec.replicas --for 1h -o json');
		expect(JSON.parse(terminal.printed())).toEqual({
			holds: [
				{
					application: 'checkout',
					id: '3f9a1c',
					scope: {type: 'field', kind: 'Deployment', name: 'web', path: 'spec.replicas'},
					owner: initiator(),
					reason: '',
					since: '2026-11-21T11:04:31.000Z',
					until: '2026-11-21T12:04:31.000Z',
					includesSync: false,
				},
			],
			problems: [],
			isHonoured: true,
		});
	});

	test('hostile text cannot rewrite the screen', async () => {
		const evil: Partial<Hold> = {owner: 'a\u001b[2Jna', reason: '\u202egnol'};
		await serve({handlers: {hold: () => ({holds: [{application: 'checkout', hold: makeHold(evil)}], problems: []})}});
		const {terminal} = await worker.run('hold checkout --for 1h');
		expect(terminal.printed()).toContain('a\\x1b[2Jna');
		expect(terminal.printed()).not.toMatch(/[\u001b\u202e]/);
	});
});

test('what was never compared is held as typed: nothing is known that could refuse it', async () => {
	await serve({
		applications: [
			makeApplication({
				clusterSeenAt: null,
				conditions: [{type: 'ClusterUnreachable', since: now, problem: {code: 'Unreachable', message: 'no answer'}}],
			}),
		],
	});
	const {code} = await worker.run('hold checkout/Deployment/new --for 1h');
	expect(code).toBe(0);
	expect(held()).toMatchObject([{scope: {type: 'object', kind: 'Deployment', name: 'new'}}]);
});
