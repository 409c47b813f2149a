import type {KubernetesObject} from '../../../../source/model/object.ts';

/** The two groups of events name the same fields differently. */
const names: readonly (readonly [core: string, group: string])[] = [
	['involvedObject', 'regarding'],
	['message', 'note'],
	['source', 'deprecatedSource'],
	['firstTimestamp', 'deprecatedFirstTimestamp'],
	['lastTimestamp', 'deprecatedLastTimestamp'],
	['count', 'deprecatedCount'],
	['reportingComponent', 'reportingController'],
];

function renamed(object: KubernetesObject, to: ReadonlyMap<string, string>): KubernetesObject {
	return Object.fromEntries(
		Object.entries(object).map(([field, value]) => [to.get(field) ?? field, value]),
	) as KubernetesObject;
}

const fromCore = new Map(names);
const toCore = new Map(names.map(([core, group]) => [group, core]));

export function eventFromCore(object: KubernetesObject): KubernetesObject {
	return renamed(object, fromCore);
}

export function eventToCore(object: KubernetesObject): KubernetesObject {
	return renamed(object, toCore);
}
