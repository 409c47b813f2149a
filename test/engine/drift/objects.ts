import {takeFingerprint} from '../../../source/engine/drift/fingerprint.ts';
import {type InspectInput, type Inspection, inspect} from '../../../source/engine/drift/inspect.ts';
import type {FieldChange, Fingerprint} from '../../../source/model/drift.ts';
import {type FieldsV1, type KubernetesObject, type ManagedFieldsEntry, refOf} from '../../../source/model/object.ts';
import {hashText} from './hash-text.ts';

export const us = 'holdfast-1a2b3c';
export const appliedAt = Date.parse('2026-03-01T10:00:00Z');
export const seenAt = Date.parse('2026-03-01T10:05:00Z');

/** An entry of managedFields; times are `HH:MM:SS` of one day, `null` for an entry without one. */
export function entry(
	manager: string,
	fieldsV1: FieldsV1,
	options: {
		operation?: 'Apply' | 'Update';
		time?: string | null;
		subresource?: string;
		apiVersion?: string;
	} = {},
): ManagedFieldsEntry {
	const {operation = 'Update', time = '10:01:00', subresource, apiVersion = 'apps/v1'} = options;
	return {
		manager,
		operation,
		apiVersion,
		...(time === null ? {} : {time: `2026-03-01T${time}Z`}),
		fieldsType: 'FieldsV1',
		fieldsV1,
		...(subresource ? {subresource} : {}),
	};
}

export function ours(fieldsV1: FieldsV1, options: {time?: string; apiVersion?: string} = {}): ManagedFieldsEntry {
	return entry(us, fieldsV1, {operation: 'Apply', time: '10:00:00', ...options});
}

export const webElement = 'k:{"name":"web"}';

/** What an apply of {@link deployment} claims. */
export const deploymentFields: FieldsV1 = {
	'f:metadata': {'f:labels': {'f:applyset.kubernetes.io/part-of': {}, 'f:tier': {}}},
	'f:spec': {
		'f:replicas': {},
		'f:selector': {},
		'f:template': {
			'f:spec': {
				'f:containers': {
					[webElement]: {
						'.': {},
						'f:env': {'k:{"name":"A"}': {'.': {}, 'f:name': {}, 'f:value': {}}},
						'f:image': {},
						'f:name': {},
					},
				},
				'f:volumes': {'k:{"name":"cache"}': {'.': {}, 'f:emptyDir': {}, 'f:name': {}}},
			},
		},
	},
};

export interface LiveOptions {
	readonly entries?: readonly ManagedFieldsEntry[] | undefined;
	readonly generation?: number;
	readonly resourceVersion?: string;
	readonly metadata?: Partial<KubernetesObject['metadata']>;
}

export function deployment(spec: Record<string, unknown> = {}, options: LiveOptions = {}): KubernetesObject {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {
			name: 'web',
			namespace: 'shop',
			uid: 'uid-1',
			resourceVersion: options.resourceVersion ?? '100',
			generation: options.generation ?? 1,
			labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1', tier: 'front'},
			...options.metadata,
			managedFields: [...(options.entries ?? [ours(deploymentFields)])],
		},
		spec: {
			replicas: 2,
			selector: {matchLabels: {app: 'web'}},
			template: {
				spec: {
					containers: [{name: 'web', image: 'nginx:1', env: [{name: 'A', value: '1'}], imagePullPolicy: 'Always'}],
					volumes: [{name: 'cache', emptyDir: {}}],
				},
			},
			...spec,
		},
	};
}

export const configMapFields: FieldsV1 = {
	'f:data': {'f:a': {}, 'f:b': {}},
	'f:metadata': {'f:labels': {'f:applyset.kubernetes.io/part-of': {}}},
};

export function configMap(
	data: Record<string, unknown> = {a: '1', b: '2'},
	options: LiveOptions = {},
): KubernetesObject {
	return {
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {
			name: 'settings',
			namespace: 'shop',
			uid: 'uid-2',
			resourceVersion: options.resourceVersion ?? '100',
			labels: {'applyset.kubernetes.io/part-of': 'applyset-x-v1'},
			...options.metadata,
			managedFields: [...(options.entries ?? [ours(configMapFields, {apiVersion: 'v1'})])],
		},
		data,
	};
}

export function fingerprintOf(object: KubernetesObject, manager = us): Fingerprint {
	return takeFingerprint({object, manager, desiredHash: 'd', appliedAt, hash: hashText})!;
}

/** Inspects `observed` against what `before` was; `before` is the desired object too. */
export function look(
	before: KubernetesObject,
	observed: KubernetesObject | null,
	view: 'metadata' | 'object' = 'object',
	options: Partial<InspectInput> = {},
): Inspection {
	const live = observed && {...observed, metadata: {...observed.metadata}};
	if (live && live.metadata.resourceVersion === before.metadata.resourceVersion) live.metadata.resourceVersion = '101';
	return inspect({
		ref: refOf(before),
		fingerprint: fingerprintOf(before),
		observed: live && view === 'metadata' ? withoutValues(live) : live,
		view,
		desired: () => before,
		seenAt,
		notBefore: appliedAt,
		hash: hashText,
		...options,
	});
}

export function withoutValues({apiVersion, kind, metadata}: KubernetesObject): KubernetesObject {
	return {apiVersion, kind, metadata};
}

export function fieldsOf(inspection: Inspection): FieldChange[] {
	return inspection.type === 'drift' ? inspection.fields : [];
}

/** A copy of a set without some members, each given as FieldsV1 keys. */
export function without(fields: FieldsV1, ...paths: readonly (readonly string[])[]): FieldsV1 {
	const copy = structuredClone(fields);
	for (const path of paths) {
		const parents: FieldsV1[] = [copy];
		for (const key of path.slice(0, -1)) parents.push(parents.at(-1)![key]!);
		delete parents.at(-1)![path.at(-1)!];
		for (let index = path.length - 2; index >= 0; index--) {
			if (Object.keys(parents[index + 1]!).length === 0) delete parents[index]![path[index]!];
		}
	}
	return copy;
}
