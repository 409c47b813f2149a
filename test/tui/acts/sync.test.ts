import {describe, expect, test} from 'vitest';
import type {Plan} from '../../../source/model/plan.ts';
import {endSync} from '../../../source/tui/acts/sync/end-sync.ts';
import {syncApplications} from '../../../source/tui/acts/sync/sync.ts';
import {
	makeApplication,
	makeHold,
	makeOperation,
	makePlan,
	makeWorker,
	now,
	revision,
} from '../../commands/fixtures.ts';
import {createScene, production, refuse, type Scene, type SceneOptions} from './scene.ts';

const checkout = makeApplication();
const nextRevision = 'b'.repeat(40);
const waiting: Plan = makePlan({
	deletion: {
		type: 'needs-confirmation',
		count: 2,
		reason: 'more than 1 of 11 objects',
		token: 'token-of-two',
		objects: ['ConfigMap/old-1', 'ConfigMap/old-2'],
	},
});

interface Asked {
	readonly dryRun: boolean;
	readonly confirmDeletions?: string;
	readonly overrideHold?: boolean;
	readonly expectedRevision?: string;
	readonly only?: readonly string[];
	readonly prune?: boolean;
}

/** A worker that plans what it is given and ends every sync well. */
function worker(plan: (asked: Asked) => Plan = () => makePlan()) {
	return {
		sync: (asked: Asked) => ({plan: plan(asked), ...(asked.dryRun ? {} : {operation: makeOperation()})}),
	};
}

async function sync(options: SceneOptions, objects: readonly string[] = []): Promise<Scene> {
	const scene = createScene({client: worker(), ...options});
	await syncApplications(scene.ports, {applications: options.applications ?? [checkout], objects});
	scene.finish();
	return scene;
}

