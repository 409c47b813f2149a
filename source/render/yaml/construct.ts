import {EVENT_ID, type Event, getScalarValue, SCALAR_STYLE, type ScalarEvent} from 'js-yaml';
import type {RenderLimits} from '../limits.ts';
import type {ParsedYaml} from './parse.ts';
import {YamlRefusal} from './refusal.ts';
import {isUnrepresentable, keyText, resolvePlain, resolveTagged} from './scalar.ts';

/** Names through which a key of a plain JavaScript object could reach its prototype. */
const refusedKeys = new Set(['__proto__', 'constructor', 'prototype']);

const standardTag = 'tag:yaml.org,2002:';
const absent = -1;

interface Anchor {
	readonly value: unknown;
	readonly isComplete: boolean;
}

export interface ConstructedDocument {
	readonly value: unknown;
	/** Offset of the first node; the end of the text when there is none. */
	readonly position: number;
}

/** Called with each key that stands twice in one map; what it does not refuse replaces the former, as in Kubernetes. */
export type DuplicateKeyHandler = (key: string, position: number) => void;

/**
 * Builds plain JSON values from js-yaml's events, in one pass: one document normally, more after a `...` line. js-yaml's
 * own constructor follows the specification for merge keys where Kubernetes merges in the order of the text, shares
 * aliased objects (changed by one reader, changed for all) and cannot tell where a refused key stands.
 */
export function constructDocuments(
	{source, events}: ParsedYaml,
	limits: RenderLimits,
	onDuplicateKey: DuplicateKeyHandler = refuseDuplicateKey,
): ConstructedDocument[] {
	let index = 0;
	let depth = 0;
	let aliases = 0;
	let aliasedNodes = 0;
	let anchors = new Map<string, Anchor>();

	const documents: ConstructedDocument[] = [];
	while (index < events.length) {
		index++;
		anchors = new Map();
		const first = events[index];
		documents.push({value: node(), position: first ? positionOf(first, source.length) : source.length});
		index++;
	}
	return documents;

	function node(): unknown {
		const event = events[index++];
		switch (event?.type) {
			case EVENT_ID.SCALAR:
				return remember(event, scalar(event));
			case EVENT_ID.SEQUENCE:
				return collection(event, sequence);
			case EVENT_ID.MAPPING:
				return collection(event, mapping);
			case EVENT_ID.ALIAS:
				return alias(event.anchorStart, event.anchorEnd);
			default:
				return null;
		}
	}

	function collection(event: AnchoredEvent, read: () => unknown): unknown {
		depth++;
		remember(event, undefined, false);
		const value = remember(event, read());
		depth--;
		return value;
	}

	function sequence(): unknown[] {
		const items: unknown[] = [];
		while (!isEnd()) items.push(node());
		index++;
		return items;
	}

	function mapping(): Record<string, unknown> {
		const map: Record<string, unknown> = {};
		// Keys written in this mapping itself; only told apart from merged ones once something was merged.
		let written: Set<string> | undefined;
		while (!isEnd()) {
			const event = events[index]!;
			const position = positionOf(event, source.length);
			if (isMergeKey(event)) {
				index++;
				written ??= new Set(Object.keys(map));
				merge(map, node(), position);
				continue;
			}
			const key = mappingKey(event, position);
			if (written ? written.has(key) : Object.hasOwn(map, key)) onDuplicateKey(key, position);
			written?.add(key);
			map[key] = node();
		}
		index++;
		return map;
	}

	function mappingKey(event: Event, position: number): string {
		const value = node();
		const text = event.type === EVENT_ID.SCALAR ? getScalarValue(source, event) : String(value);
		const key = keyText(value, text);
		if (key === undefined) throw badKey(value, position);
		if (refusedKeys.has(key)) {
			throw new YamlRefusal(
				'YamlKeyRefused',
				`the key ${key} is refused: it could change the program itself`,
				position,
			);
		}
		return key;
	}

	/** In the order of the text, as go-yaml: what is merged later wins, also over keys written before; in a list the first wins. */
	function merge(map: Record<string, unknown>, value: unknown, position: number): void {
		const sources = Array.isArray(value) ? value.toReversed() : [value];
		for (const merged of sources) {
			if (!isMap(merged))
				throw new YamlRefusal('YamlInvalid', 'a merge key << needs a map or a list of maps', position);
			Object.assign(map, merged);
		}
	}

	function scalar(event: ScalarEvent): unknown {
		const text = getScalarValue(source, event);
		if (event.tagStart === absent) {
			if (event.style !== SCALAR_STYLE.PLAIN) return text;
			if (isUnrepresentable(text)) throw unrepresentable(text, positionOf(event, source.length));
			return resolvePlain(text);
		}
		const tag = tagOf(source.slice(event.tagStart, event.tagEnd));
		const value = resolveTagged(tag, text);
		if (value === undefined) {
			throw isUnrepresentable(text)
				? unrepresentable(text, event.tagStart)
				: new YamlRefusal('YamlInvalid', `the value does not fit its tag ${tag}`, event.tagStart);
		}
		return value;
	}

	function alias(start: number, end: number): unknown {
		const name = source.slice(start, end);
		const anchor = anchors.get(name);
		if (!anchor) throw new YamlRefusal('YamlInvalid', `the alias *${name} has no anchor in this document`, start);
		if (!anchor.isComplete) throw new YamlRefusal('YamlInvalid', `the anchor &${name} contains itself`, start);
		if (++aliases > limits.aliases) throw tooManyAliases(`more than ${limits.aliases} aliases`, start);
		return copy(anchor.value, depth, start);
	}

	function copy(value: unknown, level: number, position: number): unknown {
		if (++aliasedNodes > limits.aliasedNodes) throw tooManyAliases('aliases expand to too many values', position);
		if (typeof value !== 'object' || value === null) return value;
		if (level >= limits.depth) throw tooManyAliases('aliases nest maps and lists too deeply', position);
		if (Array.isArray(value)) return value.map(item => copy(item, level + 1, position));
		return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, copy(item, level + 1, position)]));
	}

	function remember(event: AnchoredEvent, value: unknown, isComplete = true): unknown {
		if (event.anchorStart !== absent) {
			anchors.set(source.slice(event.anchorStart, event.anchorEnd), {value, isComplete});
		}
		return value;
	}

	function isEnd(): boolean {
		const event = events[index];
		return event === undefined || event.type === EVENT_ID.POP;
	}

	function isMergeKey(event: Event): boolean {
		if (event.type !== EVENT_ID.SCALAR || getScalarValue(source, event) !== '<<') return false;
		if (event.tagStart === absent) return event.style === SCALAR_STYLE.PLAIN;
		return tagOf(source.slice(event.tagStart, event.tagEnd)) === '!!merge';
	}
}

