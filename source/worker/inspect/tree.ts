import {keyOf, type ObjectKey} from '../../model/object.ts';
import {type Health, healthOrder, type ResourceStatus} from '../../model/status.ts';
import {boundedText} from '../../model/text.ts';
import type {TreeNode} from '../../protocol/messages/inspect.ts';
import type {ApplicationContext} from '../application/context.ts';
import {resourceStatuses} from '../application/status.ts';
import type {ChildLists, ChildObject} from './child-lists.ts';
import {detailOfChild, detailOfRoot} from './detail.ts';
import {type Offspring, readOffspring} from './offspring.ts';

/** Children shown below one object, the worst first; a Job may have made thousands of Pods. */
const maximumSiblings = 100;
const detailLimit = 120;

/**
 * The application's objects and what controllers made for them, parents before children. Kinds that this user may not
 * list are left out: an incomplete tree is better than none.
 */
export async function readTree(context: ApplicationContext, lists: ChildLists): Promise<TreeNode[]> {
	const offspring = await readOffspring(context, lists);
	return resourceStatuses(context).flatMap(resource => {
		const key = keyOf(resource);
		const tracked = context.state.objects.get(key);
		const below = tracked?.uid ? childNodes(tracked.uid, key, offspring) : [];
		const root: TreeNode = {
			ref: {
				group: resource.group,
				version: resource.version,
				kind: resource.kind,
				namespace: resource.namespace,
				name: resource.name,
			},
			key,
			parent: null,
			syncStatus: resource.syncStatus,
			health: resource.health,
			isHook: resource.isHook,
			requiresPruning: resource.requiresPruning,
			createdAt: null,
			detail: bound(detailOfResource(resource, tracked?.uid ?? '', offspring)),
			drift: tracked?.drift ?? null,
			...(resource.problem ? {problem: resource.problem} : {}),
		};
		return [root, ...below];
	});
}

function childNodes(uid: string, parent: ObjectKey, offspring: Offspring, path: readonly string[] = []): TreeNode[] {
	if (path.includes(uid)) return [];
	const children = (offspring.get(uid) ?? []).filter(child => !isRetired(child)).sort(worstFirst);
	return children.slice(0, maximumSiblings).flatMap(child => [
		{
			ref: child.ref,
			key: child.key,
			parent,
			syncStatus: null,
			health: child.health,
			isHook: false,
			requiresPruning: false,
			createdAt: child.createdAt,
			detail: bound(detailOfChild(child, offspring)),
			drift: null,
		},
		...childNodes(child.uid, child.key, offspring, [...path, uid]),
	]);
}

/** An old ReplicaSet without pods is a line of history, not of what runs. */
function isRetired({summary}: ChildObject): boolean {
	return summary.type === 'replicas' && summary.isRetired;
}

function worstFirst(one: ChildObject, other: ChildObject): number {
	const rank = ({health}: {health: Health}) => -healthOrder.indexOf(health.status);
	return rank(one) - rank(other) || (other.createdAt ?? 0) - (one.createdAt ?? 0) || (one.key < other.key ? -1 : 1);
}

function detailOfResource(resource: ResourceStatus, uid: string, offspring: Offspring): string {
	if (resource.problem) return resource.problem.message;
	const counted = uid === '' ? '' : detailOfRoot(resource.kind, uid, offspring);
	const hidden = (offspring.get(uid)?.length ?? 0) - maximumSiblings;
	const words = counted || (resource.health.message ?? '');
	return hidden > 0 ? `${words}${words ? ', ' : ''}${hidden} more not shown` : words;
}

function bound(text: string): string {
	return boundedText(text, detailLimit);
}
