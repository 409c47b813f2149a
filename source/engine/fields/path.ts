import {parseJson, stringifyJson} from '../../model/json.ts';
import {safeText} from '../../model/text.ts';
import type {KeyField, Path, Step} from './step.ts';

/**
 * The printed form of paths, that of server-side apply's conflicts without the leading dot:
 *
 * | step               | printed                                                          |
 * |--------------------|------------------------------------------------------------------|
 * | field              | `spec.replicas`                                                  |
 * | map key with `./`  | `metadata.labels[app.kubernetes.io/name]`, `data[tls.crt]`       |
 * | any other map key  | `data["a key"]`, `data["0"]`, JSON-quoted and free of control characters |
 * | list item by key   | `containers[name="web"]`, `ports[containerPort=80,protocol="TCP"]` |
 * | set element        | `finalizers[="example.com/keep"]`                                |
 * | list index         | `args[0]`                                                        |
 *
 * Reading gives back exactly the path that was printed. It also takes what people type: a leading dot, single quotes, and
 * `[name=web]` for `[name="web"]`.
 */
const plainName = /^[A-Za-z_][A-Za-z0-9_-]*$/;
const bareKey = /^(?![0-9]+$)[A-Za-z0-9_][A-Za-z0-9_./-]*$/;

export function printPath(path: Path): string {
	let text = '';
	for (const step of path) text += printStep(step, text === '');
	return text;
}

/** Reads a printed path; null when it is none. The empty text is the object itself. */
export function parsePath(text: string): Path | null {
	const steps = readSteps(text);
	return steps?.every(step => step.type !== 'any') ? (steps as Step[]) : null;
}

/** A step of a pattern: `*` stands for any one step. */
export type PatternStep = Step | {readonly type: 'any'};

function printStep(step: Step, isFirst: boolean): string {
	switch (step.type) {
		case 'field':
			if (plainName.test(step.name)) return isFirst ? step.name : `.${step.name}`;
			return bareKey.test(step.name) ? `[${step.name}]` : `[${quote(step.name)}]`;
		case 'key':
			return `[${step.match.map(({name, value}) => `${plainName.test(name) ? name : quote(name)}=${quote(value)}`).join(',')}]`;
		case 'value':
			return `[=${quote(step.value)}]`;
		case 'index':
			return `[${step.index}]`;
	}
}

/** JSON in which every character that could rewrite a screen is an escape, so that it stays readable as JSON. */
function quote(value: unknown): string {
	const text = stringifyJson(value) ?? 'null';
	if (/^[\x20-\x7e]*$/.test(text)) return text;
	return Array.from(text, character =>
		safeText(character) === character
			? character
			: character
					.split('')
					.map(unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
					.join(''),
	).join('');
}

interface Cursor {
	readonly text: string;
	at: number;
}

/** Reads a path or a pattern without its trailing `**`. */
export function readSteps(text: string): PatternStep[] | null {
	const cursor: Cursor = {text, at: text.startsWith('.') ? 1 : 0};
	const steps: PatternStep[] = [];
	while (cursor.at < text.length) {
		const character = text[cursor.at]!;
		let step: PatternStep | null;
		if (character === '[') {
			cursor.at++;
			step = readBracket(cursor);
		} else {
			if (character === '.') {
				if (steps.length === 0) return null;
				cursor.at++;
			} else if (steps.length > 0) return null;
			step = readName(cursor);
		}
		if (!step) return null;
		steps.push(step);
	}
	return steps;
}

function readName(cursor: Cursor): PatternStep | null {
	const name = take(cursor, /[^.[\]]+/y);
	if (name === null) return null;
	return name === '*' ? {type: 'any'} : {type: 'field', name};
}

function readBracket(cursor: Cursor): PatternStep | null {
	if (take(cursor, /\*\]/y) !== null) return {type: 'any'};
	const index = take(cursor, /[0-9]{1,15}(?=\])/y);
	if (index !== null) return close(cursor, {type: 'index', index: Number(index)});
	if (take(cursor, /=/y) !== null) {
		const value = readValue(cursor);
		return value === undefined ? null : close(cursor, {type: 'value', value});
	}
	const match: KeyField[] = [];
	for (;;) {
		const name = readQuoted(cursor) ?? take(cursor, /[^\]=,"']+/y);
		if (name === null) return null;
		if (take(cursor, /=/y) === null) return match.length === 0 ? close(cursor, {type: 'field', name}) : null;
		const value = readValue(cursor);
		if (value === undefined) return null;
		match.push({name, value});
		if (take(cursor, /,/y) === null) break;
	}
	match.sort((left, right) => (left.name < right.name ? -1 : 1));
	return close(cursor, {type: 'key', match});
}

function readQuoted(cursor: Cursor): string | null {
	const double = take(cursor, /"(?:[^"\\]|\\.)*"/y);
	if (double !== null) {
		const value = parseOrMissing(double);
		return typeof value === 'string' ? value : null;
	}
	const single = take(cursor, /'[^']*'/y);
	return single === null ? null : single.slice(1, -1);
}

/** A JSON value; a bare word that is none counts as a string. undefined: nothing readable. */
function readValue(cursor: Cursor): unknown {
	const start = cursor.at;
	const quoted = readQuoted(cursor);
	if (quoted !== null) return quoted;
	cursor.at = start;
	const nested = /[{[]/.test(cursor.text[start] ?? '') ? readNested(cursor) : undefined;
	if (nested !== undefined) return nested;
	const word = take(cursor, /[^\],"']+/y);
	if (word === null) return undefined;
	const value = parseOrMissing(word);
	return value === undefined ? word : value;
}

/** Elements of a set may be objects: the JSON ends at the first `]` that completes it, looked for a bounded number of times. */
function readNested(cursor: Cursor): unknown {
	let end = cursor.text.indexOf(']', cursor.at);
	for (let attempt = 0; attempt < 64 && end >= 0; attempt++, end = cursor.text.indexOf(']', end + 1)) {
		const value = parseOrMissing(cursor.text.slice(cursor.at, end));
		if (value !== undefined) {
			cursor.at = end;
			return value;
		}
	}
	return undefined;
}

function close(cursor: Cursor, step: Step): Step | null {
	return take(cursor, /\]/y) === null ? null : step;
}

function take(cursor: Cursor, pattern: RegExp): string | null {
	pattern.lastIndex = cursor.at;
	const found = pattern.exec(cursor.text);
	if (!found) return null;
	cursor.at = pattern.lastIndex;
	return found[0];
}

function parseOrMissing(text: string): unknown {
	try {
		return parseJson(text);
	} catch {
		return undefined;
	}
}
