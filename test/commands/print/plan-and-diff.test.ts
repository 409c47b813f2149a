import {describe, expect, test} from 'vitest';
import {diffJson, diffSummary, diffText} from '../../../source/commands/print/diff-text.ts';
import {nothingToDo, planText} from '../../../source/commands/print/plan-text.ts';
import {executedText} from '../../../source/commands/print/sync-text.ts';
import {createSurface} from '../../../source/commands/terminal/surface.ts';
import {isEmptyPlan} from '../../../source/model/plan-text.ts';
import type {DiffAnswer} from '../../../source/protocol/messages/diff.ts';
import {makeApplication, makeEmptyPlan, makeOperation, makePlan, now, revision} from '../fixtures.ts';

const surface = createSurface({LANG: 'C.UTF-8'}, {});
const application = makeApplication();

describe('a plan', () => {
	test('names where, what, from whom, and what cannot be done', () => {
		const ref = {group: 'argoproj.io', version: 'v1', kind: 'Rollout', namespace: 'shop', name: 'web'};
		const claim = {group: '', version: 'v1', kind: 'PersistentVolumeClaim', namespace: 'data', name: 'orders'};
		const plan = makePlan(
			{
				blocked: [
					{ref, problem: {code: 'KindNotServed', message: 'Rollout is not served here', hint: 'Install its CRD'}},
				],
				kept: [{ref: claim, problem: {code: 'Kept', message: 'Prune=false'}}],
				counts: {create: 1, change: 1, delete: 2, hooks: 0, unchanged: 9, blocked: 1},
			},
			2,
		);
		expect(planText(plan, application, {surface, now, where: ' --context=eu'}).join('\n')).toMatchInlineSnapshot(`
			"checkout to 9f3c1a2 on eu-prod, namespace shop
			  create     1
			    ConfigMap/extra  (new in Git)
			  change     1
			    Deployment/checkout  (drifted)
			  delete     2
			    ConfigMap/old-1  (not in Git any more)
			    ConfigMap/old-2  (not in Git any more)
			  take over  1
			    Deployment/checkout spec.replicas from kubectl-edit
			  blocked    1
			    Rollout/web: Rollout is not served here. Install its CRD
			  keep       1
			    PersistentVolumeClaim/data/orders: Prune=false
			  unchanged  9"
		`);
	});

	test('lists every deletion, but only the first of many creations', () => {
		const plan = makePlan({}, 60);
		const creations = Array.from({length: 50}, (_item, index) => ({
			...plan.steps[0]!.items[0]!,
			ref: {...plan.steps[0]!.items[0]!.ref, name: `new-${index}`},
		}));
		const step = {...plan.steps[0]!, items: [...creations, ...plan.steps[0]!.items.slice(1)]};
		const lines = planText({...plan, steps: [step]}, application, {surface, now, where: ' --context=eu'});
		expect(lines.filter(line => line.includes('ConfigMap/old-'))).toHaveLength(60);
		expect(lines.filter(line => line.includes('ConfigMap/new-'))).toHaveLength(20);
		expect(lines).toContain('    … and 30 more');
	});

	test('more deletions than the budget come with their list and the command', () => {
		const ref = {group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'old-1'};
		const waits = {code: 'DeletionNeedsConfirmation', message: 'its deletion waits'};
		const plan = makePlan({
			kept: [{ref, problem: waits}],
			deletion: {
				type: 'needs-confirmation',
				count: 2,
				reason: '2 of 3 objects would be deleted',
				token: 'k3v9',
				objects: ['ConfigMap/old-1', 'ConfigMap/old-2'],
			},
		});
		const text = planText(plan, application, {surface, now, where: ' --context=eu'}).join('\n');
		expect(text).toContain('deletions wait for a person: 2 of 3 objects would be deleted');
		expect(text).toContain('delete ConfigMap/old-1');
		expect(text).not.toContain('its deletion waits');
		expect(text).toContain('holdfast sync checkout --prune --confirm-deletions=k3v9');
	});

	test('refused deletions say why', () => {
		const plan = makePlan({deletion: {type: 'refused', reason: 'Git renders nothing at all'}});
		expect(planText(plan, application, {surface, now, where: ' --context=eu'}).join('\n')).toContain(
			'deletions are refused: Git renders nothing at all',
		);
	});

	test('one that does nothing says so, and why', () => {
		const plan = makeEmptyPlan();
		expect(isEmptyPlan(plan)).toBe(true);
		expect(isEmptyPlan(makePlan())).toBe(false);
		expect(nothingToDo(plan, application, {surface, now})).toEqual([
			'checkout: nothing to do, 11 objects already as in Git at 9f3c1a2',
		]);
		const ref = {group: '', version: 'v1', kind: 'ConfigMap', namespace: 'shop', name: 'old'};
		const kept = [{ref, problem: {code: 'PruneOff', message: 'pruning is off', hint: 'Sync with prune'}}];
		expect(nothingToDo({...plan, kept}, application, {surface, now}).slice(1)).toEqual([
			'  keep       1',
			'    ConfigMap/old: pruning is off. Sync with prune',
		]);
	});
});

