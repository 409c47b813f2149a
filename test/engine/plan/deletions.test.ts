import {describe, expect, it} from 'vitest';
import type {LiveHint} from '../../../source/engine/plan/make-plan.ts';
import {defaultSyncPolicy} from '../../../source/model/application.ts';
import {setId} from '../desired/build.ts';
import {deletedNames, desired, entry, keptCodes, live, plan, print, ref, type Situation} from './build.ts';

const stays = desired('v1/ConfigMap/prod/stays');
const old = 'v1/ConfigMap/prod/old';
const oldKey = '/ConfigMap/prod/old';
const inventory = [entry('v1/ConfigMap/prod/stays'), entry(old, 'u1')];

/** One object left Git, one stays. */
function leaving(changes: Situation = {}) {
	return plan({desired: [stays], inventory, states: {[stays.key]: {type: 'synced', uid: 's'}}, ...changes});
}

describe('what left Git', () => {
	it('is deleted, bound to its uid', () => {
		const result = leaving();
		expect(print(result)).toEqual(['delete ConfigMap: delete ConfigMap/old']);
		expect(result.steps[0]?.items[0]).toMatchObject({uid: 'u1', reason: 'not in Git any more', key: oldKey});
		expect(result.deletion).toEqual({type: 'allowed', count: 1});
		expect(result.counts.delete).toBe(1);
		expect(result.kept).toEqual([]);
	});

	it('is dropped from the inventory when it is gone already', () => {
		const result = leaving({lives: {[oldKey]: null}});
		expect(result).toMatchObject({steps: [], kept: [], gone: [oldKey], deletion: {type: 'none'}});
	});

	it('is deleted by its live uid when a crash came between the intent to write and the answer', () => {
		const result = leaving({inventory: [entry(old, '')], lives: {[oldKey]: live('u9')}});
		expect(result.steps[0]?.items[0]?.uid).toBe('u9');
	});

	const reasons: [string, LiveHint | 'unknown', string][] = [
		['the cluster cannot be asked', 'unknown', 'LiveStateUnknown'],
		['its uid differs', live('u2'), 'UidDiffers'],
		['it has no uid', live(''), 'LiveStateUnknown'],
		['our label is gone', live('u1', {labels: {}}), 'LabelGone'],
		['it has no labels', {uid: 'u1'}, 'LabelGone'],
		['it belongs to another set', live('u1', {labels: {'applyset.kubernetes.io/part-of': 'x'}}), 'OwnedByApplySet'],
		['it is being deleted', live('u1', {deletionTimestamp: '2026-01-01T00:00:00Z'}), 'AlreadyDeleting'],
		[
			'a controller owns it, which copied our label (kro #1153)',
			live('u1', {ownerReferences: [{apiVersion: 'v1', kind: 'Thing', name: 't', uid: 'x', controller: true}]}),
			'OwnedByController',
		],
		['Helm took it over', live('u1', {annotations: {'meta.helm.sh/release-name': 'shop'}}), 'OwnedByHelm'],
		['Argo says so', live('u1', {annotations: {'argocd.argoproj.io/sync-options': 'Prune=false'}}), 'PruneDisabled'],
		[
			'Flux says so in a label',
			live('u1', {
				labels: {'applyset.kubernetes.io/part-of': setId, 'kustomize.toolkit.fluxcd.io/prune': 'disabled'},
			}),
			'PruneDisabled',
		],
		['Flux ignores it', live('u1', {annotations: {'kustomize.toolkit.fluxcd.io/ssa': 'Ignore'}}), 'PruneDisabled'],
		['Helm says so', live('u1', {annotations: {'helm.sh/resource-policy': 'keep'}}), 'PruneDisabled'],
		['it says so itself', live('u1', {annotations: {'holdfast.dev/prune': 'disabled'}}), 'PruneDisabled'],
	];
	it.each(reasons)('stays when %s', (_title, hint, code) => {
		const result = leaving({lives: {[oldKey]: hint}});
		expect(result.steps).toEqual([]);
		expect(keptCodes(result)).toEqual([`old: ${code}`]);
		expect(result.deletion).toEqual({type: 'none'});
		expect(result.gone).toEqual([]);
	});

	it('goes when an owner is no controller', () => {
		const ownerReferences = [{apiVersion: 'v1', kind: 'Thing', name: 't', uid: 'x'}];
		expect(deletedNames(leaving({lives: {[oldKey]: live('u1', {ownerReferences})}}))).toEqual(['old']);
	});

	it('stays where a guard forbids to write', () => {
		const guard = () => ({code: 'GuardViolation', message: 'no'});
		expect(keptCodes(leaving({guard}))).toEqual(['old: GuardViolation']);
	});

	it('stays when the same object is in Git under another API group', () => {
		const ingress = desired('networking.k8s.io/v1/Ingress/prod/web');
		const result = plan({
			desired: [ingress],
			states: {[ingress.key]: {type: 'synced', uid: 'same'}},
			inventory: [
				entry('extensions/v1beta1/Ingress/prod/web', 'same'),
				entry('networking.k8s.io/v1/Ingress/prod/web', 'same'),
			],
		});
		expect(deletedNames(result)).toEqual([]);
		expect(keptCodes(result)).toEqual(['web: SameObject']);
	});

	it('is never what is in Git but blocked, even if its namespace could not be settled', () => {
		const things = [entry('example.com/v1/Thing/prod/a'), entry('v1/ConfigMap/prod/b')];
		const blocked = [
			{ref: ref('example.com/v1/Thing//a'), problem: {code: 'KindNotServed', message: 'm'}},
			{ref: ref('v1/ConfigMap/prod/b'), problem: {code: 'WrongType', message: 'm'}},
		];
		const result = plan({desired: [stays], blocked, inventory: [...inventory, ...things]});
		expect(deletedNames(result)).toEqual(['old']);
	});

	it('is never what became a hook, nor the namespace it runs in', () => {
		const hooks = [desired('batch/v1/Job/old/migrate')];
		const jobs = [entry('batch/v1/Job/old/migrate'), entry('v1/Namespace//old')];
		const result = plan({desired: [stays], hooks, inventory: jobs});
		expect(deletedNames(result)).toEqual([]);
		expect(keptCodes(result)).toEqual(['old: StillInUse']);
	});

	it('is never what another version of the API names', () => {
		const result = plan({
			desired: [desired('autoscaling/v2/HorizontalPodAutoscaler/prod/a')],
			inventory: [entry('autoscaling/v1/HorizontalPodAutoscaler/prod/a')],
		});
		expect(deletedNames(result)).toEqual([]);
	});

	it('is never what is in Git and belongs to somebody else', () => {
		const result = leaving({
			states: {[stays.key]: {type: 'foreign', owner: 'x', uid: 's'}},
			inventory: [entry('v1/ConfigMap/prod/stays')],
		});
		expect(result.steps).toEqual([]);
	});
});

