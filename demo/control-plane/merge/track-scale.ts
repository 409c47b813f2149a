import {difference, isEmpty, nodeAtElements} from '../../../source/engine/fields/fields.ts';
import {apiVersionOf, type FieldsV1, type KubernetesObject} from '../../../source/model/object.ts';
import type {KindSchema} from '../schema/type.ts';
import {identityOf, type Manager, type Managers, managersOfObject, withManagers} from './managers.ts';

export interface TrackScale {
	readonly schema: KindSchema;
	readonly before: KubernetesObject;
	/** The object with its new number of replicas. */
	readonly after: KubernetesObject;
	readonly manager: string;
	readonly operation: 'Apply' | 'Update';
	/** Where the kind keeps its number of replicas, as in a CRD's `specReplicasPath`. */
	readonly replicasPath?: string;
}

/**
 * The object with managedFields after a write to its scale subresource: whoever owned the number of replicas loses it to an
 * entry of its own for the writer, which gets no time (kubernetes #82046). The same number changes nothing.
 */
export function trackScale(options: TrackScale): KubernetesObject {
	const {schema, before, after, operation, replicasPath = '.spec.replicas'} = options;
	const elements = replicasPath
		.split('.')
		.filter(name => name !== '')
		.map(name => `f:${name}`);
	const managers = managersOfObject(before);
	if (valueAt(before, elements) === valueAt(after, elements)) return withManagers(after, managers);
	const fields = elements.reduceRight<FieldsV1>((child, element) => ({[element]: child}), {});
	const writer: Omit<Manager, 'time' | 'fields'> = {
		manager: options.manager || 'unknown',
		operation,
		subresource: 'scale',
		apiVersion: apiVersionOf(schema),
	};
	const identity = identityOf(writer);
	const result: Managers = new Map();
	for (const [other, manager] of managers) {
		const isOwner = nodeAtElements(manager.fields, elements) !== undefined;
		const left = isOwner && other !== identity ? {...manager, fields: difference(manager.fields, fields)} : manager;
		if (!isEmpty(left.fields)) result.set(other, left);
	}
	if (!result.has(identity)) result.set(identity, {...writer, time: managers.get(identity)?.time ?? '', fields});
	return withManagers(after, result);
}

function valueAt(object: KubernetesObject, elements: readonly string[]): unknown {
	let current: unknown = object;
	for (const element of elements) {
		current =
			typeof current === 'object' && current !== null
				? (current as Record<string, unknown>)[element.slice(2)]
				: undefined;
	}
	return current;
}