describe('how a sync ended', () => {
	const done = {application, isChangedPlan: false};
	test('well', () => {
		expect(executedText({...done, operation: makeOperation()}, {surface, where: ''})).toEqual([
			'✓ checkout: synced to 9f3c1a2: 1 created, 1 changed, 0 deleted in 0.4s',
		]);
	});

	test('with failures, each named', () => {
		const operation = makeOperation({
			phase: 'Failed',
			results: [
				{object: 'Job/migrate', action: 'change', result: 'Failed', message: 'field is immutable'},
				{object: 'ConfigMap/old', action: 'delete', result: 'Skipped', message: 'something else failed'},
				{object: 'ConfigMap/extra', action: 'create', result: 'Succeeded'},
			],
		});
		expect(
			executedText({...done, operation, isChangedPlan: true}, {surface, where: ''}).join('\n'),
		).toMatchInlineSnapshot(`
			"✗ checkout: sync to 9f3c1a2 failed: 1 created, 0 changed, 0 deleted, 1 failed in 0.4s
			  ✗ change Job/migrate: field is immutable
			  ‖ delete ConfigMap/old: something else failed
			  ! Git or the cluster changed after the plan was shown; the counts are what was done"
		`);
	});

	test('before deletions that wait: the list is not repeated, unless another one was shown', () => {
		const confirmation = {token: 'k3v9', deletions: ['ConfigMap/old']};
		const waiting = {...done, operation: makeOperation({phase: 'AwaitingConfirmation', confirmation})};
		const where = " --repo='a b'";
		const shown = executedText(waiting, {surface, where}).join('\n');
		expect(shown).toContain(
			"exactly the 1 above: holdfast sync checkout --prune --confirm-deletions=k3v9 --repo='a b'",
		);
		expect(shown).not.toContain('delete ConfigMap/old');
		const other = executedText({...waiting, isChangedPlan: true}, {surface, where}).join('\n');
		expect(other).toContain('delete ConfigMap/old');
	});

	test('not at all', () => {
		const problem = {code: 'HeldByOther', message: 'another worker holds it', hint: 'Wait'};
		expect(executedText({...done, problem}, {surface, where: ''})).toEqual([
			'✗ checkout: not synced: another worker holds it. Wait',
		]);
	});
});

describe('a diff', () => {
	const answer: DiffAnswer = {
		application: 'checkout',
		revision,
		dryRuns: 1,
		problems: [],
		objects: [
			{
				object: 'Deployment/checkout',
				namespace: 'shop',
				group: 'apps',
				version: 'v1',
				action: 'change',
				fields: [{path: 'spec.replicas', live: '10', desired: '3', manager: 'kubectl'}],
				live: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 10\n  paused: false\n',
				desired: 'apiVersion: apps/v1\nkind: Deployment\nspec:\n  replicas: 3\n  paused: false\n',
			},
			{
				object: 'ConfigMap/extra',
				namespace: '',
				group: '',
				version: 'v1',
				action: 'create',
				fields: [],
				desired: 'kind: ConfigMap\ndata:\n  a: b',
			},
			{
				object: 'ConfigMap/old',
				namespace: 'shop',
				group: '',
				version: 'v1',
				action: 'delete',
				fields: [],
				live: 'kind: ConfigMap\n',
			},
		],
	};

	test('is unified, object by object, with who set each live value', () => {
		expect(diffText(answer, surface).join('\n')).toMatchInlineSnapshot(`
			"# change Deployment/checkout (apps/v1) in shop
			#   spec.replicas: 10 → 3   # set by kubectl
			--- live Deployment/checkout (apps/v1) in shop
			+++ Git 9f3c1a2 Deployment/checkout (apps/v1) in shop
			@@ -1,5 +1,5 @@
			 apiVersion: apps/v1
			 kind: Deployment
			 spec:
			-  replicas: 10
			+  replicas: 3
			   paused: false

			# create ConfigMap/extra (v1)
			--- /dev/null
			+++ Git 9f3c1a2 ConfigMap/extra (v1)
			@@ -0,0 +1,3 @@
			+kind: ConfigMap
			+data:
			+  a: b

			# delete ConfigMap/old (v1) in shop
			--- live ConfigMap/old (v1) in shop
			+++ /dev/null
			@@ -1,1 +0,0 @@
			-kind: ConfigMap
			"
		`);
		expect(diffSummary(answer)).toBe('checkout against Git 9f3c1a2: 1 to create, 1 to change, 1 to delete (1 dry run)');
	});

	test('shows only what is near a change', () => {
		const lines = Array.from({length: 40}, (_item, index) => `line${index}: a`);
		const live = lines.join('\n');
		const desired = live.replace('line20: a', 'line20: b');
		const text = diffText({...answer, objects: [{...answer.objects[0]!, live, desired}]}, surface);
		expect(text).toContain('@@ -18,7 +18,7 @@');
		expect(text.filter(line => line.startsWith(' '))).toHaveLength(6);
	});

	test('cannot rewrite the screen', () => {
		const object = {...answer.objects[1]!, desired: 'data:\n  a: "\u001b[2J\u202e"\n\tb: \r\n'};
		const text = diffText({...answer, objects: [object]}, surface).join('\n');
		expect(text).toContain('\\x1b[2J\\u202e');
		expect(text).not.toMatch(/[\u001b\u202e\r]/);
	});

	test('without differences says so, and with what reservation', () => {
		const none = {...answer, objects: [], dryRuns: 0};
		expect(diffSummary(none)).toBe('checkout against Git 9f3c1a2: no difference');
		const problems = [{code: 'KindNotServed', message: 'Rollout is not served'}];
		expect(diffSummary({...none, problems})).toContain('no difference in what could be compared');
	});

	test('as JSON has every key on every object', () => {
		const value = diffJson(answer) as {counts: object; objects: object[]};
		expect(value.counts).toEqual({create: 1, change: 1, delete: 1});
		for (const object of value.objects) {
			expect(Object.keys(object)).toEqual([
				'object',
				'group',
				'version',
				'namespace',
				'action',
				'fields',
				'live',
				'desired',
			]);
		}
		expect(value.objects[1]).toMatchObject({live: null, fields: []});
	});
});
