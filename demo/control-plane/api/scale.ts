import {isEqual} from '../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {trackScale} from '../merge/track-scale.ts';
import type {Context} from './context.ts';
import {schemaOfResource} from './decode.ts';
import {conflict, invalid, stale} from './failures.ts';
import {getObject} from './list.ts';
import type {WriteOptions} from './options.ts';
import {replaceObject} from './update.ts';

interface ScalePaths {
	readonly specReplicasPath: string;
	readonly statusReplicasPath: string;
	readonly labelSelectorPath?: string;
}

const builtInPaths: ScalePaths = {specReplicasPath: '.spec.replicas', statusReplicasPath: '.status.replicas'};

const pathsOf = (resource: Resource): ScalePaths => resource.custom?.scale ?? builtInPaths;

/** `autoscaling/v1` Scale of an object. Throws 404. */
export function getScale(context: Context, resource: Resource, namespace: string, name: string): KubernetesObject {
	return scaleOf(resource, getObject(context, resource, namespace, name));
}

export function scaleOf(resource: Resource, object: KubernetesObject): KubernetesObject {
	const {specReplicasPath, statusReplicasPath} = pathsOf(resource);
	const {name, namespace, uid, resourceVersion, creationTimestamp} = object.metadata;
	const replicas = readPath(object, specReplicasPath) ?? 0;
	const selector = selectorText(resource, object);
	return {
		kind: 'Scale',
		apiVersion: 'autoscaling/v1',
		metadata: {
			name,
			...(namespace ? {namespace} : {}),
			...(uid ? {uid} : {}),
			...(resourceVersion ? {resourceVersion} : {}),
			...(creationTimestamp ? {creationTimestamp} : {}),
		},
		spec: replicas === 0 ? {} : {replicas},
		status: {replicas: readPath(object, statusReplicasPath) ?? 0, ...(selector ? {selector} : {})},
	};
}

/** Changes the number of replicas; `change` makes the new Scale from the present one. Throws 404, 409 or 422. */
export function writeScale(
	context: Context,
	resource: Resource,
	namespace: string,
	name: string,
	change: (scale: KubernetesObject) => KubernetesObject,
	options: WriteOptions,
): KubernetesObject {
	const {specReplicasPath} = pathsOf(resource);
	const object = replaceObject(
		context,
		resource,
		namespace,
		name,
		live => {
			const before = scaleOf(resource, live);
			const scale = change(before);
			checkScale(resource, name, scale, live);
			if (isEqual(scale.spec, before.spec)) return live;
			const replicas = (scale.spec as {replicas?: number} | undefined)?.replicas ?? 0;
			return trackScale({
				schema: schemaOfResource(resource),
				before: live,
				after: writePath(live, specReplicasPath, replicas),
				manager: options.manager,
				operation: 'Update',
				replicasPath: specReplicasPath,
			});
		},
		{isDryRun: options.isDryRun, subresource: 'scale'},
	);
	return scaleOf(resource, object);
}

function checkScale(resource: Resource, name: string, scale: KubernetesObject, live: KubernetesObject): void {
	const {resourceVersion, uid} = scale.metadata ?? {};
	if (resourceVersion && resourceVersion !== live.metadata.resourceVersion) throw stale(resource, name);
	if (uid && uid !== live.metadata.uid) {
		throw conflict(
			resource,
			name,
			`Precondition failed: UID in precondition: ${uid}, UID in object meta: ${live.metadata.uid}`,
		);
	}
	const replicas = (scale.spec as {replicas?: unknown} | undefined)?.replicas ?? 0;
	if (typeof replicas === 'number' && replicas >= 0) return;
	const message = `Invalid value: ${JSON.stringify(replicas)}: must be greater than or equal to 0`;
	throw invalid({group: 'autoscaling', kind: 'Scale'}, name, [
		{reason: 'FieldValueInvalid', message, field: 'spec.replicas'},
	]);
}

function readPath(object: KubernetesObject, path: string): unknown {
	let value: unknown = object;
	for (const step of stepsOf(path)) value = (value as Record<string, unknown> | undefined)?.[step];
	return value;
}

function writePath(object: KubernetesObject, path: string, value: unknown): KubernetesObject {
	const write = (target: unknown, [step = '', ...rest]: readonly string[]): Record<string, unknown> => {
		const map = (target ?? {}) as Record<string, unknown>;
		return {...map, [step]: rest.length === 0 ? value : write(map[step], rest)};
	};
	return write(object, stepsOf(path)) as unknown as KubernetesObject;
}

const stepsOf = (path: string): string[] => path.split('.').filter(step => step !== '');

interface Selector {
	readonly matchLabels?: Readonly<Record<string, string>>;
	readonly matchExpressions?: readonly {
		readonly key: string;
		readonly operator: string;
		readonly values?: readonly string[];
	}[];
}

/** The selector as one writes it on a command line. */
function selectorText(resource: Resource, object: KubernetesObject): string {
	if (resource.custom) {
		const {labelSelectorPath} = pathsOf(resource);
		return labelSelectorPath ? String(readPath(object, labelSelectorPath) ?? '') : '';
	}
	return printSelector((object.spec as {selector?: Selector} | undefined)?.selector);
}

export function printSelector(selector: Selector | undefined): string {
	const labels = Object.entries(selector?.matchLabels ?? {}).map(([key, value]) => `${key}=${value}`);
	const expressions = (selector?.matchExpressions ?? []).map(({key, operator, values = []}) => {
		switch (operator) {
			case 'Exists':
				return key;
			case 'DoesNotExist':
				return `!${key}`;
			default:
				return `${key} ${operator.toLowerCase()} (${[...values].sort().join(',')})`;
		}
	});
	return [...labels.sort(), ...expressions].join(',');
}
