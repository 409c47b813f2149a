import {createHash} from 'node:crypto';
import {isEqual} from '../../../source/engine/fields/equal.ts';
import {
	apiVersionOf,
	type KubernetesObject,
	type OwnerReference,
	parseApiVersion,
} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';

/** Parts of objects that controllers read; everything may be missing. */
export type Tree = Readonly<Record<string, unknown>>;

export const controllerManager = 'kube-controller-manager';
export const kubelet = 'kubelet';

/** `Kind.group`, as {@link ControllerClient} names kinds. */
export function kindOf({apiVersion, kind}: KubernetesObject): string {
	const {group} = parseApiVersion(apiVersion);
	return group ? `${kind}.${group}` : kind;
}

export function treeAt(value: unknown, ...path: readonly string[]): Tree {
	const found = valueAt(value, ...path);
	return typeof found === 'object' && found !== null ? (found as Tree) : {};
}

export function valueAt(value: unknown, ...path: readonly string[]): unknown {
	return path.reduce<unknown>(
		(current, name) => (typeof current === 'object' && current !== null ? (current as Tree)[name] : undefined),
		value,
	);
}

export function numberAt(value: unknown, fallback: number, ...path: readonly string[]): number {
	const found = valueAt(value, ...path);
	return typeof found === 'number' ? found : fallback;
}

/** RFC 3339 in whole seconds, as the server writes times. */
export function timestamp(milliseconds: number): string {
	return new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');
}

export function ownedBy(owner: KubernetesObject): OwnerReference & {blockOwnerDeletion: boolean} {
	const {apiVersion, kind, metadata} = owner;
	return {apiVersion, kind, name: metadata.name, uid: metadata.uid ?? '', controller: true, blockOwnerDeletion: true};
}

/** Objects of a kind that this one controls, those on their way out included. */
export function controlledBy(client: ControllerClient, owner: KubernetesObject, kind: string): KubernetesObject[] {
	return client
		.list(kind, owner.metadata.namespace)
		.filter(({metadata}) =>
			metadata.ownerReferences?.some(({uid, controller}) => controller && uid === owner.metadata.uid),
		);
}

export const isGoing = ({metadata}: KubernetesObject): boolean => metadata.deletionTimestamp !== undefined;

/** matchLabels and matchExpressions; an empty selector matches nothing here. */
export function selects(selector: Tree, labels: Readonly<Record<string, string>> = {}): boolean {
	const wanted = Object.entries(treeAt(selector, 'matchLabels') as Record<string, string>);
	const expressions = (valueAt(selector, 'matchExpressions') ?? []) as LabelExpression[];
	if (wanted.length + expressions.length === 0) return false;
	return (
		wanted.every(([name, value]) => labels[name] === value) &&
		expressions.every(expression => satisfies(expression, labels))
	);
}

interface LabelExpression {
	readonly key: string;
	readonly operator: 'In' | 'NotIn' | 'Exists' | 'DoesNotExist';
	readonly values?: readonly string[];
}

function satisfies({key, operator, values = []}: LabelExpression, labels: Readonly<Record<string, string>>): boolean {
	const value = labels[key];
	switch (operator) {
		case 'In':
			return value !== undefined && values.includes(value);
		case 'NotIn':
			return value === undefined || !values.includes(value);
		case 'Exists':
			return value !== undefined;
		default:
			return value === undefined;
	}
}

/** Ten characters that name a pod template. */
export function templateHash(template: unknown): string {
	return createHash('sha256').update(JSON.stringify(template)).digest('hex').slice(0, 10);
}

/** Writes a status when it says anything new; a cluster at rest is silent. */
export function setStatus(
	client: ControllerClient,
	object: KubernetesObject,
	status: Tree,
	manager = controllerManager,
): void {
	if (isEqual(object.status ?? {}, status)) return;
	client.update({...object, status}, {manager, subresource: 'status'});
}

export interface Condition {
	readonly type: string;
	readonly status: 'True' | 'False' | 'Unknown';
	readonly reason?: string;
	readonly message?: string;
}

/** A condition list in which unchanged ones keep their times. */
export function conditionsOf(object: KubernetesObject, wanted: readonly Condition[], now: number): Tree[] {
	const known = (valueAt(object, 'status', 'conditions') ?? []) as Tree[];
	return wanted.map(condition => {
		const before = known.find(({type}) => type === condition.type);
		const isSame =
			before?.status === condition.status && before.reason === condition.reason && before.message === condition.message;
		if (isSame) return before;
		const isSameStatus = before?.status === condition.status;
		return {
			...condition,
			...(before && 'lastUpdateTime' in before ? {lastUpdateTime: timestamp(now)} : {}),
			lastTransitionTime: isSameStatus ? before?.lastTransitionTime : timestamp(now),
		};
	});
}

/** A count, or a percentage of a total, rounded as Kubernetes does for this field. */
export function countOf(value: unknown, total: number, round: (share: number) => number): number {
	if (typeof value === 'number') return value;
	const percent = /^(\d+)%$/.exec(String(value))?.[1];
	return percent === undefined ? 0 : round((Number(percent) / 100) * total);
}

export function bare(group: string, version: string, kind: string, namespace: string, name: string): KubernetesObject {
	return {apiVersion: apiVersionOf({group, version}), kind, metadata: {name, ...(namespace ? {namespace} : {})}};
}
