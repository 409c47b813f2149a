import {isEqual} from '../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {withoutManagers} from './managers.ts';

/**
 * The new object, or the old one when nothing but the times in managedFields differs: such a write is none, and leaves
 * resourceVersion and times as they are. Call it before anything is set by the storage.
 */
export function unlessOnlyTimes(before: KubernetesObject | null, after: KubernetesObject): KubernetesObject {
	if (!before) return after;
	const isSame = isEqual(timeless(before), timeless(after)) && isEqual(withoutManagers(before), withoutManagers(after));
	return isSame ? before : after;
}

function timeless(object: KubernetesObject): unknown {
	return (object.metadata.managedFields ?? []).map(({time: _ignored, ...entry}) => entry);
}
