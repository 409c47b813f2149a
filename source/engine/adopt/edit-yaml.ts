import {type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments, type YAMLMap} from 'yaml';
import {removeAt, setAt} from '../fields/edit.ts';
import {isEqual} from '../fields/equal.ts';
import {lookup} from '../fields/lookup.ts';
import {printPath} from '../fields/path.ts';
import type {Path} from '../fields/step.ts';
import {habitsOf} from './habits.ts';
import {remove, replace} from './splice.ts';
import {find} from './walk.ts';

/** Gives a path a value, or takes it out (undefined). */
export interface YamlEdit {
	readonly path: Path;
	readonly value: unknown;
}

/** Which map of a file is edited: that of an object, or the only one there is. */
export type YamlTarget =
	| {readonly type: 'object'; readonly kind: string; readonly name: string; readonly line?: number}
	| {readonly type: 'only'};

export type YamlAnswer = {readonly ok: true; readonly text: string} | {readonly ok: false; readonly reason: string};

/**
 * Edits YAML as a person would: only what has to change changes, comments, order and style stay. The result is read back,
 * and must say exactly what was wanted and nothing else; what cannot be edited so is refused with a reason.
 */
export function editYaml(text: string, target: YamlTarget, edits: readonly YamlEdit[]): YamlAnswer {
	let current = text;
	for (const edit of edits) {
		const answer = editSafely(current, target, edit);
		if (!answer.ok) return answer;
		current = answer.text;
	}
	return {ok: true, text: current};
}

/** Aliases that multiply without end are an error of the parser. */
function editSafely(text: string, target: YamlTarget, edit: YamlEdit): YamlAnswer {
	try {
		return editOnce(text, target, edit);
	} catch (error) {
		return {ok: false, reason: `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`};
	}
}

function editOnce(text: string, target: YamlTarget, {path, value}: YamlEdit): YamlAnswer {
	const refuse = (reason: string): YamlAnswer => ({ok: false, reason});
	const place = locate(text, target);
	if (typeof place === 'string') return refuse(place);
	const {document, map} = place;
	const before: unknown = map.toJS(document);
	const expected = value === undefined ? removeAt(before, path) : setAt(before, path, value);
	if (isEqual(before, expected)) {
		const isSo = value === undefined || isEqual(lookup(before, path), value);
		return isSo ? {ok: true, text} : refuse(`${printPath(path)} leads through a value that holds nothing`);
	}
	const spot = find(document, map, path);
	if (typeof spot === 'string') return refuse(`${printPath(path)} ${spot}`);
	const habits = habitsOf(text, document);
	const edited = value === undefined ? remove(text, spot) : replace(text, spot, value, habits);
	if (edited === null) return refuse(`${printPath(path)} is written in a way that cannot be edited safely`);
	const after = locate(edited, target);
	if (typeof after === 'string' || !isEqual(after.map.toJS(after.document), expected) || !areOthersSame(text, edited)) {
		return refuse(`${printPath(path)} is written in a way that cannot be edited safely`);
	}
	return {ok: true, text: edited};

	/** Everything but the document at hand says what it said. */
	function areOthersSame(left: string, right: string): boolean {
		const others = (source: string): unknown[] => {
			const found = locate(source, target);
			const own = typeof found === 'string' ? undefined : found.document;
			return parse(source)
				.filter((_document, index) => index !== (typeof found === 'string' ? -1 : found.index))
				.map(other => (other === own ? null : other.toJS()));
		};
		return isEqual(others(left), others(right));
	}
}

interface Place {
	readonly document: Document.Parsed;
	readonly index: number;
	readonly map: YAMLMap;
}

/** The map that is meant, or why it cannot be found. */
function locate(text: string, target: YamlTarget): Place | string {
	const documents = parse(text);
	const broken = documents.find(({errors}) => errors.length > 0);
	if (broken) return `the file cannot be read: ${broken.errors[0]?.message.split('\n')[0] ?? ''}`;
	const places = documents.flatMap((document, index) => mapsOf(document).map(map => ({document, index, map})));
	if (target.type === 'only') return places.length === 1 ? places[0]! : 'the file does not hold just one map';
	const found = places.filter(({document, map}) => isMeant(document, map, target));
	if (found.length === 1) return found[0]!;
	if (found.length === 0) return `the file holds no ${target.kind}/${target.name} as it is rendered`;
	const byLine = found.filter(({map}) => lineOf(text, map.range?.[0] ?? 0) === target.line);
	return byLine.length === 1 ? byLine[0]! : `the file holds ${target.kind}/${target.name} more than once`;
}

function parse(text: string): Document.Parsed[] {
	const options = {keepSourceTokens: true, uniqueKeys: false, merge: true, logLevel: 'error', schema: 'core'} as const;
	const documents = parseAllDocuments(text, options);
	return Array.isArray(documents) ? documents : [];
}

/** The document's map; of a `List` the maps of its items. */
function mapsOf({contents}: Document.Parsed): YAMLMap[] {
	if (!isMap(contents)) return [];
	const items: unknown = contents.get('items');
	const kind: unknown = contents.get('kind');
	if (typeof kind !== 'string' || !kind.endsWith('List') || !isSeq(items)) return [contents as YAMLMap];
	return items.items.filter((item): item is YAMLMap => isMap(item));
}

function isMeant(document: Document, map: YAMLMap, {kind, name}: {kind: string; name: string}): boolean {
	const metadata: unknown = map.get('metadata', true);
	if (isAlias(metadata) || !isMap(metadata)) return false;
	const own: unknown = metadata.get('name', true);
	const text = isAlias(own) ? own.resolve(document) : own;
	return map.get('kind') === kind && isScalar(text) && String(text.value) === name;
}

function lineOf(text: string, offset: number): number {
	return text.slice(0, offset).split('\n').length;
}
