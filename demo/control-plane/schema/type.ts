import type {GroupVersionKind, OpenAPISchema} from './open-api.ts';

/**
 * A type as server-side apply sees it (structured-merge-diff): what a value may be. Usually one of the three; where the
 * schema says nothing, all three, and the value decides. Types refer to each other in circles.
 */
export interface TypeSchema {
	/** The definition's name in OpenAPI; empty for an inline type. */
	readonly name: string;
	readonly scalar?: 'string' | 'numeric' | 'boolean' | 'untyped';
	readonly list?: ListType;
	readonly map?: MapType;
	/** What it was made from, for defaults and validation. References in it are resolved through the fields. */
	readonly raw: OpenAPISchema;
}

export interface ListType {
	readonly element: TypeSchema;
	/** Atomic: owned as a whole. Associative: items are told apart by `keys`, or by their value when there are none. */
	readonly relationship: 'atomic' | 'associative';
	readonly keys: readonly string[];
}

export interface MapType {
	readonly fields: ReadonlyMap<string, FieldType>;
	/** The type of keys that are not among `fields`; absent when there may be none. */
	readonly element?: TypeSchema;
	readonly relationship: 'granular' | 'atomic';
	/** Whether fields outside the schema stay (`x-kubernetes-preserve-unknown-fields`). */
	readonly preservesUnknown: boolean;
}

export interface FieldType {
	readonly type: TypeSchema;
	/** A list item's key field counts with its default when it is absent. */
	readonly default?: unknown;
	/** `x-kubernetes-patch-strategy`, split at the comma. */
	readonly patchStrategy: readonly string[];
	readonly patchMergeKey?: string;
}

/** One kind at one version. */
export interface KindSchema extends GroupVersionKind {
	/** Whether it is one of the server's own kinds: those are read into structures, which drops nulls and empty values. */
	readonly isBuiltIn: boolean;
	readonly root: TypeSchema;
}

/** Which of a type's possibilities a value takes; a value of none of them is taken by the first, and refused there. */
export function shapeOf(type: TypeSchema, value: unknown): 'map' | 'list' | 'scalar' | null {
	if (value !== undefined && value !== null) {
		if (Array.isArray(value)) {
			if (type.list) return 'list';
		} else if (typeof value === 'object') {
			if (type.map) return 'map';
		} else if (type.scalar) return 'scalar';
	}
	return type.map ? 'map' : type.scalar ? 'scalar' : type.list ? 'list' : null;
}

/** The type of a map's key; undefined when the schema does not know it. */
export function typeOfKey(map: MapType, key: string): TypeSchema | undefined {
	return map.fields.get(key)?.type ?? map.element;
}

/** `apps/v1, Kind=Deployment`, as the server writes a kind in messages. */
export function printKind({group, version, kind}: GroupVersionKind): string {
	return `${group}/${version}, Kind=${kind}`;
}
