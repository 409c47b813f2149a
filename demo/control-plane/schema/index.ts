/** What the control plane knows of its kinds: their types, defaults, checks, and the documents that clients read. */

export {convertObject} from './convert.ts';
export {decodeObject} from './decode.ts';
export {DecodeError} from './decode-error.ts';
export type {GroupVersionKind, OpenAPISchema} from './open-api.ts';
export {
	type CustomKind,
	type OpenAPIDocument,
	openAPIDocument,
	openAPIDocumentOfCustomKinds,
	openAPIGroupVersions,
} from './open-api-document.ts';
export {canonicalQuantity, parseQuantity, printQuantity, type Quantity} from './quantity.ts';
export {schemaFromOpenAPI, schemaOf} from './schema-of.ts';
export {
	decodingWarnings,
	strictDecodingError,
	strictPatchError,
	unreadableError,
	unreadablePatchError,
} from './strict-decoding.ts';
export {type KindSchema, printKind, type TypeSchema} from './type.ts';
export {unknownFields} from './unknown-fields.ts';
export {type FieldProblem, invalidError, validate} from './validate/index.ts';