describe('switches', () => {
	it('prune off: everything stays, and says so', () => {
		const result = leaving({isPruneAllowed: false});
		expect(result.steps).toEqual([]);
		expect(keptCodes(result)).toEqual(['old: PruneOff']);
		expect(result.deletion).toEqual({type: 'none'});
	});

	it('an incomplete render deletes nothing, whatever was confirmed', () => {
		const token = tokenOf(leaving({policy: budget(0, 0)}));
		const result = leaving({isRenderComplete: false, policy: budget(0, 0), confirmation: token});
		expect(result.steps).toEqual([]);
		expect(keptCodes(result)).toEqual(['old: RenderIncomplete']);
		expect(result.deletion.type).toBe('refused');
	});

	it('an empty render is refused', () => {
		const result = plan({inventory});
		expect(result.steps).toEqual([]);
		expect(keptCodes(result)).toEqual(['stays: EmptyRender', 'old: EmptyRender']);
		expect(result.deletion).toEqual({
			type: 'refused',
			reason: 'Git renders no object at all, but 2 are in the inventory',
		});
	});

	it('is empty too when all that is left is blocked', () => {
		const blocked = [{ref: ref('v1/ConfigMap/prod/stays'), problem: {code: 'WrongType', message: 'm'}}];
		expect(plan({inventory, blocked}).deletion.type).toBe('refused');
	});

	it('an empty render that is allowed still asks', () => {
		const policy = {...defaultSyncPolicy, automated: {prune: true, selfHeal: true, allowEmpty: true}};
		const asked = plan({inventory, policy});
		expect(asked.steps).toEqual([]);
		expect(asked.deletion).toMatchObject({
			type: 'needs-confirmation',
			count: 2,
			reason: 'Git renders no object at all',
		});
		expect(deletedNames(plan({inventory, policy, confirmation: tokenOf(asked)}))).toEqual(['stays', 'old']);
	});

	it('an empty render with an empty inventory is fine', () => {
		expect(plan({}).deletion).toEqual({type: 'none'});
	});
});

function budget(count: number, percent: number) {
	return {...defaultSyncPolicy, deletionBudget: {count, percent}};
}

function tokenOf({deletion}: ReturnType<typeof plan>): string {
	if (deletion.type !== 'needs-confirmation') throw new Error(`expected a question, got ${deletion.type}`);
	return deletion.token;
}

