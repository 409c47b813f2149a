import {isMap} from '../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {DecodeError} from './decode-error.ts';
import {isOmittedZero, isWrittenAsNull} from './omitted-zeros.ts';
import {canonicalQuantity, quantityProblem} from './quantity.ts';
import {type FieldType, type KindSchema, shapeOf, type TypeSchema} from './type.ts';
import {type Place, wrongType} from './wrong-type.ts';

/** Where blank structures are made, in which nothing can be wrong. */
const nowhere: Place = {definition: '', path: ''};

const quantityName = 'io.k8s.apimachinery.pkg.api.resource.Quantity';

/** Reads an object of a built-in kind the way the server's typed structures do, and writes it back as they do. */
export function readStructure(schema: KindSchema, object: KubernetesObject): KubernetesObject {
	const read = readValue(schema.root, object, {definition: schema.root.name, path: ''}) as KubernetesObject;
	return {...read, apiVersion: object.apiVersion, kind: object.kind};
}

/**
 * A structure of a built-in kind with nothing in it: what an object is compared with when it is created. Structures held by
 * value are there already, so that nobody comes to own them as such.
 */
export function blankStructure(schema: KindSchema): Readonly<Record<string, unknown>> {
	return schema.isBuiltIn ? (readFields(schema.root, {}, nowhere) as Record<string, unknown>) : {};
}

function readValue(type: TypeSchema, value: unknown, place: Place): unknown {
	if (type.name === quantityName) {
		const text = canonicalQuantity(value);
		if (text === null) throw new DecodeError(quantityProblem);
		return text;
	}
	switch (shapeOf(type, value)) {
		case 'map':
			if (!isMap(value)) throw wrongType(value, type, place);
			return type.map!.fields.size > 0 ? readFields(type, value, place) : readKeys(type, value, place);
		case 'list':
			if (!Array.isArray(value)) throw wrongType(value, type, place);
			return value.map(item => readItem(type.list!.element, item, place));
		default:
			return readScalar(type, value, place);
	}
}

function readItem(type: TypeSchema, item: unknown, place: Place): unknown {
	return item === null || item === undefined ? (type.map ? {} : item) : readValue(type, item, place);
}

function readScalar(type: TypeSchema, value: unknown, place: Place): unknown {
	const kind = typeof value;
	const isNumber = kind === 'number' || kind === 'bigint';
	const isRight =
		type.scalar === 'numeric'
			? isNumber
			: type.scalar === 'string' || type.scalar === 'boolean'
				? kind === type.scalar
				: true;
	if (!isRight) throw wrongType(value, type, place);
	if (type.raw.format === 'byte') checkBase64(value as string);
	return value;
}

/** Base64 as the server's decoder takes it: padded, line breaks ignored. The position is that of the first bad character. */
function checkBase64(text: string): void {
	const clean = text.replace(/[\r\n]/g, '');
	const bad = /[^A-Za-z0-9+/]/.exec(clean.replace(/={1,2}$/, ''));
	if (!bad && clean.length % 4 === 0) return;
	const position = bad ? bad.index : clean.length - (clean.length % 4);
	throw new DecodeError(`illegal base64 data at input byte ${position}`);
}

function readKeys(type: TypeSchema, value: Readonly<Record<string, unknown>>, place: Place): unknown {
	const element = type.map!.element;
	if (!element || type.map!.preservesUnknown || element.map?.preservesUnknown) return value;
	return Object.fromEntries(
		Object.entries(value).flatMap(([key, child]) => {
			if (child === null) return element.scalar === 'string' ? [[key, '']] : [];
			return child === undefined ? [] : [[key, readValue(element, child, place)]];
		}),
	);
}

function readFields(type: TypeSchema, value: Readonly<Record<string, unknown>>, place: Place): unknown {
	const entries: [string, unknown][] = [];
	const {fields, preservesUnknown} = type.map!;
	for (const [name, child] of Object.entries(value)) {
		const field = fields.get(name);
		if (!field) {
			if (preservesUnknown) entries.push([name, child]);
			continue;
		}
		if (child === null || child === undefined) continue;
		const read = readValue(field.type, child, {definition: type.name, path: `${place.path}.${name}`});
		if (!isLeftOut(type, name, field, read)) entries.push([name, read]);
	}
	const present = new Set(entries.map(([name]) => name));
	for (const [name, field] of fields) {
		if (present.has(name)) continue;
		const blank = blankOf(type, name, field);
		if (blank !== undefined) entries.push([name, blank]);
	}
	return Object.fromEntries(entries);
}

/** Whether the server leaves a value out when it writes the structure: empty lists and maps, most empty scalars. */
function isLeftOut(parent: TypeSchema, name: string, field: FieldType, value: unknown): boolean {
	// An empty list of owners is a request to wipe them.
	if (name === 'managedFields') return false;
	if (Array.isArray(value)) return value.length === 0 && !isRequired(parent, name);
	if (isMap(value)) return isFreeForm(field.type) && Object.keys(value).length === 0;
	return field.default === undefined && isOmittedZero(parent.name, name, value);
}

function isFreeForm(type: TypeSchema): boolean {
	return type.map !== undefined && type.map.fields.size === 0 && !type.name;
}

function isRequired(parent: TypeSchema, name: string): boolean {
	return (parent.raw.required?.includes(name) ?? false) || isWrittenAsNull(parent.name, name);
}

/** What the server writes for a field that is not there: structures held by value, and scalars that are never left out. */
function blankOf(parent: TypeSchema, name: string, field: FieldType): unknown {
	if (isWrittenAsNull(parent.name, name)) return null;
	if (isMap(field.default) && field.type.map && field.type.map.fields.size > 0)
		return readFields(field.type, {}, nowhere);
	if (field.default !== undefined && !isMap(field.default)) return field.default;
	if (isRequired(parent, name) && (field.type.list || isFreeForm(field.type))) return null;
	return undefined;
}
