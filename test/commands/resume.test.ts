import {afterEach, describe, expect, test} from 'vitest';
import {initiator} from '../../source/commands/session/connect.ts';
import type {OpenDrift} from '../../source/model/drift.ts';
import type {ResumeParameters} from '../../source/protocol/messages/hold.ts';
import type {Handlers} from '../../source/protocol/server.ts';
import {type FakeWorker, type FakeWorkerOptions, startFakeWorker} from './fake-worker.ts';
import {makeApplication, makeField, makeHold, makeResource, now} from './fixtures.ts';

let worker: FakeWorker;
afterEach(() => worker.close());

const drift: OpenDrift = {
	eventId: 'drift-1',
	object: 'Deployment/web',
	namespace: 'shop',
	type: 'modified',
	fields: [makeField()],
	action: 'held',
	since: now - 5_000,
};
const field = {type: 'field', kind: 'Deployment', namespace: 'shop', name: 'web', path: 'spec.replicas'} as const;
const checkout = makeApplication({
	drift: [drift],
	holds: [makeHold({id: 'aaaaaa'}), makeHold({id: 'bbbbbb', scope: field, until: null, reason: ''})],
});
const basket = makeApplication({name: 'basket', holds: [makeHold({id: 'cccccc'})]});
const ledger = makeApplication({name: 'ledger'});
const applications = [checkout, basket, ledger];

const resume: Handlers['resume'] = ({applications: names, holds: ids}) => ({
	holds: applications
		.filter(({name}) => names.includes(name))
		.flatMap(({name, holds}) => holds.filter(({id}) => ids.includes(id)).map(hold => ({application: name, hold}))),
	problems: [],
});

async function serve(options: FakeWorkerOptions = {}): Promise<FakeWorker> {
	const handlers = {resume, resources: () => [makeResource('Deployment', 'web')], ...options.handlers};
	worker = await startFakeWorker({applications, ...options, handlers});
	return worker;
}

function resumed(): ResumeParameters[] {
	return worker.asked.filter(([name]) => name === 'resume').map(([, parameters]) => parameters as ResumeParameters);
}

describe('what is asked of the worker', () => {
	const by = initiator();
	const cases: [string, object[]][] = [
		['resume checkout', [{applications: ['checkout'], holds: ['aaaaaa', 'bbbbbb'], by}]],
		['resume checkout/deployment/web/spec.replicas', [{applications: ['checkout'], holds: ['bbbbbb'], by}]],
		['resume --id cccccc', [{applications: ['basket'], holds: ['cccccc'], by}]],
		[
			'resume --id aaaaaa,cccccc',
			[
				{applications: ['checkout'], holds: ['aaaaaa'], by},
				{applications: ['basket'], holds: ['cccccc'], by},
			],
		],
		[
			'resume --all --yes',
			[
				{applications: ['checkout'], holds: ['aaaaaa', 'bbbbbb'], by},
				{applications: ['basket'], holds: ['cccccc'], by},
			],
		],
	];
	test.each(cases)('%s', async (text, requests) => {
		const {code} = await (await serve()).run(text);
		expect(resumed()).toEqual(requests);
		expect(code).toBe(0);
	});
});