type AnchoredEvent = Extract<Event, {anchorStart: number; tagStart: number}>;

function positionOf(event: Event, end: number): number {
	if ('start' in event && event.start !== absent) return event.start;
	if ('valueStart' in event && event.valueStart !== absent) return event.valueStart;
	if ('anchorStart' in event && event.anchorStart !== absent) return event.anchorStart;
	if ('tagStart' in event && event.tagStart !== absent) return event.tagStart;
	return end;
}

/** `!!int` for YAML's own tags, however they are spelled; `!` and everything else as written. */
function tagOf(written: string): string {
	const verbatim = /^!<(.*)>$/.exec(written)?.[1];
	return verbatim?.startsWith(standardTag) ? `!!${verbatim.slice(standardTag.length)}` : written;
}

function isMap(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function refuseDuplicateKey(key: string, position: number): never {
	throw new YamlRefusal('YamlDuplicateKey', `the key ${key} stands twice in the same map`, position, {
		hint: 'Kubernetes would silently take the last one: remove one of them',
	});
}

function badKey(key: unknown, position: number): YamlRefusal {
	if (typeof key === 'object' && key !== null) {
		return new YamlRefusal('YamlInvalid', 'a map or a list cannot be a key', position);
	}
	if (key === null)
		return new YamlRefusal('YamlInvalid', 'a key is empty or null', position, {hint: 'Put it in quotes'});
	return new YamlRefusal('YamlInvalid', 'a number beyond 64 bits cannot be a key', position, {
		hint: 'Put it in quotes',
	});
}

function unrepresentable(text: string, position: number): YamlRefusal {
	const message = `the number ${text} has no place in JSON, which is what Kubernetes stores`;
	return new YamlRefusal('YamlInvalid', message, position, {hint: 'Put it in quotes if it is meant as text'});
}

function tooManyAliases(message: string, position: number): YamlRefusal {
	return new YamlRefusal('YamlTooComplex', message, position, {hint: 'Write the values out, or split the document'});
}
