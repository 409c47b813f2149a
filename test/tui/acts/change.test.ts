import {describe, expect, test} from 'vitest';
import type {AdoptParameters} from '../../../source/protocol/messages/adopt.ts';
import type {PushedChange} from '../../../source/protocol/messages/change.ts';
import type {RevertParameters} from '../../../source/protocol/messages/revert.ts';
import {adopt} from '../../../source/tui/acts/change/adopt.ts';
import {revert} from '../../../source/tui/acts/change/revert.ts';
import {followLines} from '../../../source/tui/dialogs/content/follow.ts';
import {
	makeApplication,
	makeCommit,
	makeField,
	makeOperation,
	makePreview,
	revertCommit,
	revision,
} from '../../commands/fixtures.ts';
import {frameOf, textOf} from '../frame.ts';
import {createScene, production, refuse, type Scene, type SceneOptions} from './scene.ts';

const checkout = makeApplication();
const commit = makeCommit({subject: 'raise\u202e memory'});
const tracked: PushedChange = {commit: revertCommit, branch: 'main', type: 'tracked', remoteMessage: '', nextSteps: []};
const offered: PushedChange = {
	commit: revertCommit,
	branch: 'holdfast-revert-9f3c1a2',
	type: 'offered',
	remoteMessage: 'open a merge request\u0007',
	nextSteps: ['git fetch origin holdfast-revert-9f3c1a2', 'git merge FETCH_HEAD'],
	refusedBecause: 'main is protected',
};

/** A worker that pushes what it was shown the token of. */
function worker(result: PushedChange = tracked, preview = makePreview()) {
	return {
		revert: ({dryRun}: RevertParameters) => ({preview, reverted: [commit], ...(dryRun ? {} : {result})}),
		adopt: ({dryRun}: AdoptParameters) => ({
			preview,
			fields: [{path: 'spec.replicas', live: '10', desired: '3', manager: 'kubectl'}],
			...(dryRun ? {} : {result}),
		}),
		refresh: () => ({applications: []}),
	};
}

async function press(options: SceneOptions, chosen = commit): Promise<Scene> {
	const scene = createScene({client: worker(), ...options});
	await revert(scene.ports, checkout, chosen);
	scene.finish();
	return scene;
}