describe('nothing is resumed', () => {
	const cases: [string, string, number, RegExp][] = [
		['without a name', 'resume', 2, /resume needs APPLICATION.*, or --all/],
		['with an id and a name', 'resume checkout --id aaaaaa', 2, /--id says which hold, and checkout says another/],
		['with an id and --all', 'resume --all --id aaaaaa', 2, /--id says which hold, and --all says another/],
		['with an id that is not there', 'resume --id zzz', 2, /no hold in force has the id zzz \[HoldNotFound\]/],
		['with one id of two that is not there', 'resume --id aaaaaa,zzz', 2, /the id zzz/],
		['of an application that is not there', 'resume ledgr', 2, /Did you mean ledger/],
		['of everything where nobody can be asked', 'resume --all', 2, /nobody can be asked here, so nothing was resumed/],
		['beside a worker that reconciles', 'resume checkout --once', 2, /worker 4711 holds these applications/],
		['where nothing is held', 'resume ledger', 0, /^$/],
		['where something else is held', 'resume checkout/Deployment/web', 0, /^$/],
	];
	test.each(cases)('%s', async (_name, text, code, message) => {
		const ended = await (await serve()).run(text);
		expect(ended.terminal.noted()).toMatch(message);
		expect(ended.code).toBe(code);
		expect(resumed()).toEqual([]);
	});

	test('and a no-op says so', async () => {
		expect((await (await serve()).run('resume ledger')).terminal.printed()).toBe(
			'nothing to resume: no hold of ledger\n',
		);
		const json = await worker.run('resume ledger -o json');
		expect(JSON.parse(json.terminal.printed())).toEqual({holds: [], problems: []});
	});

	test('of everything by a no', async () => {
		const {code, terminal} = await (await serve()).run('resume --all', {answers: ['no']});
		expect(terminal.questions).toEqual([
			'End all 3 holds, of 2 applications? What drifted is healed then. Type yes to go on: ',
		]);
		expect(code).toBe(1);
		expect(resumed()).toEqual([]);
	});
});

describe('what is said', () => {
	test('what is not held any more, and what healing puts back now', async () => {
		const {terminal} = await (await serve()).run('resume checkout');
		expect(terminal.printed()).toMatchInlineSnapshot(`
			"✓ checkout: the whole application is not held any more; it was held by ana@bastion-1 until 11:46Z, 42m left: INC-2231
			✓ checkout: Deployment/shop/web spec.replicas is not held any more; it was held by ana@bastion-1 until somebody resumes it (break-glass)
			  ≋ put back now: Deployment/web spec.replicas 10→3, set by kubectl/scale
			"
		`);
	});

	test.each([
		[{type: 'application'} as const, false],
		[{type: 'object', kind: 'Deployment', name: 'web'} as const, false],
		[{...field, path: 'spec'} as const, false],
		[{...field, path: 'spec.replica'} as const, true],
		[{...field, name: 'other'} as const, true],
	])('nothing that somebody else holds as %j', async (scope, isHealed) => {
		const other = makeHold({id: 'dddddd', scope});
		const holds = [makeHold({id: 'bbbbbb', scope: field}), other];
		await serve({
			applications: [{...checkout, holds}],
			handlers: {resume: () => ({holds: [{application: 'checkout', hold: holds[0]!}], problems: []})},
		});
		const {terminal} = await worker.run('resume --id bbbbbb');
		expect(terminal.printed().includes('put back now')).toBe(isHealed);
	});

	test('that nobody heals, where nobody does', async () => {
		const observed = await (await serve({worker: {mode: 'observe'}})).run('resume checkout');
		expect(observed.terminal.printed()).toContain('No worker heals here now');
		await worker.close();
		await serve({applications: [{...checkout, isHealing: false}]});
		expect((await worker.run('resume checkout')).terminal.printed()).toContain('checkout does not heal by itself');
	});

	test('what had ended meanwhile', async () => {
		await serve({handlers: {resume: () => ({holds: [], problems: []})}});
		const {code, terminal} = await worker.run('resume basket');
		expect(terminal.noted()).toBe('1 had ended already\n');
		expect(code).toBe(0);
	});

	test('what could not be resumed: 2', async () => {
		const problems = [{application: 'basket', problem: {code: 'Forbidden', message: 'may not write ConfigMaps'}}];
		await serve({handlers: {resume: () => ({holds: [], problems})}});
		const {code, terminal} = await worker.run('resume basket');
		expect(terminal.noted()).toBe('✗ basket: may not write ConfigMaps\n');
		expect(code).toBe(2);
		const json = await worker.run('resume basket -o json');
		expect(JSON.parse(json.terminal.printed())).toEqual({
			holds: [],
			problems: [{application: 'basket', code: 'Forbidden', message: 'may not write ConfigMaps'}],
		});
	});
});
