/** The part of an OpenAPI v3 schema that Kubernetes uses (built-in kinds, and structural schemas of CRDs, KEP-95). */
export interface OpenAPISchema {
	readonly $ref?: string;
	readonly type?: string;
	readonly format?: string;
	readonly description?: string;
	readonly properties?: Readonly<Record<string, OpenAPISchema>>;
	readonly additionalProperties?: OpenAPISchema | boolean;
	readonly items?: OpenAPISchema;
	readonly required?: readonly string[];
	readonly enum?: readonly unknown[];
	readonly default?: unknown;
	readonly nullable?: boolean;
	readonly allOf?: readonly OpenAPISchema[];
	readonly anyOf?: readonly OpenAPISchema[];
	readonly oneOf?: readonly OpenAPISchema[];
	readonly not?: OpenAPISchema;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly exclusiveMinimum?: boolean;
	readonly exclusiveMaximum?: boolean;
	readonly multipleOf?: number;
	readonly minLength?: number;
	readonly maxLength?: number;
	readonly pattern?: string;
	readonly minItems?: number;
	readonly maxItems?: number;
	readonly uniqueItems?: boolean;
	readonly minProperties?: number;
	readonly maxProperties?: number;
	readonly 'x-kubernetes-list-type'?: string;
	readonly 'x-kubernetes-list-map-keys'?: readonly string[];
	readonly 'x-kubernetes-map-type'?: string;
	readonly 'x-kubernetes-patch-strategy'?: string;
	readonly 'x-kubernetes-patch-merge-key'?: string;
	readonly 'x-kubernetes-preserve-unknown-fields'?: boolean;
	readonly 'x-kubernetes-int-or-string'?: boolean;
	readonly 'x-kubernetes-embedded-resource'?: boolean;
	readonly 'x-kubernetes-validations'?: readonly {
		readonly rule: string;
		readonly message?: string;
		readonly messageExpression?: string;
		readonly fieldPath?: string;
		readonly reason?: string;
	}[];
	readonly 'x-kubernetes-group-version-kind'?: readonly GroupVersionKind[];
}

export interface GroupVersionKind {
	/** Empty for the core group. */
	readonly group: string;
	readonly version: string;
	readonly kind: string;
}

const referencePrefix = '#/components/schemas/';

/** The name of the definition that a schema refers to, directly or as the only member of `allOf`; null when it is inline. */
export function referenceOf(schema: OpenAPISchema): string | null {
	const reference = schema.$ref ?? (schema.allOf?.length === 1 ? schema.allOf[0]?.$ref : undefined);
	return reference?.startsWith(referencePrefix) ? reference.slice(referencePrefix.length) : null;
}
