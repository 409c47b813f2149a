import type {DesiredObject} from '../../../source/engine/desired/types.ts';
import {defaultOptions, type ObjectOptions} from '../../../source/engine/desired/types.ts';
import type {LiveHint, ObjectKnowledge, PlanInput, SyncPlan} from '../../../source/engine/plan/make-plan.ts';
import {makePlan} from '../../../source/engine/plan/make-plan.ts';
import {defaultSyncPolicy} from '../../../source/model/application.ts';
import {keyOf, type ObjectKey, type ObjectRef} from '../../../source/model/object.ts';
import type {InventoryEntry} from '../../../source/model/plan.ts';
import {setId, sha256} from '../desired/build.ts';

/** `apps/v1/Deployment/prod/web`, `v1/Namespace//prod`. */
export function ref(text: string): ObjectRef {
	const parts = text.split('/');
	const [name = '', namespace = '', kind = '', version = '', group = ''] = parts.reverse();
	return {group, version, kind, namespace, name};
}

export function desired(text: string, options: Partial<ObjectOptions> = {}): DesiredObject {
	const objectRef = ref(text);
	return {
		ref: objectRef,
		key: keyOf(objectRef),
		text: '{}',
		desiredHash: text,
		origin: {file: 'a.yaml'},
		options: {...defaultOptions, ...options},
	};
}

export function entry(text: string, uid = `uid-${text}`): InventoryEntry {
	return {ref: ref(text), uid};
}

/** A live object as we left it. */
export function live(uid: string, changes: Partial<LiveHint> = {}): LiveHint {
	return {uid, labels: {'applyset.kubernetes.io/part-of': setId}, ...changes};
}

export interface Situation extends Partial<Omit<PlanInput, 'state' | 'liveOf'>> {
	/** By key; what is not here is missing. */
	readonly states?: Readonly<Record<ObjectKey, ObjectKnowledge>>;
	/** By key; what is not here is as we left it. */
	readonly lives?: Readonly<Record<ObjectKey, LiveHint | null | 'unknown'>>;
}

/** A plan for a situation in which everything in the inventory is alive and as we left it, and pruning is on. */
export function plan({states = {}, lives = {}, inventory = [], ...changes}: Situation): SyncPlan {
	const uids = new Map(inventory.map(({ref: objectRef, uid}) => [keyOf(objectRef), uid]));
	return makePlan({
		application: 'shop',
		revision: 'abc',
		desired: [],
		hooks: [],
		blocked: [],
		state: key => states[key] ?? {type: 'missing'},
		liveOf: key => (Object.hasOwn(lives, key) ? (lives[key] ?? null) : live(uids.get(key) ?? 'none')),
		inventory,
		applySetId: setId,
		inventoryNamespace: 'prod',
		isPruneAllowed: true,
		policy: defaultSyncPolicy,
		isRenderComplete: true,
		haveHooksChanged: false,
		waitsForHealth: false,
		hash: sha256,
		...changes,
	});
}

/** Steps as text: `title: action Kind/name, …`. */
export function print({steps}: SyncPlan): string[] {
	return steps.map(
		({title, items}) => `${title}: ${items.map(item => `${item.action} ${item.ref.kind}/${item.ref.name}`).join(', ')}`,
	);
}

export function deletedNames({steps}: SyncPlan): string[] {
	return steps.flatMap(({items}) => items.filter(item => item.action === 'delete').map(item => item.ref.name));
}

/** `name: code` of what stays. */
export function keptCodes({kept}: SyncPlan): string[] {
	return kept.map(({ref: keptRef, problem}) => `${keptRef.name}: ${problem.code}`);
}
