import {
	COLLECTION_STYLE,
	EVENT_ID,
	type Event,
	getScalarValue,
	type MappingEvent,
	SCALAR_STYLE,
	type ScalarEvent,
	type SequenceEvent,
} from 'js-yaml';
import {isMap} from '../is-map.ts';
import type {RenderLimits} from '../limits.ts';
import {
	ambiguousInBrackets,
	duplicateKey,
	nestedTooDeeply,
	recursiveAnchor,
	refusedKey,
	tooManyAliases,
	unfitKey,
	unfitMerge,
	unfitTag,
	unknownAlias,
	unrepresentable,
} from './complaints.ts';
import type {ParsedYaml} from './parse.ts';
import {type Complaint, lineOf, YamlRefusal} from './refusal.ts';
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
	/** 0-based line of the first node. */
	readonly line: number;
	/** Keys that stood twice in one map, when that is not refused: the last one counted. */
	readonly duplicateKeys: readonly string[];
}

/**
 * Builds plain JSON values from js-yaml's events, in one pass: one document normally, more after a `...` line. js-yaml's
 * own constructor follows the specification for merge keys where Kubernetes merges in the order of the text, shares
 * aliased objects (changed by one reader, changed for all) and cannot tell where a refused key stands.
 */
export function constructDocuments(
	{source, events}: ParsedYaml,
	limits: RenderLimits,
	duplicateKeys: 'refuse' | 'last',
): ConstructedDocument[] {
	let index = 0;
	let depth = 0;
	/** How many of the open collections are written in brackets. */
	let brackets = 0;
	let aliases = 0;
	let aliasedNodes = 0;
	let anchors = new Map<string, Anchor>();
	let repeated: string[] = [];

	const documents: ConstructedDocument[] = [];
	while (index < events.length) {
		index++;
		anchors = new Map();
		repeated = [];
		const line = lineOf(source, positionOf(events[index], source.length));
		documents.push({value: node(), line, duplicateKeys: repeated});
		index++;
	}
	return documents;

	function refuse(complaint: Complaint, position: number): never {
		throw new YamlRefusal(complaint, lineOf(source, position));
	}

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

	function collection(event: SequenceEvent | MappingEvent, read: () => unknown): unknown {
		const isBracketed = event.style === COLLECTION_STYLE.FLOW;
		depth++;
		if (isBracketed) brackets++;
		remember(event, undefined, false);
		const value = remember(event, read());
		if (isBracketed) brackets--;
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
			if (written ? written.has(key) : Object.hasOwn(map, key)) {
				if (duplicateKeys === 'refuse') refuse(duplicateKey(key), position);
				repeated.push(key);
			}
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
		if (key === undefined) return refuse(unfitKey(value), position);
		if (refusedKeys.has(key)) refuse(refusedKey(key), position);
		return key;
	}

	/** In the order of the text, as go-yaml: what is merged later wins, also over keys written before; in a list the first wins. */
	function merge(map: Record<string, unknown>, value: unknown, position: number): void {
		const sources = Array.isArray(value) ? value.toReversed() : [value];
		for (const merged of sources) {
			if (isMap(merged)) Object.assign(map, merged);
			else refuse(unfitMerge(), position);
		}
	}

	function scalar(event: ScalarEvent): unknown {
		const text = getScalarValue(source, event);
		if (event.tagStart === absent) {
			if (event.style !== SCALAR_STYLE.PLAIN) return text;
			if (isUnrepresentable(text)) refuse(unrepresentable(text), event.valueStart);
			if (brackets > 0 && isAmbiguous(event, text)) refuse(ambiguousInBrackets(text), event.valueStart);
			return resolvePlain(text);
		}
		const tag = tagOf(source.slice(event.tagStart, event.tagEnd));
		const value = resolveTagged(tag, text);
		if (value === undefined) refuse(isUnrepresentable(text) ? unrepresentable(text) : unfitTag(tag), event.tagStart);
		return value;
	}

	/** Where go-yaml and YAML 1.2 part: `[?a]` and `{a:, b:}`. Guessing would be wrong for one of two readers. */
	function isAmbiguous(event: ScalarEvent, text: string): boolean {
		if (text.length > 1 && text.startsWith('?')) return true;
		return source[event.valueEnd] === ':' && /[,\]}]/.test(source[event.valueEnd + 1] ?? '');
	}

	function alias(start: number, end: number): unknown {
		const name = source.slice(start, end);
		const anchor = anchors.get(name);
		if (!anchor) return refuse(unknownAlias(name), start);
		if (!anchor.isComplete) refuse(recursiveAnchor(name), start);
		if (++aliases > limits.aliases) refuse(tooManyAliases(`more than ${limits.aliases} aliases`), start);
		return copy(anchor.value, depth, start);
	}

	function copy(value: unknown, level: number, position: number): unknown {
		if (++aliasedNodes > limits.aliasedNodes) refuse(tooManyAliases('aliases expand to too many values'), position);
		if (typeof value !== 'object' || value === null) return value;
		if (level >= limits.depth) refuse(nestedTooDeeply(), position);
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

type AnchoredEvent = ScalarEvent | SequenceEvent | MappingEvent;

function positionOf(event: Event | undefined, end: number): number {
	if (event === undefined) return end;
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
