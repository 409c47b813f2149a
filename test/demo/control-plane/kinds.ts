import {
	type KindSchema,
	type OpenAPISchema,
	schemaFromOpenAPI,
	schemaOf,
} from '../../../demo/control-plane/schema/index.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';

/** A built-in kind's schema, by `apps/v1/Deployment` or `v1/ConfigMap`. */
export function builtIn(name: string): KindSchema {
	const parts = name.split('/');
	const [kind = '', version = '', group = ''] = parts.reverse();
	const schema = schemaOf({group, version, kind});
	if (!schema) throw new Error(`${name} has no schema`);
	return schema;
}

export function custom(spec: OpenAPISchema): KindSchema {
	return schemaFromOpenAPI(
		{type: 'object', properties: {spec, status: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true}}},
		{group: 'example.com', version: 'v1', kind: 'Widget'},
	);
}

export function configMap(data: Record<string, string>, metadata: Record<string, unknown> = {}): KubernetesObject {
	return {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a', namespace: 'shop', ...metadata}, data};
}

export function widget(spec: unknown): KubernetesObject {
	return {apiVersion: 'example.com/v1', kind: 'Widget', metadata: {name: 'w', namespace: 'shop'}, spec};
}
