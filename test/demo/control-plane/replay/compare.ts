import {isEqual, isMap} from '../../../../source/engine/fields/equal.ts';
import {canonicalJson} from '../../../../source/model/json.ts';
import type {KubernetesObject, ManagedFieldsEntry} from '../../../../source/model/object.ts';
import type {Exchange} from '../recordings.ts';
import {withOthers} from './others.ts';
import type {Answer} from './simulate.ts';
import {withoutNullTimes} from './state.ts';

/** Where a computed answer differs from the recorded one: `path: computed, recorded`. */
export function differences(computed: Answer, {response}: Exchange): string[] {
	if (computed.code !== response.code) return [`code: ${computed.code}, ${response.code}`];
	const {body} = response;
	if (!isMap(body)) return isEqual(computed.body, body) ? [] : [`body: ${short(computed.body)}, ${short(body)}`];
	if (body.kind === 'Status') {
		const {kind: _kind, apiVersion: _version, metadata: _metadata, status: _status, ...failure} = body;
		return compare(computed.body, failure, '');
	}
	return compareObjects(computed.body as KubernetesObject, body as unknown as KubernetesObject);
}

export function compareObjects(computed: KubernetesObject, recorded: KubernetesObject): string[] {
	const clean = withoutNullTimes(recorded) as KubernetesObject;
	return compare(timeless(withOthers(computed, clean)), timeless(clean), '');
}

/** Whether an entry has a time counts, which one does not; and their order follows from the times. */
function timeless(object: KubernetesObject): unknown {
	const entries = (object.metadata.managedFields ?? [])
		.map(entry => (entry.time === undefined ? entry : {...entry, time: 'some'}))
		.sort((left, right) => (identity(left) < identity(right) ? -1 : 1));
	return {...object, metadata: {...object.metadata, managedFields: entries}};
}

function identity({manager, operation, apiVersion, subresource}: ManagedFieldsEntry): string {
	return canonicalJson([operation, manager, apiVersion, subresource ?? '']);
}

function compare(computed: unknown, recorded: unknown, path: string): string[] {
	if (isEqual(computed, recorded)) return [];
	if (!isMap(computed) || !isMap(recorded)) {
		if (!Array.isArray(computed) || !Array.isArray(recorded) || computed.length !== recorded.length) {
			return [`${path}: ${short(computed)}, ${short(recorded)}`];
		}
		return computed.flatMap((item, index) => compare(item, recorded[index], `${path}[${index}]`));
	}
	const names = new Set([...Object.keys(computed), ...Object.keys(recorded)]);
	return [...names].flatMap(name => compare(computed[name], recorded[name], `${path}.${name}`));
}

function short(value: unknown): string {
	return value === undefined ? 'nothing' : canonicalJson(value).slice(0, 300);
}
