import {canonicalJson, parseJson} from '../../model/json.ts';

/**
 * One step of a field path, as FieldsV1 knows them (KEP-555): a struct field or map key (`f:`), a list item found by its
 * key fields (`k:`), an element of a set found by its value (`v:`), or a position in a list (`i:`).
 */
export type Step =
	| {readonly type: 'field'; readonly name: string}
	| {readonly type: 'key'; readonly match: readonly KeyField[]}
	| {readonly type: 'value'; readonly value: unknown}
	| {readonly type: 'index'; readonly index: number};

/** One key field of a list item; a step holds them sorted by name. */
export interface KeyField {
	readonly name: string;
	readonly value: unknown;
}

/** From the object's root downwards; the empty path is the object itself. */
export type Path = readonly Step[];

export function fieldStep(name: string): Step {
	return {type: 'field', name};
}

/** A path of plain field names. */
export function fieldPath(...names: readonly string[]): Path {
	return names.map(fieldStep);
}

export function keyStep(match: Readonly<Record<string, unknown>>): Step {
	return {
		type: 'key',
		match: Object.keys(match)
			.sort()
			.map(name => ({name, value: match[name]})),
	};
}

/** Whether a FieldsV1 key names a child: `f:`, `k:`, `v:` or `i:`. The key `.` and everything unknown does not. */
export function isElement(key: string): boolean {
	if (key.charCodeAt(1) !== 0x3a) return false;
	const kind = key.charCodeAt(0);
	return kind === 0x66 || kind === 0x6b || kind === 0x76 || kind === 0x69;
}

/** Reads a FieldsV1 key; null when it is not one or its JSON is broken. */
export function parseElement(element: string): Step | null {
	if (!isElement(element)) return null;
	const text = element.slice(2);
	switch (element[0]) {
		case 'f':
			return {type: 'field', name: text};
		case 'i':
			return /^[0-9]{1,15}$/.test(text) ? {type: 'index', index: Number(text)} : null;
		default: {
			const value = parseOrMissing(text);
			if (value === undefined) return null;
			if (element[0] === 'v') return {type: 'value', value};
			return typeof value === 'object' && value !== null && !Array.isArray(value)
				? keyStep(value as Record<string, unknown>)
				: null;
		}
	}
}

/** The path that FieldsV1 keys spell; a key that cannot be read counts as a field of that name. */
export function pathOf(elements: readonly string[]): Path {
	return elements.map((element): Step => parseElement(element) ?? {type: 'field', name: element});
}

/** The FieldsV1 key of a step, in canonical JSON. */
export function formatElement(step: Step): string {
	switch (step.type) {
		case 'field':
			return `f:${step.name}`;
		case 'index':
			return `i:${step.index}`;
		case 'value':
			return `v:${canonicalJson(step.value)}`;
		case 'key':
			return `k:{${step.match.map(({name, value}) => `${JSON.stringify(name)}:${canonicalJson(value)}`).join(',')}}`;
	}
}

export function isSameStep(left: Step, right: Step): boolean {
	if (left.type === 'field') return right.type === 'field' && left.name === right.name;
	return left.type === right.type && formatElement(left) === formatElement(right);
}

/** Whether the path is one of a list item's own key fields: these are the item's name, not its content. */
export function isKeyField(path: Path): boolean {
	const parent = path.at(-2);
	const last = path.at(-1);
	return parent?.type === 'key' && last?.type === 'field' && parent.match.some(({name}) => name === last.name);
}

function parseOrMissing(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}
