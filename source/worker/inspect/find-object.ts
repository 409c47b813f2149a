import {HoldfastError} from '../../model/errors.ts';
import type {HeldObject} from '../../model/hold.ts';
import {nameOf, type ObjectRef} from '../../model/object.ts';
import type {ApplicationContext} from '../application/context.ts';
import type {ChildLists} from './child-lists.ts';
import {readTree} from './tree.ts';

/**
 * The object meant, of the application or below it. Nothing else can be looked at through an application.
 *
 * @throws HoldfastError ObjectNotFound
 */
export async function findObject(
	context: ApplicationContext,
	lists: ChildLists,
	wanted: HeldObject,
): Promise<ObjectRef> {
	for (const {ref} of context.state.objects.values()) if (matches(ref, wanted)) return ref;
	const tree = await readTree(context, lists);
	const found = tree.find(({ref}) => matches(ref, wanted));
	if (found) return found.ref;
	throw new HoldfastError({
		code: 'ObjectNotFound',
		message: `${context.application.name} has no ${nameOf(wanted)}, and nothing below it is named so`,
		hint: 'It may have been deleted meanwhile; refresh',
	});
}

function matches(ref: ObjectRef, {group, kind, namespace, name}: HeldObject): boolean {
	if (ref.kind !== kind || ref.name !== name) return false;
	return (group === undefined || group === ref.group) && (namespace === undefined || namespace === ref.namespace);
}
