import type {OpenAPISchema} from '../../../../demo/control-plane/schema/index.ts';
import {type KindSchema, schemaFromOpenAPI, schemaOf} from '../../../../demo/control-plane/schema/index.ts';
import {isMap} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Exchange} from '../recordings.ts';

const collectorFinalizers = ['orphan', 'foregroundDeletion'];

/** What the exchanges so far tell of the server: its objects by their paths, and the kinds of its CRDs. */
export class RecordedState {
	readonly #objects = new Map<string, KubernetesObject>();
	readonly #custom = new Map<string, KindSchema>();

	/** The object of a request's path, at the version that was last seen. */
	objectAt(path: string): KubernetesObject | null {
		return this.#objects.get(basePathOf(path)) ?? null;
	}

	schemaOf(apiVersion: string, kind: string): KindSchema | null {
		const slash = apiVersion.indexOf('/');
		const group = slash < 0 ? '' : apiVersion.slice(0, slash);
		return (
			schemaOf({group, version: apiVersion.slice(slash + 1), kind}) ?? this.#custom.get(`${apiVersion}/${kind}`) ?? null
		);
	}

	/** Puts an object where the next read is expected to find it. */
	expect(path: string, object: KubernetesObject): void {
		this.#objects.set(basePathOf(path), object);
	}

	/** Takes in what an answer shows. */
	see({request, response}: Exchange): void {
		const {body} = response;
		if (request.query.dryRun !== undefined) return;
		if (!isMap(body)) return;
		if (response.code === 404 && request.method === 'GET') this.#objects.delete(basePathOf(request.path));
		if (response.code >= 300 || !isMap(body.metadata) || typeof body.kind !== 'string') return;
		const object = withoutNullTimes(body) as unknown as KubernetesObject;
		if (object.kind === 'Scale' || object.kind === 'Status' || object.kind.endsWith('List')) return;
		if (object.kind === 'Table' || object.kind === 'PartialObjectMetadata') return;
		const path = basePathOf(request.path) + (request.method === 'POST' ? `/${object.metadata.name}` : '');
		// The garbage collector's own finalizers go soon after.
		const finalizers = object.metadata.finalizers ?? [];
		const isGone = request.method === 'DELETE' && finalizers.every(name => collectorFinalizers.includes(name));
		if (
			isGone ||
			(object.metadata.deletionTimestamp && !object.metadata.finalizers?.length && object.kind !== 'Namespace')
		) {
			this.#objects.delete(path);
		} else if (this.#objects.get(path)?.metadata.resourceVersion !== object.metadata.resourceVersion) {
			// The recorder wrote down some reads only after it had changed what it read.
			this.#objects.set(path, object);
		}
		if (object.kind === 'CustomResourceDefinition') this.#define(object);
	}

	#define(definition: KubernetesObject): void {
		const spec = definition.spec as {
			group: string;
			names: {kind: string};
			versions: {name: string; schema?: {openAPIV3Schema?: OpenAPISchema}}[];
		};
		for (const version of spec.versions) {
			const kind = {group: spec.group, version: version.name, kind: spec.names.kind};
			const schema = version.schema?.openAPIV3Schema;
			if (schema) this.#custom.set(`${spec.group}/${version.name}/${spec.names.kind}`, schemaFromOpenAPI(schema, kind));
		}
	}
}

/** Servers before 1.34 write the creation times of templates, which have none, as null. */
export function withoutNullTimes(value: unknown): unknown {
	if (Array.isArray(value)) return value.map(withoutNullTimes);
	if (!isMap(value)) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([name, child]) =>
			name === 'creationTimestamp' && child === null ? [] : [[name, withoutNullTimes(child)]],
		),
	);
}

/** The path of the object itself, whatever the version and the part of it that is asked for. */
function basePathOf(path: string): string {
	return path.replace(/\/(status|scale)$/, '').replace(/^\/apis\/([^/]+)\/[^/]+\//, '/apis/$1/');
}

export function subresourceOf(path: string): string {
	return /\/(status|scale)$/.exec(path)?.[1] ?? '';
}