describe('a revert', () => {
	test('shows Git and every application that it touches, and pushes exactly that', async () => {
		const scene = await press({steps: [{keys: ['revert', 'enter']}]});
		expect(scene.shown).toMatchInlineSnapshot(`
			[
			  [
			    "Revert 9f3c1a2 "raise\\u202e memory"",
			    "Git             1 file, +1 -1",
			    "                M deploy/checkout/web.yaml",
			    "meanwhile       9f3c1a2 is not synced again",
			    "push            to main as Ana <ana@example.com>; if it is refused, to a branch",
			    "                  of its own",
			    "",
			    "cluster         checkout on eu-prod, namespace shop: 1 object change, 1 created,",
			    "                  0 deleted",
			    "change      1   Deployment/checkout (drifted)",
			    "create      1   ConfigMap/extra (new in Git)",
			    "take over   1   Deployment/checkout spec.replicas from kubectl-edit",
			    "fields          Deployment/checkout spec.replicas 10 → 3",
			    "not touched     basket",
			  ],
			]
		`);
		expect(scene.sent).toEqual([
			{
				request: 'revert',
				parameters: {
					application: 'checkout',
					commits: revision,
					reason: '',
					initiatedBy: 'ana@bastion-1',
					dryRun: false,
					token: 'token-1',
				},
			},
		]);
		expect(scene.toasts).toEqual(['reverting 9f3c1a2: pushing', 'checkout: pushed 5be1f0c to main']);
		expect(scene.ports.ledger.getState()).toMatchObject([
			{verb: 'revert', target: 'checkout 9f3c1a2', state: 'done', result: 'pushed 5be1f0c to main'},
		]);
	});

	test.each<[string, SceneOptions]>([
		['another word', {steps: [{keys: ['yes', 'enter', 'escape']}]}],
		['escape', {steps: [{keys: ['escape']}]}],
		[
			'production by the verb alone',
			{worker: production, isArmed: true, steps: [{keys: ['revert', 'enter', 'escape']}]},
		],
		['read-only', {worker: production, steps: [{keys: ['enter']}]}],
		[
			'deletions by the verb alone',
			{client: worker(tracked, makePreview({}, 2)), steps: [{keys: ['revert', 'enter', 'escape']}]},
		],
		['the wait is left', {steps: [{wait: 'leave'}]}],
		['there is no worker', {client: null}],
		[
			'it conflicts',
			{
				client: {revert: () => refuse({code: 'RevertConflict', message: 'it conflicts', hint: 'by hand'})},
				steps: [{show: 'read'}],
			},
		],
	])('is not pushed: %s', async (_name, options) => {
		const scene = await press(options);
		expect(scene.sent.filter(({parameters}) => parameters.dryRun === false)).toEqual([]);
		expect(scene.ports.ledger.getState()).toEqual([]);
	});

	test.each<[string, SceneOptions, string]>([
		['production', {worker: production, isArmed: true}, 'eu-prod revert'],
		['deletions', {client: worker(tracked, makePreview({}, 2))}, 'delete 2'],
	])('is pushed when the word is typed: %s', async (_name, options, word) => {
		const scene = await press({...options, steps: [{keys: [word, 'enter']}]});
		expect(scene.sent).toHaveLength(1);
	});

	test('shows the diff of the files on d, and asks again', async () => {
		const scene = await press({steps: [{keys: ['d']}, {show: 'read'}, {keys: ['escape']}]});
		expect(scene.shown[1]?.slice(1)).toEqual([
			'--- a/deploy/checkout/web.yaml',
			'+++ b/deploy/checkout/web.yaml',
			'@@ -1,1 +1,1 @@',
			'-replicas: 10',
			'+replicas: 3',
		]);
	});

	test('of a merge asks for the parent first', async () => {
		const merge = makeCommit({parents: ['a'.repeat(40), 'b'.repeat(40)]});
		const scene = await press({steps: [{choose: '2'}, {keys: ['revert', 'enter']}]}, merge);
		expect(scene.shown[0]).toEqual(['Revert 9f3c1a2 "raise memory": a merge', '1  aaaaaaa', '2  bbbbbbb']);
		expect(scene.sent[0]?.parameters).toMatchObject({mainline: 2});
		const left = await press({steps: [{choose: null}]}, merge);
		expect(left.requests).toEqual([]);
	});

	test('takes a reason and a branch of its own', async () => {
		const steps = [{keys: ['o']}, {fill: {reason: 'INC-1', branch: 'fix'}}, {keys: ['revert', 'enter']}];
		const scene = await press({steps});
		expect(scene.shown.at(-1)?.join('\n')).toContain('to fix as Ana <ana@example.com>, to be merged into main');
		expect(scene.sent[0]?.parameters).toMatchObject({reason: 'INC-1', branch: 'fix'});
	});

	test.each<[string, boolean]>([
		['answered', false],
		['thrown', true],
	])('shows the new plan when the effect is another one by now, %s', async (_name, isThrown) => {
		const problem = {code: 'PlanChanged', message: 'what this would do is not what it was when you looked'};
		const second = makePreview({token: 'token-2'});
		let token = 'token-1';
		const client = {
			...worker(),
			revert(asked: RevertParameters) {
				const preview = token === 'token-1' ? makePreview() : second;
				if (asked.dryRun) return {preview, reverted: [commit]};
				if (asked.token === 'token-2') return {preview, reverted: [commit], result: tracked};
				token = 'token-2';
				return isThrown ? refuse(problem) : {preview: second, reverted: [commit], problem};
			},
		};
		const scene = await press({client, steps: [{keys: ['revert', 'enter']}, {keys: ['revert', 'enter']}]});
		expect(scene.shown[1]?.slice(1, 3)).toEqual([
			'what this would do is not what it was when you looked: this is the new one',
			'',
		]);
		expect(scene.sent.map(({parameters}) => parameters.token)).toEqual(['token-1', 'token-2']);
	});

	test('that went to a branch of its own shows and copies the next steps', async () => {
		const scene = await press({client: worker(offered), steps: [{keys: ['revert', 'enter']}, {choose: 'copy'}]});
		expect(scene.shown[1]?.[0]).toBe('checkout: the change waits on holdfast-revert-9f3c1a2');
		expect(scene.copied).toEqual(['git fetch origin holdfast-revert-9f3c1a2\ngit merge FETCH_HEAD']);
	});

	test('is followed from the push to healthy', async () => {
		const scene = await press({steps: [{keys: ['revert', 'enter']}]});
		const way = () => textOf(followLines(scene.ports.follows.getState().get('checkout')!, frameOf(80)));
		const become = (application: Partial<typeof checkout>) =>
			scene.world.setState(world => ({...world, applications: new Map([['checkout', makeApplication(application)]])}));
		const at = {revision: revertCommit, syncStatus: 'OutOfSync'} as const;
		const running = makeOperation({phase: 'Running', revision: revertCommit, done: 1, total: 2});
		const seen = [way()];
		become(at);
		seen.push(way());
		become({...at, operation: running});
		seen.push(way());
		become({...at, syncedRevision: revertCommit, syncStatus: 'Synced', health: {status: 'Progressing'}});
		seen.push(way());
		become({...at, syncedRevision: revertCommit, syncStatus: 'Synced'});
		seen.push(way());
		expect(seen).toEqual([
			['✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ⟳ pull  · sync  · healthy'],
			['✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ✓ pulled  ⟳ sync  · healthy'],
			['✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ✓ pulled  ⟳ syncing 1/2  · healthy'],
			['✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ✓ pulled  ✓ synced  ⟳ Progressing'],
			['✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ✓ pulled  ✓ synced  ✓ healthy'],
		]);
		await expect.poll(() => scene.toasts.at(-1)).toBe('checkout: revert 9f3c1a2: is Synced to 5be1f0c and Healthy');
	});

	test.each<[string, Partial<typeof checkout>, string]>([
		['not automated', {isAutomated: false}, 'is not automated: s syncs it'],
		[
			'failed',
			{
				revision: revertCommit,
				operation: makeOperation({phase: 'Failed', revision: revertCommit, message: 'no', results: []}),
			},
			'the sync to 5be1f0c failed: no',
		],
	])('says why it does not come to healthy: %s', async (_name, application, why) => {
		const scene = await press({steps: [{keys: ['revert', 'enter']}]});
		scene.world.setState(world => ({...world, applications: new Map([['checkout', makeApplication(application)]])}));
		await expect.poll(() => scene.toasts.at(-1)).toBe(`checkout: revert 9f3c1a2: ${why}`);
		expect(textOf(followLines(scene.ports.follows.getState().get('checkout')!, frameOf(80)))[1]).toBe(why);
	});
});

