/** A cluster of the shared control plane, and a namespace of one's own in it. */
import {afterAll, beforeAll} from 'vitest';
import {type ConnectOptions, connectCluster} from '../../../source/cluster/connect.ts';
import type {HoldfastError} from '../../../source/model/errors.ts';
import type {KubernetesObject, ObjectRef} from '../../../source/model/object.ts';
import type {Cluster} from '../../../source/model/ports/cluster/cluster.ts';
import {plane} from '../shared-control-plane.ts';

export const manager = 'holdfast-test';
export const byForce = {manager, force: true};

export function connectTo(kubeconfig: string, more: Partial<ConnectOptions> = {}): Promise<Cluster> {
	return connectCluster({kubeconfig, userAgent: 'holdfast-test/1.0', ...more});
}

/** Connects before the tests of a `describe` and deletes the namespace after them. */
export function useCluster(name: string): {cluster: Cluster; namespace: string} {
	const namespace = `${name}-${process.pid}`;
	const used = {cluster: undefined as unknown as Cluster, namespace};
	beforeAll(async () => {
		used.cluster = await connectTo(plane!.kubeconfig);
		await used.cluster.apply({apiVersion: 'v1', kind: 'Namespace', metadata: {name: namespace}}, byForce);
	});
	afterAll(async () => {
		await used.cluster?.close();
		await plane?.kubectl(['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found']);
	});
	return used;
}

export function refTo(object: KubernetesObject): ObjectRef {
	const [group = '', version = ''] = object.apiVersion.includes('/')
		? object.apiVersion.split('/')
		: ['', object.apiVersion];
	return {group, version, kind: object.kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name};
}

export async function problemOf(promise: Promise<unknown>): Promise<HoldfastError['problem'] | undefined> {
	return promise.then(
		() => undefined,
		(error: HoldfastError) => error.problem ?? {code: 'NotOurs', message: String(error)},
	);
}

export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
	while (!(await condition())) await new Promise(resolve => setTimeout(resolve, 5));
}
