import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {groupKindOf} from '../../model/object.ts';
import {boundedText} from '../../model/text.ts';
import {containerLists, podTemplatePath} from './pod-templates.ts';
import {isMap, valueAt} from './tree.ts';

/**
 * A list whose items are told apart by key fields; an empty key list means a set of scalars. From the OpenAPI of 1.36.
 */
interface KeyedList {
	readonly path: readonly string[];
	readonly keys: readonly string[];
}

const byName = ['name'];

const everyObject: readonly KeyedList[] = [
	{path: ['metadata', 'finalizers'], keys: []},
	{path: ['metadata', 'ownerReferences'], keys: ['uid']},
];

const ofKind: ReadonlyMap<string, readonly KeyedList[]> = new Map([
	['Service', [{path: ['spec', 'ports'], keys: ['port', 'protocol']}]],
	['ServiceAccount', [{path: ['secrets'], keys: byName}]],
	['MutatingWebhookConfiguration.admissionregistration.k8s.io', [{path: ['webhooks'], keys: byName}]],
	['ValidatingWebhookConfiguration.admissionregistration.k8s.io', [{path: ['webhooks'], keys: byName}]],
	['ValidatingAdmissionPolicy.admissionregistration.k8s.io', [{path: ['spec', 'variables'], keys: byName}]],
]);

const ofPodSpec: readonly KeyedList[] = [
	...containerLists.map(list => ({path: [list], keys: byName})),
	{path: ['volumes'], keys: byName},
	{path: ['imagePullSecrets'], keys: byName},
	{path: ['hostAliases'], keys: ['ip']},
	{path: ['resourceClaims'], keys: byName},
	{path: ['schedulingGates'], keys: byName},
	{path: ['topologySpreadConstraints'], keys: ['topologyKey', 'whenUnsatisfiable']},
];

const ofContainer: readonly KeyedList[] = [
	{path: ['env'], keys: byName},
	{path: ['ports'], keys: ['containerPort', 'protocol']},
	{path: ['volumeMounts'], keys: ['mountPath']},
	{path: ['volumeDevices'], keys: ['devicePath']},
	{path: ['resources', 'claims'], keys: byName},
];

/**
 * Finds an item that stands twice in a keyed list. The API server answers that with an opaque 500 whatever else is
 * right (cluster.md, cases 10 and 11). Ports must have their protocol already. Returns a sentence for the first one
 * found.
 */
export function findDuplicateItem(object: KubernetesObject, ref: ObjectRef): string | null {
	const own = firstDuplicate(object, [...everyObject, ...(ofKind.get(groupKindOf(ref)) ?? [])], '');
	if (own) return own;
	const template = podTemplatePath(ref);
	if (!template) return null;
	const podSpecPath = [...template, 'spec'];
	const podSpec = valueAt(object, podSpecPath);
	const place = `${podSpecPath.join('.')}.`;
	const inPod = firstDuplicate(podSpec, ofPodSpec, place);
	if (inPod) return inPod;
	for (const list of containerLists) {
		const containers = valueAt(podSpec, [list]);
		if (!Array.isArray(containers)) continue;
		for (const container of containers) {
			if (!isMap(container)) continue;
			const inContainer = firstDuplicate(container, ofContainer, `${place}${list}[${printKey(container, byName)}].`);
			if (inContainer) return inContainer;
		}
	}
	return null;
}

function firstDuplicate(root: unknown, lists: readonly KeyedList[], place: string): string | null {
	for (const {path, keys} of lists) {
		const items = valueAt(root, path);
		if (!Array.isArray(items) || items.length < 2) continue;
		const seen = new Set<string>();
		for (const item of items) {
			const key = printKey(item, keys);
			if (key === null) continue;
			if (seen.has(key)) return `${place}${path.join('.')} lists ${boundedText(key, 160)} more than once`;
			seen.add(key);
		}
	}
	return null;
}

/** `name="web"` or `port=80,protocol="TCP"`; null when the item has no such key, which the server will say itself. */
function printKey(item: unknown, keys: readonly string[]): string | null {
	if (keys.length === 0) return typeof item === 'string' ? JSON.stringify(item) : null;
	if (!isMap(item)) return null;
	const parts: string[] = [];
	for (const key of keys) {
		const value = item[key];
		if (typeof value !== 'string' && typeof value !== 'number') return null;
		parts.push(`${key}=${JSON.stringify(value)}`);
	}
	return parts.join(',');
}