describe('an adoption', () => {
	const object = {group: 'apps', kind: 'Deployment', namespace: 'shop', name: 'checkout'};
	const drift = {application: 'checkout', object, fields: [makeField()], isOpen: true};

	test('shows the live fields and the commit, and pushes exactly those fields', async () => {
		const scene = createScene({client: worker(), steps: [{keys: ['adopt', 'enter']}]});
		await adopt(scene.ports, checkout, drift);
		expect(scene.shown[0]?.[0]).toBe('Adopt Deployment/checkout of checkout into Git');
		expect(scene.shown[0]).toContain('live        1   spec.replicas 3 to 10, set by kubectl');
		expect(scene.sent).toMatchObject([
			{request: 'adopt', parameters: {object, paths: ['spec.replicas'], token: 'token-1', dryRun: false}},
		]);
		expect(scene.toasts.at(-1)).toBe('checkout: pushed 5be1f0c to main');
	});

	test.each<[string, SceneOptions]>([
		[
			'it cannot be written',
			{
				client: {adopt: () => refuse({code: 'AdoptRefused', message: 'it comes from a chart'})},
				steps: [{show: 'read'}],
			},
		],
		['another word', {steps: [{keys: ['yes', 'enter', 'escape']}]}],
		[
			'a problem with the preview',
			{
				client: {
					adopt: () => ({preview: makePreview(), fields: [], problem: {code: 'OtherDriftPutBack', message: 'no'}}),
				},
				steps: [{keys: ['enter']}],
			},
		],
	])('is not pushed: %s', async (_name, options) => {
		const scene = createScene({client: worker(), ...options});
		await adopt(scene.ports, checkout, drift);
		expect(scene.sent.filter(({parameters}) => parameters.dryRun === false)).toEqual([]);
	});
});
