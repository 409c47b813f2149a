import {type Event, parseEvents, YAMLException} from 'js-yaml';
import {forbiddenCharacter, nestedTooDeeply} from './complaints.ts';
import {looksLikeJson} from './json-stream.ts';
import {lineOf, YamlRefusal} from './refusal.ts';

/** A parsed document: events refer to `source` by offset. */
export interface ParsedYaml {
	readonly source: string;
	readonly events: readonly Event[];
}

/** C0 and C1 controls but tab and line ends, DEL, Unicode line separators and non-characters: go-yaml refuses them. */
const forbidden = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]/;
/** Inside JSON strings more is allowed. */
const forbiddenInJson = /[\0-\x08\x0b\x0c\x0e-\x1f]/;

/** Bounds the work spent on one document that needs many repairs. */
const repairBudgetCharacters = 5_000_000;

/**
 * Parses one document. go-yaml, which Kubernetes uses, is more lenient than YAML 1.2: inside brackets and quotes the
 * indentation means nothing, a comment may follow a token directly, and `\'` is an escape. Where js-yaml stops at one of
 * these, the text is changed to say the same in stricter words (lines stay lines) and parsed again.
 */
export function parseYaml(text: string, maxDepth: number): ParsedYaml {
	const control = (looksLikeJson(text) ? forbiddenInJson : forbidden).exec(text);
	if (control) throw new YamlRefusal(forbiddenCharacter(control[0].charCodeAt(0)), lineOf(text, control.index));
	let source = text;
	let last = -1;
	for (let spent = 0; ; spent += source.length) {
		try {
			return {source, events: parseEvents(source, {maxDepth})};
		} catch (error) {
			if (!(error instanceof YAMLException)) throw error;
			const position = error.mark?.position ?? -1;
			const repaired =
				position > last && spent < repairBudgetCharacters ? repair(source, error.reason, position) : null;
			if (repaired === null) throw syntaxRefusal(error);
			last = position;
			source = repaired;
		}
	}
}

/** The text said more strictly at the place where the parser stopped; null when this is a real mistake. */
function repair(source: string, reason: string, position: number): string | null {
	const next = source[position];
	if (next === undefined) return null;
	const previous = source[position - 1];
	if (reason === 'deficient indentation') return insert(source, position, ' '.repeat(deepestIndentation(source) + 1));
	if (reason === 'unknown escape sequence' && next === "'" && previous === '\\') {
		return source.slice(0, position - 1) + source.slice(position);
	}
	if (next === '#' && previous !== undefined && !/\s/.test(previous)) return insert(source, position, ' ');
	return null;
}

function insert(source: string, position: number, text: string): string {
	return source.slice(0, position) + text + source.slice(position);
}

function deepestIndentation(source: string): number {
	let deepest = 0;
	for (const [spaces] of source.matchAll(/^ +/gm)) deepest = Math.max(deepest, spaces.length);
	return deepest;
}

function syntaxRefusal({reason, mark}: YAMLException): YamlRefusal {
	const line = mark?.line ?? 0;
	if (reason.startsWith('nesting exceeded')) return new YamlRefusal(nestedTooDeeply(), line);
	return new YamlRefusal({code: 'YamlInvalid', message: reason}, line, true);
}
