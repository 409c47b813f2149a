import {type OpenAPISchema, referenceOf} from './open-api.ts';
import type {FieldType, ListType, MapType, TypeSchema} from './type.ts';

type Writable<T> = {-readonly [K in keyof T]: T[K]};

/** Values that the server stores without looking inside: owned as a whole, whatever they are. */
export const untypedAtomic: TypeSchema = createUntyped('atomic');

/** Values of which the schema says that anything goes: maps by key, lists as a whole. */
export const deduced: TypeSchema = createUntyped('granular');

function createUntyped(relationship: 'atomic' | 'granular'): TypeSchema {
	const type: Writable<TypeSchema> = {
		name: relationship === 'atomic' ? '__untyped_atomic_' : '__untyped_deduced_',
		scalar: 'untyped',
		raw: {'x-kubernetes-preserve-unknown-fields': true},
	};
	type.list = {element: type, relationship: 'atomic', keys: []};
	type.map = {fields: new Map(), element: type, relationship, preservesUnknown: true};
	return type;
}

/** Makes types from OpenAPI schemas; the types of named definitions are made once and shared. */
export class TypeBuilder {
	readonly #definitions: Readonly<Record<string, OpenAPISchema>>;
	readonly #named = new Map<string, TypeSchema>();
	readonly #embedded: (schema: OpenAPISchema) => OpenAPISchema;

	/** `embedded` adds what an embedded resource has besides its own schema: apiVersion, kind and metadata. */
	constructor(
		definitions: Readonly<Record<string, OpenAPISchema>>,
		embedded: (schema: OpenAPISchema) => OpenAPISchema = schema => schema,
	) {
		this.#definitions = definitions;
		this.#embedded = embedded;
	}

	/** The type of a definition; one that is not there may be anything. */
	named(name: string): TypeSchema {
		const known = this.#named.get(name);
		if (known) return known;
		const schema = this.#definitions[name];
		if (!schema) return untypedAtomic;
		const type: Writable<TypeSchema> = {name, raw: schema};
		this.#named.set(name, type);
		this.#fill(type, schema);
		return type;
	}

	/** The type of a schema, which may be a reference. Facts beside a reference (list type, map type) hold for this use of it. */
	build(schema: OpenAPISchema): TypeSchema {
		const reference = referenceOf(schema);
		if (reference !== null) {
			const type = this.named(reference);
			const relationship = schema['x-kubernetes-map-type'];
			if (!relationship || !type.map) return type;
			return {...type, map: {...type.map, relationship: relationship === 'atomic' ? 'atomic' : 'granular'}};
		}
		const type: Writable<TypeSchema> = {name: '', raw: schema};
		this.#fill(type, schema);
		return type;
	}

	#fill(type: Writable<TypeSchema>, given: OpenAPISchema): void {
		const schema = given['x-kubernetes-embedded-resource'] ? this.#embedded(given) : given;
		const preservesUnknown = schema['x-kubernetes-preserve-unknown-fields'] === true;
		if (schema['x-kubernetes-int-or-string'] || schema.format === 'int-or-string') {
			type.scalar = 'untyped';
			return;
		}
		switch (schema.type) {
			case 'string':
				type.scalar = schema.format && schema.format !== 'byte' ? 'untyped' : 'string';
				return;
			case 'integer':
			case 'number':
				type.scalar = 'numeric';
				return;
			case 'boolean':
				type.scalar = 'boolean';
				return;
			case 'array':
				type.list = this.#list(schema);
				return;
			case 'object':
				type.map = this.#map(schema, preservesUnknown);
				return;
			default:
				this.#fillWithoutType(type, schema, preservesUnknown);
		}
	}

	/** Quantities are `oneOf` scalars; JSON and raw extensions are nothing at all; a CRD may say "anything". */
	#fillWithoutType(type: Writable<TypeSchema>, schema: OpenAPISchema, preservesUnknown: boolean): void {
		const branches = [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])];
		if (branches.length > 0 && branches.every(branch => ['string', 'number', 'integer'].includes(branch.type ?? ''))) {
			type.scalar = 'untyped';
			return;
		}
		if (schema.properties) {
			type.map = this.#map(schema, preservesUnknown);
			return;
		}
		const {scalar, list, map} = preservesUnknown ? deduced : untypedAtomic;
		Object.assign(type, {scalar, list, map});
	}

	#list(schema: OpenAPISchema): ListType {
		const element = schema.items ? this.build(schema.items) : untypedAtomic;
		const keys = schema['x-kubernetes-list-map-keys'] ?? [];
		switch (schema['x-kubernetes-list-type']) {
			case 'map':
				return {element, relationship: 'associative', keys};
			case 'set':
				return {element, relationship: 'associative', keys: []};
			case 'atomic':
				return {element, relationship: 'atomic', keys: []};
			default: {
				// Kinds from before list types say it by their merge patch strategy.
				const isMerged = schema['x-kubernetes-patch-strategy']?.split(',').includes('merge') ?? false;
				const mergeKey = schema['x-kubernetes-patch-merge-key'];
				if (!isMerged) return {element, relationship: 'atomic', keys: []};
				return {element, relationship: 'associative', keys: mergeKey ? [mergeKey] : []};
			}
		}
	}

	#map(schema: OpenAPISchema, preservesUnknown: boolean): MapType {
		const fields = new Map<string, FieldType>();
		for (const [name, field] of Object.entries(schema.properties ?? {})) fields.set(name, this.#field(field));
		const {additionalProperties} = schema;
		const element =
			typeof additionalProperties === 'object'
				? this.build(additionalProperties)
				: preservesUnknown || additionalProperties === true
					? deduced
					: fields.size === 0 && schema.properties === undefined
						? untypedAtomic
						: undefined;
		return {
			fields,
			...(element ? {element} : {}),
			relationship: schema['x-kubernetes-map-type'] === 'atomic' ? 'atomic' : 'granular',
			preservesUnknown,
		};
	}

	#field(schema: OpenAPISchema): FieldType {
		return {
			type: this.build(schema),
			patchStrategy: schema['x-kubernetes-patch-strategy']?.split(',') ?? [],
			...(schema.default === undefined ? {} : {default: schema.default}),
			...(schema['x-kubernetes-patch-merge-key'] ? {patchMergeKey: schema['x-kubernetes-patch-merge-key']} : {}),
		};
	}
}
