import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Context} from './context.ts';
import {noSuchResource, notFound} from './failures.ts';
import {isFinished} from './update.ts';

/** PUT of `namespaces/NAME/finalize`: changes what holds a namespace, and lets it go when nothing does. Throws 404. */
export function finalizeNamespace(context: Context, name: string, sent: KubernetesObject): KubernetesObject {
	const {store, registry} = context;
	const resource = registry.find('', 'v1', 'namespaces');
	if (!resource) throw noSuchResource();
	const live = store.get(resource.collection, `/${name}`);
	if (!live) throw notFound(resource, name);
	const finalizers = (sent.spec as {finalizers?: readonly string[]} | undefined)?.finalizers ?? [];
	const object: KubernetesObject = {...live, spec: finalizers.length > 0 ? {finalizers} : {}};
	if (isFinished(object)) {
		store.remove(resource.collection, `/${name}`);
		return object;
	}
	return store.put(resource.collection, `/${name}`, object);
}
