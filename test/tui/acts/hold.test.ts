import {describe, expect, test} from 'vitest';
import type {Hold} from '../../../source/model/hold.ts';
import type {HoldParameters, ResumeParameters} from '../../../source/protocol/messages/hold.ts';
import {toggleEverything, toggleHold} from '../../../source/tui/acts/hold/toggle.ts';
import {undo} from '../../../source/tui/acts/undo.ts';
import {makeApplication, makeField, makeHold, now} from '../../commands/fixtures.ts';
import {createScene, production, refuse, type Scene, type SceneOptions} from './scene.ts';

const hour = 3_600_000;
const deployment = {group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout'};
const drifted = {
	eventId: 'd1',
	object: 'Deployment/checkout',
	namespace: 'shop',
	type: 'modified',
	fields: [makeField()],
	action: 'held',
	since: now,
} as const;

/** A worker that holds what it is told to. */
const holding = {
	hold({applications, scope, reason, durationMilliseconds, includesSync}: HoldParameters) {
		const until = durationMilliseconds === null ? null : now + durationMilliseconds;
		const names = applications.length === 0 ? ['checkout', 'basket'] : applications;
		const holds = names.map(application => ({
			application,
			hold: makeHold({scope, reason, until, includesSync, since: now}),
		}));
		return {holds, problems: []};
	},
};

const resuming = {
	resume({applications, holds}: ResumeParameters) {
		return {
			holds: holds.map(id => ({application: applications[0]!, hold: makeHold({id})})),
			problems: [],
		};
	},
};

async function press(options: SceneOptions, fields: readonly string[] = ['spec.replicas']): Promise<Scene> {
	const scene = createScene({client: {...holding, ...resuming}, ...options});
	await toggleHold(scene.ports, {
		applications: options.applications ?? [makeApplication()],
		object: fields.length > 0 ? deployment : null,
		fields,
	});
	scene.finish();
	return scene;
}

describe('a hold', () => {
	test.each<[string, Record<string, string>, object]>([
		['the whole, for an hour', {}, {scope: {type: 'application'}, durationMilliseconds: hour, includesSync: false}],
		['and automatic syncs', {sync: 'yes'}, {includesSync: true}],
		['the object', {what: '1'}, {scope: {type: 'object', ...deployment}, includesSync: false}],
		['the field', {what: '2'}, {scope: {type: 'field', ...deployment, path: 'spec.replicas'}}],
		['15 minutes', {until: '15m'}, {durationMilliseconds: hour / 4}],
		['four hours', {until: '4h'}, {durationMilliseconds: 4 * hour}],
		['another time', {until: 'other', other: '2h30m'}, {durationMilliseconds: 2.5 * hour}],
		['until a moment', {until: 'other', other: '2026-11-21T12:04:31Z'}, {durationMilliseconds: hour}],
		[
			'without an end, with a reason and the word',
			{until: 'none', reason: 'INC-1', word: 'break-glass'},
			{durationMilliseconds: null, breakGlass: true, reason: 'INC-1'},
		],
		['the reason, trimmed', {reason: '  INC-1 '}, {reason: 'INC-1', owner: 'ana@bastion-1'}],
	])('is asked for: %s', async (_name, fill, expected) => {
		const scene = await press({steps: [{fill}]});
		expect(scene.sent).toMatchObject([{request: 'hold', parameters: {applications: ['checkout'], ...expected}}]);
	});

	test.each<[string, Record<string, string>, SceneOptions]>([
		['no duration', {until: 'other', other: ''}, {}],
		['no such duration', {until: 'other', other: 'soon'}, {}],
		['a moment that is over', {until: 'other', other: '2020-01-01T00:00:00Z'}, {}],
		['nothing at all', {until: 'other', other: '0'}, {}],
		['no end and no reason', {until: 'none', word: 'break-glass'}, {}],
		['no end and no word', {until: 'none', reason: 'INC-1'}, {}],
		['production without its name', {}, {worker: production, isArmed: true}],
		['production by another name', {word: 'eu-test'}, {worker: production, isArmed: true}],
	])('is not sent: %s', async (_name, fill, options) => {
		const scene = await press({...options, steps: [{fill}]});
		expect(scene.sent).toEqual([]);
	});

	test('in production is sent when its name is typed, and not when it is read-only', async () => {
		const armed = await press({worker: production, isArmed: true, steps: [{fill: {word: 'eu-prod'}}]});
		expect(armed.sent).toHaveLength(1);
		const readOnly = await press({worker: production, steps: [{fill: {word: 'eu-prod'}}]});
		expect(readOnly.sent).toEqual([]);
		expect(readOnly.toasts).toEqual(['checkout: the screen is read-only again, so nothing was sent. :write arms']);
	});

	test('says what is held until when, and is undone by u', async () => {
		const scene = createScene({
			client: {...holding, ...resuming},
			steps: [{fill: {reason: 'INC-1'}}, {keys: ['tab', 'enter']}, {keys: ['tab', 'enter']}],
		});
		await toggleHold(scene.ports, {applications: [makeApplication()], object: null, fields: []});
		expect(scene.toasts).toEqual(['checkout: the whole application is held until 12:04Z, 60m left; u takes it back']);
		await undo(scene.ports);
		expect(scene.sent.at(-1)).toEqual({
			request: 'resume',
			parameters: {applications: ['checkout'], holds: ['3f9a1c'], by: 'ana@bastion-1'},
		});
		// Undoing the undoing holds it again, for the time that is left.
		scene.time = now + 10 * 60_000;
		await undo(scene.ports);
		expect(scene.sent.at(-1)).toMatchObject({request: 'hold', parameters: {durationMilliseconds: 32 * 60_000}});
		expect(scene.ports.ledger.getState().map(({verb, isUndone}) => [verb, isUndone])).toEqual([
			['hold', false],
			['resume', true],
			['hold', true],
		]);
	});

	test('that failed for one application says so and keeps the others', async () => {
		const client = {
			hold: () => ({
				holds: [{application: 'checkout', hold: makeHold()}],
				problems: [{application: 'basket', problem: {code: 'Forbidden', message: 'may not write it'}}],
			}),
		};
		const applications = [makeApplication(), makeApplication({name: 'basket'})];
		const scene = await press({client, applications, steps: [{fill: {}}]}, []);
		expect(scene.toasts).toEqual(['basket: may not write it']);
		expect(scene.ports.ledger.getState()).toMatchObject([
			{state: 'failed', result: '1 held; basket: may not write it', undo: {type: 'resume'}},
		]);
	});
});

describe('what is held', () => {
	const field = makeHold({id: 'f1', scope: {type: 'field', ...deployment, path: 'spec.replicas'}});
	const held = makeApplication({holds: [makeHold(), field], drift: [drifted]});

	test('is resumed one by one, all at once, or held once more', async () => {
		const one = await press({applications: [held], steps: [{choose: '1'}, {keys: ['tab', 'enter']}]});
		expect(one.shown[0]).toEqual([
			'Holds of checkout',
			'resume the whole application',
			'resume Deployment/shop/checkout spec.replicas',
			'resume all 2',
			'hold something else',
		]);
		expect(one.sent).toMatchObject([{request: 'resume', parameters: {holds: ['f1']}}]);
		const all = await press({applications: [held], steps: [{choose: 'all'}, {keys: ['tab', 'enter']}]});
		expect(all.sent).toMatchObject([{request: 'resume', parameters: {holds: ['3f9a1c', 'f1']}}]);
		const another = await press({applications: [held], steps: [{choose: 'another'}, {fill: {}}]});
		expect(another.sent).toMatchObject([{request: 'hold'}]);
	});

	test('says what is put back when it ends, and what stays held', async () => {
		const single = makeApplication({holds: [makeHold()], drift: [drifted]});
		const scene = await press({applications: [single], steps: [{choose: '0'}, {keys: ['escape']}]});
		expect(scene.shown[1]).toMatchInlineSnapshot(`
			[
			  "Resume checkout on eu-prod: what drifted is healed then",
			  "the whole application held by ana@bastion-1 until 11:46Z, 42m left: INC-2231",
			  "",
			  "≋ put back: Deployment/checkout spec.replicas 10→3, set by kubectl/scale",
			]
		`);
		const both = await press({applications: [held], steps: [{choose: '0'}, {keys: ['escape']}]});
		expect(both.shown[1]?.at(-1)).toBe('checkout: nothing that drifted is put back by this');
		expect(both.sent).toEqual([]);
	});

	test('that ended by itself meanwhile is no failure', async () => {
		const client = {resume: () => ({holds: [], problems: []})};
		const scene = await press({client, applications: [held], steps: [{choose: '0'}, {keys: ['tab', 'enter']}]});
		expect(scene.toasts).toEqual(['checkout: nothing was held any more; 1 had ended already']);
	});

	test('stays held when the worker refuses', async () => {
		const client = {resume: () => refuse({code: 'Forbidden', message: 'may not write it'})};
		const scene = await press({client, applications: [held], steps: [{choose: '0'}, {keys: ['tab', 'enter']}]});
		expect(scene.toasts).toEqual(['checkout: may not write it']);
	});
});

describe('the red button', () => {
	const applications = [makeApplication(), makeApplication({name: 'basket'})];

	test('holds every application with its automatic syncs, also one that nobody has heard of yet', async () => {
		const scene = createScene({client: holding, applications, steps: [{fill: {reason: 'INC-1'}}]});
		await toggleEverything(scene.ports);
		expect(scene.shown[0]?.[0]).toBe('Hold EVERYTHING on eu-prod: no automatic write anywhere');
		expect(scene.sent).toMatchObject([
			{request: 'hold', parameters: {applications: [], scope: {type: 'application'}, includesSync: true}},
		]);
		expect(scene.toasts).toEqual([
			'everything: 2 applications are held until 12:04Z, 60m left; automatic syncs are stopped; u takes it back',
		]);
	});

	test('leads back when everything is held', async () => {
		const holds: Hold[] = [makeHold({includesSync: true})];
		const scene = createScene({
			client: resuming,
			applications: applications.map(application => ({...application, holds})),
			steps: [{choose: 'all'}, {keys: ['tab', 'enter']}],
		});
		await toggleEverything(scene.ports);
		expect(scene.sent.map(({parameters}) => parameters.applications)).toEqual([['checkout'], ['basket']]);
		expect(scene.toasts).toEqual(['2 applications: 2 holds ended']);
	});
});
