import type {ApplicationContext} from '../application/context.ts';
import {childKindsOf} from './child-kinds.ts';
import type {ChildLists, ChildObject} from './child-lists.ts';

/** What hangs below each object: by uid of the owner. */
export type Offspring = ReadonlyMap<string, readonly ChildObject[]>;

/** Everything that hangs, near or far, below the application's objects. */
export async function readOffspring(context: ApplicationContext, lists: ChildLists): Promise<Offspring> {
	const namespaces = new Map<string, {group: string; kind: string}[]>();
	for (const {ref, uid} of context.state.objects.values()) {
		if (uid === '' || ref.namespace === '') continue;
		const kinds = namespaces.get(ref.namespace) ?? [];
		kinds.push(ref);
		namespaces.set(ref.namespace, kinds);
	}
	const found = await Promise.all(
		[...namespaces].flatMap(([namespace, owners]) =>
			childKindsOf(owners).map(({group, kind}) =>
				lists.list(group, kind, namespace).catch((error: unknown) => {
					context.log.debug({error: String(error), kind, namespace}, 'children could not be listed');
					return [];
				}),
			),
		),
	);
	const offspring = new Map<string, ChildObject[]>();
	for (const child of found.flat()) {
		for (const uid of child.ownerUids) {
			const siblings = offspring.get(uid);
			if (siblings) siblings.push(child);
			else offspring.set(uid, [child]);
		}
	}
	return offspring;
}

/** All children of an object at any depth, each once. */
export function descendants(uid: string, offspring: Offspring, seen = new Set<string>()): ChildObject[] {
	return (offspring.get(uid) ?? []).flatMap(child => {
		// Owner references are anybody's to write: they may go in a circle.
		if (seen.has(child.uid)) return [];
		seen.add(child.uid);
		return [child, ...descendants(child.uid, offspring, seen)];
	});
}
