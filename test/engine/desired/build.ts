import {createHash} from 'node:crypto';
import type {DesiredInput, DesiredObject, DesiredResult, Scope} from '../../../source/engine/desired/normalise.ts';
import {makeDesired} from '../../../source/engine/desired/normalise.ts';
import type {KubernetesObject, Manifest} from '../../../source/model/object.ts';

export const setId = 'applyset-test-v1';

export function sha256(text: string): string {
	return createHash('sha256').update(text).digest('hex');
}

const clusterKinds = new Set(['Namespace', 'CustomResourceDefinition', 'ClusterRole', 'PriorityClass', 'APIService']);

export function knownScope(group: string, kind: string): Scope {
	if (group.endsWith('example.com') || group === 'argoproj.io') return 'unknown';
	return clusterKinds.has(kind) || kind.endsWith('WebhookConfiguration') ? 'cluster' : 'namespaced';
}

/** Manifests as a renderer would give them; `object` may be anything a repository holds. */
export function manifestsOf(...objects: unknown[]): Manifest[] {
	return objects.map((object, index) => ({
		object: object as KubernetesObject,
		origin: {file: 'k8s/all.yaml', line: index * 10 + 1},
	}));
}

export function desire(objects: unknown[], changes: Partial<DesiredInput> = {}): DesiredResult {
	return makeDesired({
		application: 'shop',
		manifests: manifestsOf(...objects),
		defaultNamespace: 'prod',
		scopeOf: knownScope,
		applySetId: setId,
		hash: sha256,
		...changes,
	});
}

/** The one object that the manifests give, which must be all they give. */
export function desireOne(object: unknown, changes: Partial<DesiredInput> = {}): DesiredObject {
	const result = desire([object], changes);
	const [only] = [...result.objects, ...result.hooks];
	if (!only || result.blocked.length > 0 || result.problems.length > 0) {
		throw new Error(`expected one object: ${JSON.stringify(result)}`);
	}
	return only;
}

export function bodyOf(object: DesiredObject): KubernetesObject {
	return JSON.parse(object.text) as KubernetesObject;
}

export function configMap(name: unknown, changes: Record<string, unknown> = {}): Record<string, unknown> {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name}, data: {a: '1'}, ...changes};
}

export function deployment(
	podSpec: Record<string, unknown>,
	changes: Record<string, unknown> = {},
): Record<string, unknown> {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web'},
		spec: {
			selector: {matchLabels: {app: 'web'}},
			template: {metadata: {labels: {app: 'web'}}, spec: podSpec},
			...changes,
		},
	};
}
