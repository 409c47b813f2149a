import type {KubernetesObject} from '../../source/model/object.ts';
import type {Context} from './api/context.ts';
import {convert} from './api/convert.ts';
import {createObject} from './api/create.ts';
import {deleteObject} from './api/delete.ts';
import {noSuchResource} from './api/failures.ts';
import {plainWrite} from './api/options.ts';
import {putObject} from './api/put.ts';
import {writeScale} from './api/scale.ts';
import type {Resource} from './kinds/resource.ts';
import type {ControllerClient, Writer} from './types.ts';

/** The server without the network, for controllers in the same process. */
export function createClient(context: Context): ControllerClient {
	const {store, registry} = context;
	const at = (kind: string): Resource => {
		const resource = registry.findGroupKind(kind);
		if (!resource) throw noSuchResource();
		return resource;
	};
	const of = ({apiVersion, kind}: KubernetesObject): Resource => {
		const resource = registry.findKind(apiVersion, kind);
		if (!resource) throw noSuchResource();
		return resource;
	};
	return {
		list: (kind, namespace) => store.list(at(kind).collection, namespace ? `${namespace}/` : ''),
		get: (kind, namespace, name) => store.get(at(kind).collection, `${namespace}/${name}`),
		create(object, writer) {
			const resource = of(object);
			return createObject(context, resource, object.metadata.namespace ?? '', object, plainWrite(writer.manager));
		},
		update: (object, writer) => update(context, of(object), object, writer),
		remove(kind, namespace, name, options) {
			const resource = at(kind);
			const isLeaving =
				store.get(resource.collection, `${namespace}/${name}`)?.metadata.deletionTimestamp !== undefined;
			deleteObject(context, resource, namespace, name, {
				isDryRun: false,
				// What is on its way out is removed by its kubelet, which waits no more.
				...(isLeaving ? {gracePeriodSeconds: 0} : {}),
				...options,
			});
		},
		watch: listener =>
			store.listen(({type, object, collection}) => {
				const resource = registry.storedAt(collection);
				listener({type, object: resource ? convert(object, resource) : object});
			}),
		now: context.now,
	};
}

function update(context: Context, resource: Resource, object: KubernetesObject, writer: Writer): KubernetesObject {
	const {namespace = '', name} = object.metadata;
	const options = plainWrite(writer.manager);
	if (writer.subresource === 'scale') {
		const {resourceVersion} = object.metadata;
		const change = (scale: KubernetesObject): KubernetesObject => ({
			...scale,
			metadata: {...scale.metadata, ...(resourceVersion ? {resourceVersion} : {})},
			spec: {replicas: (object.spec as {replicas?: number} | undefined)?.replicas ?? 0},
		});
		writeScale(context, resource, namespace, name, change, options);
		return context.store.get(resource.collection, `${namespace}/${name}`) ?? object;
	}
	const target = writer.subresource === 'status' ? ({...options, subresource: 'status'} as const) : options;
	return putObject(context, resource, namespace, name, object, target);
}
