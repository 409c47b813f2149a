import {z} from 'zod';
import type {Path} from '../yaml/source-document.ts';

/** A zod schema as data: for editors, for the nearest valid key, and for the marks in support.ts. */
export interface JsonSchema {
	readonly properties?: Readonly<Record<string, JsonSchema>>;
	readonly items?: JsonSchema;
	readonly additionalProperties?: JsonSchema | boolean;
	readonly anyOf?: readonly JsonSchema[];
	readonly support?: 'ignored' | 'refused';
	readonly meaning?: string;
	readonly [keyword: string]: unknown;
}

const known = new WeakMap<z.ZodType, JsonSchema>();

export function jsonSchemaOf(schema: z.ZodType): JsonSchema {
	let json = known.get(schema);
	if (!json) {
		json = z.toJSONSchema(schema, {io: 'input', unrepresentable: 'any', reused: 'inline'}) as JsonSchema;
		known.set(schema, json);
	}
	return json;
}

/** The schema of what stands at a path, or undefined where the schema says nothing. */
export function schemaAt(schema: JsonSchema, path: Path): JsonSchema | undefined {
	let at: JsonSchema | undefined = schema;
	for (const step of path) at = at && childSchema(at, step);
	return at;
}

export function childSchema(schema: JsonSchema, step: string | number): JsonSchema | undefined {
	if (typeof step === 'number') return schema.items ?? firstOf(schema, option => option.items);
	if (schema.properties && Object.hasOwn(schema.properties, step)) return schema.properties[step];
	if (typeof schema.additionalProperties === 'object') return schema.additionalProperties;
	return firstOf(schema, option => childSchema(option, step));
}

function firstOf(schema: JsonSchema, pick: (option: JsonSchema) => JsonSchema | undefined): JsonSchema | undefined {
	for (const option of schema.anyOf ?? []) {
		const found = pick(option);
		if (found) return found;
	}
	return undefined;
}
