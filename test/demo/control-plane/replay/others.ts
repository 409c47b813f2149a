import {isMap} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';

/**
 * What is in an answer that merge and schema do not write: the storage's, admission's, allocators' and controllers' share.
 * These are taken over from the recording before it is compared.
 */
const fieldsOfOthers: readonly string[][] = [
	['metadata', 'uid'],
	['metadata', 'resourceVersion'],
	['metadata', 'creationTimestamp'],
	['metadata', 'generation'],
	['metadata', 'deletionTimestamp'],
	['metadata', 'deletionGracePeriodSeconds'],
];

/** By kind. */
const fieldsOfOthersByKind: Readonly<Record<string, readonly string[][]>> = {
	Deployment: [['status'], ['metadata', 'annotations', 'deployment.kubernetes.io/revision']],
	StatefulSet: [['status']],
	CustomResourceDefinition: [['status']],
	Namespace: [['status'], ['spec', 'finalizers']],
	Service: [
		['spec', 'clusterIP'],
		['spec', 'clusterIPs'],
		['spec', 'ipFamilies'],
		['spec', 'ipFamilyPolicy'],
	],
	Job: [
		['status'],
		['metadata', 'labels'],
		['spec', 'selector'],
		['spec', 'manualSelector'],
		['spec', 'template', 'metadata', 'labels'],
	],
	Pod: [
		['status'],
		['metadata', 'annotations', 'kubernetes.io/limit-ranger'],
		['spec', 'containers'],
		['spec', 'volumes'],
		['spec', 'serviceAccountName'],
		['spec', 'serviceAccount'],
		['spec', 'tolerations'],
		['spec', 'priority'],
		['spec', 'preemptionPolicy'],
		['spec', 'nodeName'],
	],
};

const otherManagers = new Set(['kube-controller-manager', 'fakelet']);

/** The computed object with the others' share of the recorded one. */
export function withOthers(computed: KubernetesObject, recorded: KubernetesObject): KubernetesObject {
	const fields = [...fieldsOfOthers, ...(fieldsOfOthersByKind[recorded.kind] ?? [])];
	const result = fields.reduce<unknown>(
		(object, path) => copyField(object, recorded, path),
		computed,
	) as KubernetesObject;
	// A generated name ends in random letters.
	const name = computed.metadata.name ?? recorded.metadata.name;
	const entries = [
		...(result.metadata.managedFields ?? []).filter(({manager}) => !otherManagers.has(manager ?? '')),
		...(recorded.metadata.managedFields ?? []).filter(({manager}) => otherManagers.has(manager ?? '')),
	];
	const {managedFields: _replaced, ...metadata} = result.metadata;
	return {...result, metadata: {...metadata, name, ...(entries.length > 0 ? {managedFields: entries} : {})}};
}

function copyField(target: unknown, source: unknown, [name, ...rest]: readonly string[]): unknown {
	if (name === undefined || !isMap(source)) return target;
	const map = isMap(target) ? target : {};
	if (!Object.hasOwn(source, name)) {
		if (rest.length > 0) return target;
		const {[name]: _absent, ...others} = map;
		return others;
	}
	const value = rest.length > 0 ? copyField(map[name], source[name], rest) : source[name];
	return value === undefined ? target : {...map, [name]: value};
}