function many(count: number, prefix = 'old') {
	return Array.from({length: count}, (_, index) => entry(`v1/ConfigMap/prod/${prefix}-${index}`));
}

describe('the budget', () => {
	it('lets ten of twelve go', () => {
		const result = plan({desired: [stays], inventory: many(10)});
		expect(deletedNames(result)).toHaveLength(10);
		expect(result.deletion).toEqual({type: 'allowed', count: 10});
	});

	it('asks for the eleventh, with the whole list, and deletes none until then', () => {
		const result = plan({desired: [stays], inventory: many(11)});
		expect(result.steps.flatMap(({items}) => items.map(item => item.action))).toEqual(['create']);
		expect(result.counts.delete).toBe(0);
		expect(result.kept).toHaveLength(11);
		expect(result.kept[0]?.problem.code).toBe('DeletionNeedsConfirmation');
		expect(result.deletion).toMatchObject({
			type: 'needs-confirmation',
			count: 11,
			reason: '11 deletions are more than the 10 of 11 allowed at once',
		});
		expect(result.deletion).toHaveProperty('objects.0', 'ConfigMap/prod/old-0');
	});

	it('grows with the inventory', () => {
		const kept = many(80, 'kept').map(({ref: keptRef}) => desired(`v1/ConfigMap/prod/${keptRef.name}`));
		const big = [...many(80, 'kept'), ...many(20)];
		expect(plan({desired: kept, inventory: big}).deletion).toEqual({type: 'allowed', count: 20});
		expect(plan({desired: kept, inventory: [...big, ...many(1, 'more')]}).deletion).toEqual({
			type: 'allowed',
			count: 21,
		});
		expect(plan({desired: kept, inventory: [...big, ...many(2, 'more')]}).deletion.type).toBe('needs-confirmation');
	});

	it('does not count what stays anyway', () => {
		const lives = Object.fromEntries(many(5).map(({ref: {name}}) => [`/ConfigMap/prod/${name}`, null]));
		expect(plan({desired: [stays], inventory: many(15), lives}).deletion).toEqual({type: 'allowed', count: 10});
	});

	it('asks for anything when it is broken', () => {
		expect(leaving({policy: budget(Number.NaN, -1)}).deletion.type).toBe('needs-confirmation');
	});

	it('yields to the word for exactly this list', () => {
		const asked = plan({desired: [stays], inventory: many(11)});
		const token = tokenOf(asked);
		expect(token).toMatch(/^[0-9a-f]{8}$/);
		const confirmed = plan({desired: [stays], inventory: many(11), confirmation: token});
		expect(deletedNames(confirmed)).toHaveLength(11);
		expect(confirmed.deletion).toEqual({type: 'allowed', count: 11});
	});

	it('does not yield when one more object, another uid or another application is meant', () => {
		const token = tokenOf(plan({desired: [stays], inventory: many(11)}));
		const others: Situation[] = [
			{inventory: many(12)},
			{inventory: [...many(10), entry('v1/ConfigMap/prod/old-10', 'another')]},
			{inventory: many(11), application: 'other'},
		];
		for (const other of others) {
			const result = plan({desired: [stays], confirmation: token, ...other});
			expect(deletedNames(result)).toEqual([]);
			expect(result.deletion).toMatchObject({type: 'needs-confirmation'});
			expect(result.deletion).toHaveProperty(
				'reason',
				expect.stringContaining('the list is not the one that was approved'),
			);
			expect(tokenOf(result)).not.toBe(token);
		}
	});

	it('gives the same token whatever order the inventory is in', () => {
		const token = tokenOf(plan({desired: [stays], inventory: many(11)}));
		expect(tokenOf(plan({desired: [stays], inventory: many(11).reverse()}))).toBe(token);
	});

	it('is not opened by an empty word', () => {
		expect(plan({desired: [stays], inventory: many(11), confirmation: ''}).deletion.type).toBe('needs-confirmation');
	});
});

