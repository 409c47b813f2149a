import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {type Context, printTime} from './context.ts';
import {badRequest, conflict, notFound} from './failures.ts';

interface Binding {
	readonly metadata?: {readonly uid?: string};
	readonly target?: {readonly name?: string};
}

/** POST of `pods/NAME/binding`: what a scheduler does. Throws 400, 404 or 409. */
export function bindPod(context: Context, resource: Resource, namespace: string, name: string, sent: Binding): object {
	const key = `${namespace}/${name}`;
	const pod = context.store.get(resource.collection, key);
	if (!pod) throw notFound(resource, name);
	const nodeName = sent.target?.name;
	if (!nodeName) throw badRequest('target.name: Required value');
	const {uid} = sent.metadata ?? {};
	if (uid && uid !== pod.metadata.uid)
		throw conflict(resource, name, `Precondition failed: UID in precondition: ${uid}`);
	const spec = pod.spec as {nodeName?: string};
	if (spec.nodeName) throw conflict(resource, name, `pod ${name} is already assigned to node "${spec.nodeName}"`);
	const status = (pod.status ?? {}) as {conditions?: readonly object[]};
	const scheduled = {
		type: 'PodScheduled',
		status: 'True',
		lastProbeTime: null,
		lastTransitionTime: printTime(context.now()),
	};
	const bound: KubernetesObject = {
		...pod,
		spec: {...spec, nodeName},
		status: {...status, conditions: [...(status.conditions ?? []), scheduled]},
	};
	context.store.put(resource.collection, key, bound);
	return {kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Success', code: 201};
}
