import type {Document, LineCounter, Node} from 'yaml';
import {isAlias, isMap, isScalar, isSeq} from 'yaml';

/** Steps from the root of a document to a value: keys of maps and indexes of lists. */
export type Path = readonly (string | number)[];

/** 1-based. */
export interface Position {
	readonly line: number;
	readonly column: number;
}

/** One document of a configuration file: its plain value, and where in the file every part of it stands. */
export interface SourceDocument {
	/** As shown to a person. */
	readonly file: string;
	/** Relative repository paths in this document start here. */
	readonly folder: string;
	/** Plain JSON-like data; 64-bit integers outside the safe range are `bigint`. */
	readonly value: unknown;
	/** Where the key or the value at the path stands; for a path that does not exist, its nearest existing ancestor. */
	positionOf(path: Path, part?: 'key' | 'value'): Position;
	/** The scalar at the path letter by letter as it stands in the file, with the quotes gone. */
	writtenAs(path: Path): string | undefined;
}

/** Adds positions to a value that was made from a YAML document. */
export function locatedDocument(options: {
	readonly file: string;
	readonly folder: string;
	readonly value: unknown;
	readonly yaml: Document;
	readonly lines: LineCounter;
}): SourceDocument {
	const {file, folder, value, yaml, lines} = options;
	return {
		file,
		folder,
		value,
		positionOf(path, part = 'value') {
			const found = find(yaml, path);
			const node = part === 'key' && found.isComplete ? found.key : found.node;
			const {line, col} = lines.linePos((node ?? found.key)?.range?.[0] ?? yaml.range?.[0] ?? 0);
			return {line: Math.max(line, 1), column: Math.max(col, 1)};
		},
		writtenAs(path) {
			const {node, isComplete} = find(yaml, path);
			return isComplete && isScalar(node) ? node.source : undefined;
		},
	};
}

/** The part of a document below a path, as a document of its own: an item of a List, one of several applications. */
export function below(document: SourceDocument, path: Path): SourceDocument {
	let value = document.value;
	for (const step of path) value = isContainer(value) && Object.hasOwn(value, step) ? value[step] : undefined;
	return {
		file: document.file,
		folder: document.folder,
		value,
		positionOf: (rest, part) => document.positionOf([...path, ...rest], part),
		writtenAs: rest => document.writtenAs([...path, ...rest]),
	};
}

/** The same places, another value: for data that was completed from somewhere else. */
export function withValue(document: SourceDocument, value: unknown): SourceDocument {
	return {...document, value};
}

function isContainer(value: unknown): value is Record<string | number, unknown> {
	return typeof value === 'object' && value !== null;
}

interface Found {
	readonly node: Node | null;
	readonly key: Node | null;
	/** False when the path ended early; node and key are then those of the nearest ancestor. */
	readonly isComplete: boolean;
}

function find(yaml: Document, path: Path): Found {
	let node: Node | null = yaml.contents;
	let key: Node | null = yaml.contents;
	for (const step of path) {
		const child = childOf(yaml, node, step);
		if (!child) return {node, key, isComplete: false};
		node = child.node ?? child.key;
		key = child.key ?? child.node;
	}
	return {node, key, isComplete: true};
}

function childOf(
	yaml: Document,
	parent: Node | null,
	step: string | number,
): {node: Node | null; key: Node | null} | null {
	const node = isAlias(parent) ? (parent.resolve(yaml) ?? null) : parent;
	if (isSeq(node)) {
		const item = typeof step === 'number' ? (node.items[step] as Node | undefined) : undefined;
		return item ? {node: item, key: null} : null;
	}
	if (!isMap(node)) return null;
	for (const pair of node.items) {
		if (isScalar(pair.key) && String(pair.key.value) === String(step)) {
			return {node: pair.value as Node | null, key: pair.key};
		}
	}
	return null;
}