describe('protected kinds', () => {
	const kinds = [
		'v1/Namespace//old',
		'apiextensions.k8s.io/v1/CustomResourceDefinition//old.example.com',
		'v1/PersistentVolumeClaim/prod/old',
		'v1/PersistentVolume//old',
		'apps/v1/StatefulSet/prod/old',
		'snapshot.storage.k8s.io/v1/VolumeSnapshot/prod/old',
	];
	it.each(kinds)('%s needs a word, and the list waits as a whole', text => {
		const situation = {desired: [stays], inventory: [entry(text), entry('v1/Secret/prod/harmless')]};
		const result = plan(situation);
		expect(deletedNames(result)).toEqual([]);
		expect(result.deletion).toMatchObject({type: 'needs-confirmation', count: 2});
		expect(result.deletion).toHaveProperty('reason', expect.stringMatching(/ is protected: /));
		expect(deletedNames(plan({...situation, confirmation: tokenOf(result)}))).toHaveLength(2);
	});

	it('include what asks for it by annotation', () => {
		const annotations = {'argocd.argoproj.io/sync-options': 'Prune=confirm'};
		const result = leaving({lives: {[oldKey]: live('u1', {annotations})}});
		expect(result.deletion).toHaveProperty('reason', 'ConfigMap/old asks for confirmation by its own annotation');
	});

	it('are named at most three times', () => {
		const claims = Array.from({length: 5}, (_, index) => entry(`v1/PersistentVolumeClaim/prod/c${index}`));
		const result = plan({desired: [stays], inventory: claims});
		expect(result.deletion).toHaveProperty('reason', expect.stringMatching(/c2 is protected.*; 2 more like these$/));
	});
});

describe('what holds others', () => {
	it('a namespace stays while something of ours in it stays in Git', () => {
		const inside = desired('v1/ConfigMap/old/inside');
		const result = plan({desired: [inside], inventory: [entry('v1/Namespace//old')]});
		expect(keptCodes(result)).toEqual(['old: StillInUse']);
	});

	it('or is blocked, or is kept for its own reasons', () => {
		const claim = entry('v1/PersistentVolumeClaim/old/data', 'u');
		const result = plan({
			desired: [stays],
			inventory: [entry('v1/Namespace//old'), claim],
			lives: {'/PersistentVolumeClaim/old/data': live('u', {annotations: {'holdfast.dev/prune': 'disabled'}})},
		});
		expect(keptCodes(result)).toEqual(['data: PruneDisabled', 'old: StillInUse']);
		const blocked = [{ref: ref('v1/ConfigMap/old/x'), problem: {code: 'WrongType', message: 'm'}}];
		expect(keptCodes(plan({desired: [stays], blocked, inventory: [entry('v1/Namespace//old')]}))).toEqual([
			'old: StillInUse',
		]);
	});

	it('the namespace of the inventory stays: the record of everything else is in it', () => {
		const inventoryNamespace = 'old';
		const result = plan({desired: [stays], inventory: [entry('v1/Namespace//old')], inventoryNamespace});
		expect(keptCodes(result)).toEqual(['old: StillInUse']);
	});

	it.each(['default', 'kube-system', 'kube-public', 'kube-node-lease'])('namespace %s is never deleted', name => {
		expect(keptCodes(plan({desired: [stays], inventory: [entry(`v1/Namespace//${name}`)]}))).toEqual([
			`${name}: SystemNamespace`,
		]);
	});

	it('a definition stays while an object of its kind stays', () => {
		const definition = entry('apiextensions.k8s.io/v1/CustomResourceDefinition//policies.example.com');
		const result = plan({desired: [desired('example.com/v1/Policy/prod/p')], inventory: [definition]});
		expect(keptCodes(result)).toEqual(['policies.example.com: StillInUse']);
		const other = plan({desired: [desired('example.com/v1/Rule/prod/p')], inventory: [definition]});
		expect(other.deletion).toMatchObject({type: 'needs-confirmation', count: 1});
	});
});

describe('the order of deletions', () => {
	it('is after everything else, in reverse, with the waves of the live objects', () => {
		const texts = [
			'rbac.authorization.k8s.io/v1/ClusterRole//role',
			'v1/ConfigMap/prod/config',
			'apps/v1/Deployment/prod/operator',
			'example.com/v1/Thing/prod/thing',
			'admissionregistration.k8s.io/v1/MutatingWebhookConfiguration//hook',
			'apps/v1/Deployment/prod/late',
		];
		const result = plan({
			desired: [stays],
			inventory: texts.map(text => entry(text, text)),
			lives: {
				'apps/Deployment/prod/late': live('apps/v1/Deployment/prod/late', {
					annotations: {'argocd.argoproj.io/sync-wave': '5'},
				}),
			},
		});
		expect(print(result)).toEqual([
			'ConfigMap: create ConfigMap/stays',
			'delete Deployment: delete Deployment/late',
			'delete MutatingWebhookConfiguration: delete MutatingWebhookConfiguration/hook',
			'delete Thing: delete Thing/thing',
			'delete Deployment: delete Deployment/operator',
			'delete ConfigMap: delete ConfigMap/config',
			'delete ClusterRole: delete ClusterRole/role',
		]);
		// The operator that answers for the thing must outlive it.
		expect(result.steps.map(({awaits}) => awaits)).toEqual([[], [], [], ['example.com/Thing/prod/thing'], [], [], []]);
	});
});