describe('a sync', () => {
	test('shows the plan with place and names, and sends exactly what was approved', async () => {
		const scene = await sync({steps: [{keys: ['tab', 'enter']}]});
		expect(scene.shown).toMatchInlineSnapshot(`
			[
			  [
			    "Sync checkout to 9f3c1a2 on eu-prod, namespace shop",
			    "change      1   Deployment/checkout (drifted)",
			    "create      1   ConfigMap/extra (new in Git)",
			    "delete      0",
			    "take over   1   Deployment/checkout spec.replicas from kubectl-edit",
			  ],
			]
		`);
		expect(scene.sent).toEqual([
			{
				request: 'sync',
				parameters: {application: 'checkout', initiatedBy: 'ana@bastion-1', dryRun: false, expectedRevision: revision},
			},
		]);
		expect(scene.toasts).toEqual([
			'syncing checkout; pane 2 follows it',
			'checkout: synced to 9f3c1a2: 1 created, 1 changed, 0 deleted in 0.4s',
		]);
		expect(scene.ports.ledger.getState()).toMatchObject([
			{verb: 'sync', target: 'checkout', where: 'eu-prod, namespace shop', who: 'ana@bastion-1', state: 'done'},
		]);
	});

	test.each<[string, SceneOptions]>([
		['enter on what has the focus first', {steps: [{keys: ['enter']}]}],
		['escape', {steps: [{keys: ['escape']}]}],
		['escape on the button', {steps: [{keys: ['tab', 'escape']}]}],
		['production by a button', {worker: production, isArmed: true, steps: [{keys: ['tab', 'enter']}]}],
		[
			'another name in production',
			{worker: production, isArmed: true, steps: [{keys: ['eu-test', 'enter', 'escape']}]},
		],
		['part of the name', {worker: production, isArmed: true, steps: [{keys: ['eu-pro', 'enter', 'escape']}]}],
		['read-only production', {worker: production, steps: [{keys: ['tab', 'enter']}]}],
		['--read-only', {isReadOnly: true, steps: [{keys: ['tab', 'enter']}]}],
		['deletions by a button', {client: worker(() => makePlan({}, 2)), steps: [{keys: ['tab', 'enter', 'escape']}]}],
		[
			'another number of deletions',
			{client: worker(() => makePlan({}, 2)), steps: [{keys: ['delete 3', 'enter', 'escape']}]},
		],
		['the wait for the plan is left', {steps: [{wait: 'leave'}]}],
		['there is no worker', {client: null}],
	])('is not sent: %s', async (_name, options) => {
		const scene = await sync(options);
		expect(scene.sent).toEqual([]);
		expect(scene.ports.ledger.getState()).toEqual([]);
	});

	test.each<[string, SceneOptions, readonly string[]]>([
		['two deletions', {client: worker(() => makePlan({}, 2))}, ['delete 2']],
		['production', {worker: production}, ['eu-prod']],
		['deletions in production', {worker: production, client: worker(() => makePlan({}, 2))}, ['eu-prod delete 2']],
	])('is sent when the word is typed: %s', async (_name, options, words) => {
		const scene = createScene({client: worker(), ...options, steps: [{keys: [...words, 'enter']}]});
		scene.ports.arming.arm(now + 60_000);
		await syncApplications(scene.ports, {applications: [checkout], objects: []});
		expect(scene.sent).toHaveLength(1);
	});

	test('is not sent when the arming ran out while the dialog was open', async () => {
		const scene = createScene({worker: production, client: worker(), steps: [{keys: ['eu-prod', 'enter']}]});
		scene.ports.arming.arm(now + 60_000);
		const {ask} = scene.ports.questions;
		const questions = {
			...scene.ports.questions,
			ask: (question: Parameters<typeof ask>[0]) => {
				scene.time = now + 61_000;
				return ask(question);
			},
		};
		await syncApplications({...scene.ports, questions}, {applications: [checkout], objects: []});
		expect(scene.sent).toEqual([]);
		expect(scene.toasts.at(-1)).toBe('checkout: the screen is read-only again, so nothing was sent. :write arms');
	});

	test('shows the new plan when Git moved, and sends only what was approved of that', async () => {
		const moved = {code: 'PlanChanged', message: 'the plan was for 9f3c1a2, but Git is at bbbbbbb by now'};
		let isMoved = false;
		const client = {
			sync(asked: Asked) {
				const plan = makePlan({revision: isMoved ? nextRevision : revision});
				if (asked.dryRun) return {plan};
				if (asked.expectedRevision === nextRevision) return {plan, operation: makeOperation({revision: nextRevision})};
				isMoved = true;
				return {plan, problem: moved};
			},
		};
		const scene = await sync({client, steps: [{keys: ['tab', 'enter']}, {keys: ['tab', 'enter']}]});
		expect(scene.shown[1]?.slice(0, 3)).toEqual([
			'Sync checkout to bbbbbbb on eu-prod, namespace shop',
			'the plan was for 9f3c1a2, but Git is at bbbbbbb by now: this is the new plan',
			'',
		]);
		expect(scene.sent.map(({parameters}) => parameters.expectedRevision)).toEqual([revision, nextRevision]);
	});

	test('deletes what waits for a person only by the token of the list that was shown', async () => {
		const client = worker(asked => (asked.confirmDeletions === 'token-of-two' ? makePlan({}, 2) : waiting));
		const scene = await sync({client, steps: [{keys: ['x']}, {keys: ['delete 2', 'enter']}]});
		expect(scene.shown[0]).toEqual(
			expect.arrayContaining([
				'not deleted 2   ConfigMap/old-1',
				'                ConfigMap/old-2',
				'                deletions wait for a person: more than 1 of 11 objects',
			]),
		);
		expect(scene.sent[0]?.parameters).toMatchObject({confirmDeletions: 'token-of-two'});
	});

	test('of a held application says who holds it, and overwrites only when that was asked for', async () => {
		const held = makeApplication({holds: [makeHold()]});
		const client = {
			sync(asked: Asked) {
				if (!asked.overrideHold) {
					return {plan: makePlan(), problem: {code: 'Held', message: 'checkout is held by ana@bastion-1'}};
				}
				return {plan: makePlan(), ...(asked.dryRun ? {} : {operation: makeOperation()})};
			},
		};
		const scene = await sync({client, applications: [held], steps: [{keys: ['tab', 'enter', 'v']}]});
		expect(scene.shown[0]?.[1]).toBe('checkout is held by ana@bastion-1');
		expect(scene.sent).toEqual([]);
		const second = await sync({client, applications: [held], steps: [{keys: ['v']}, {keys: ['tab', 'enter']}]});
		expect(second.sent[0]?.parameters).toMatchObject({overrideHold: true});
	});

	test.each<[string, Record<string, string>, object]>([
		['prune', {prune: 'yes'}, {prune: true}],
		['no prune', {prune: 'no'}, {prune: false}],
		['only what is selected', {only: 'yes'}, {only: ['Deployment/checkout']}],
		['what is held', {hold: 'yes'}, {overrideHold: true}],
		['windows', {windows: 'yes'}, {ignoreWindows: true}],
	])('takes options: %s', async (_name, fill, expected) => {
		const steps = [{keys: ['o']}, {fill}, {keys: ['tab', 'enter']}];
		const scene = await sync({steps}, ['Deployment/checkout']);
		expect(scene.sent[0]?.parameters).toMatchObject(expected);
	});

	test('that is a dry run has nothing to say yes to', async () => {
		const scene = await sync({steps: [{keys: ['o']}, {fill: {dry: 'yes'}}, {keys: ['tab', 'enter']}]});
		expect(scene.shown.at(-1)?.at(-1)).toBe('dry run: nothing will be written');
		expect(scene.sent).toEqual([]);
	});

	test('with nothing to do says so and why', async () => {
		const plan = makePlan({steps: [], counts: {create: 0, change: 0, delete: 0, hooks: 0, unchanged: 11, blocked: 0}});
		const scene = await sync({client: worker(() => plan), steps: [{keys: ['enter']}]});
		expect(scene.shown[0]?.slice(1)).toEqual(['checkout: nothing to do, 11 objects already as in Git at 9f3c1a2']);
	});

	test.each<[string, object, string]>([
		[
			'a refusal',
			{plan: makePlan(), problem: {code: 'SyncWindowClosed', message: 'a window denies it'}},
			'checkout: a window denies it',
		],
		[
			'a failed operation',
			{plan: makePlan(), operation: makeOperation({phase: 'Failed', message: 'no'})},
			'checkout: sync to 9f3c1a2 failed: 1 created, 1 changed, 0 deleted: no in 0.4s',
		],
	])('tells how it ended: %s', async (_name, answer, text) => {
		const client = {sync: (asked: Asked) => (asked.dryRun ? {plan: makePlan()} : answer)};
		const scene = await sync({client, steps: [{keys: ['tab', 'enter']}]});
		expect(scene.toasts.at(-1)).toBe(text);
		expect(scene.ports.ledger.getState()[0]?.state).toBe('failed');
	});

	test('does not claim that nothing was done when the worker went away', async () => {
		const client = {
			sync: (asked: Asked) =>
				asked.dryRun ? {plan: makePlan()} : refuse({code: 'WorkerGone', message: 'The worker ended the connection'}),
		};
		const scene = await sync({client, steps: [{keys: ['tab', 'enter']}]});
		expect(scene.toasts.at(-1)).toBe(
			'checkout: the worker went away before it answered: it may have been done all the same',
		);
	});

	test('is begun once, however often the key is pressed', async () => {
		const running = makeOperation({phase: 'Running'});
		const client = {sync: (asked: Asked) => ({plan: makePlan(), ...(asked.dryRun ? {} : {operation: running})})};
		const scene = createScene({client, steps: [{keys: ['tab', 'enter']}]});
		const first = syncApplications(scene.ports, {applications: [checkout], objects: []});
		await syncApplications(scene.ports, {applications: [checkout], objects: []});
		expect(scene.toasts).toContain('a sync of checkout is under way from here already');
		scene.world.setState(world => ({
			...world,
			applications: new Map([['checkout', makeApplication({operation: makeOperation({id: running.id})})]]),
		}));
		await first;
		expect(scene.sent).toHaveLength(1);
		expect(scene.ports.turns.isTaken('sync checkout')).toBe(false);
	});

	test('of several applications is one question', async () => {
		const applications = [checkout, makeApplication({name: 'basket', context: 'eu-test'})];
		const connections = makeWorker().connections.flatMap(one => [one, {...one, context: 'eu-test'}]);
		const scene = await sync({applications, worker: makeWorker({connections}), steps: [{keys: ['tab', 'enter']}]});
		expect(scene.shown[0]?.[0]).toBe('Sync 2 applications on eu-prod, eu-test');
		expect(scene.sent.map(({parameters}) => parameters.application)).toEqual(['checkout', 'basket']);
	});

	test('shows hostile names as what they are', async () => {
		const name = 'check\u001b[2Jout\u202e';
		const application = makeApplication({name, namespace: 'sh\u0007op'});
		const scene = await sync({applications: [application], steps: [{keys: ['escape']}]});
		expect(scene.shown[0]?.[0]).toBe('Sync check\\x1b[2Jout\\u202e to 9f3c1a2 on eu-prod, namespace sh\\x07op');
	});
});

describe('ending a sync', () => {
	const running = makeApplication({operation: makeOperation({phase: 'Running', done: 3, total: 7, steps: 2})});

	test('asks, and says how far it came', async () => {
		const client = {endSync: () => makeOperation({phase: 'Failed', steps: 2})};
		const scene = createScene({client, applications: [running], steps: [{keys: ['tab', 'enter']}]});
		await endSync(scene.ports, running);
		expect(scene.shown[0]?.join(' ')).toContain('3 of 7 objects are done.');
		expect(scene.sent).toEqual([
			{request: 'endSync', parameters: {application: 'checkout', initiatedBy: 'ana@bastion-1'}},
		]);
		expect(scene.toasts).toEqual([
			'checkout: the sync to 9f3c1a2 was ended in step 1 of 2: 1 created, 1 changed, 0 deleted',
		]);
	});

	test('that ended by itself meanwhile is no failure', async () => {
		const client = {endSync: () => refuse({code: 'NothingToEnd', message: 'no sync of checkout is running'})};
		const scene = createScene({client, applications: [running], steps: [{keys: ['tab', 'enter']}]});
		await endSync(scene.ports, running);
		expect(scene.toasts).toEqual(['checkout: no sync is running']);
	});
});
