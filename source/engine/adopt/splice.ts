import {isMap, isScalar, type Node, type Pair, type YAMLMap, type YAMLSeq} from 'yaml';
import {setAt} from '../fields/edit.ts';
import {columnOf} from './habits.ts';
import {keyText, type ScalarStyle, scalarText} from './scalar-text.ts';
import {afterDash, afterKey, flowText, type YamlHabits} from './value-text.ts';
import {type Holder, nodeAt, type Spot} from './walk.ts';

/** The text with a value at the spot; null: it is written in a way that this cannot change. */
export function replace(text: string, spot: Spot, value: unknown, habits: YamlHabits): string | null {
	if (spot.type === 'missing') {
		const {container, step, rest} = spot;
		// A list item is its key fields and what is below it.
		const made = setAt(undefined, [step, ...rest], value);
		if (isMap(container)) {
			if (step.type !== 'field') return null;
			return addPair(text, container, step.name, (made as Record<string, unknown>)[step.name], habits);
		}
		return step.type === 'index' ? null : addItem(text, container, (made as unknown[])[0], habits);
	}
	const wanted = spot.rest.length > 0 ? setAt(undefined, spot.rest, value) : value;
	const node = nodeAt(spot);
	const isCollection = typeof wanted === 'object' && wanted !== null;
	if (isScalar(node) && node.range && !isCollection && isOneLine(node.type) && node.range[0] < node.range[1]) {
		const inFlow = isFlow(spot.type === 'pair' ? spot.map : spot.list);
		if (inFlow || typeof wanted !== 'string' || !wanted.includes('\n')) {
			return splice(text, node.range[0], node.range[1], scalarText(wanted, styleOf(node.type)));
		}
	}
	return spot.type === 'pair'
		? replaceValue(text, spot.map, spot.index, wanted, habits)
		: replaceItem(text, spot, wanted, habits);
}

/** The text without what is at the spot. */
export function remove(text: string, spot: Spot): string | null {
	if (spot.type === 'missing') return null;
	const collection = spot.type === 'pair' ? spot.map : spot.list;
	const spans = spansOf(collection);
	if (!spans) return null;
	const {length} = spans;
	const {index} = spot;
	const own = spans[index]!;
	if (isFlow(collection)) {
		if (length === 1) return splice(text, collection.range![0] + 1, collection.range![1] - 1, '');
		return index > 0 ? splice(text, spans[index - 1]!.end, own.end, '') : splice(text, own.start, spans[1]!.start, '');
	}
	if (length === 1) return emptied(text, spot.holder, isMap(collection) ? '{}' : '[]');
	const lineStart = text.lastIndexOf('\n', own.start - 1) + 1;
	if (text.slice(lineStart, own.start).trim() === '') return splice(text, lineStart, afterLine(text, own.end), '');
	// The first key of a list item stands behind its dash: the next one takes its place.
	return index + 1 < length ? splice(text, own.start, spans[index + 1]!.start, '') : null;
}

function isOneLine(type: string | undefined): boolean {
	return type === 'PLAIN' || type === 'QUOTE_SINGLE' || type === 'QUOTE_DOUBLE';
}

function styleOf(type: string | undefined): ScalarStyle {
	return type === 'QUOTE_SINGLE' ? 'single' : type === 'QUOTE_DOUBLE' ? 'double' : 'plain';
}

function isFlow(collection: YAMLMap | YAMLSeq): boolean {
	return collection.flow === true;
}

/** Keys in double quotes inside brackets: the file is, or could be, JSON. */
function isJson(map: YAMLMap): boolean {
	const [first] = map.items;
	return isScalar(first?.key) && first.key.type === 'QUOTE_DOUBLE';
}

function splice(text: string, start: number, end: number, replacement: string): string {
	return text.slice(0, start) + replacement + text.slice(end);
}

/** Everything after the colon of a pair, up to the end of its value. */
function replaceValue(text: string, map: YAMLMap, index: number, value: unknown, habits: YamlHabits): string | null {
	const pair = map.items[index]!;
	const colon = colonOf(pair);
	const key = rangeOf(pair.key);
	if (colon === null || !key) return null;
	const node = rangeOf(pair.value);
	const end = Math.max(colon + 1, node ? trimmedEnd(text, node[1], colon + 1) : colon + 1);
	if (isFlow(map)) return splice(text, colon + 1, end, ` ${flowText(value, isJson(map))}`);
	const style = isScalar(pair.value) ? styleOf(pair.value.type) : 'plain';
	return splice(text, colon + 1, end, afterKey(value, columnOf(text, key[0]), habits, style));
}

function replaceItem(
	text: string,
	{list, index}: {list: YAMLSeq; index: number},
	value: unknown,
	habits: YamlHabits,
): string | null {
	const node = rangeOf(list.items[index]);
	if (!node) return null;
	const end = trimmedEnd(text, node[1], node[0]);
	if (isFlow(list)) return splice(text, node[0], end, flowText(value));
	const dash = dashOf(list, index);
	if (dash === null) return null;
	return splice(text, dash + 1, end, ` ${afterDash(value, columnOf(text, dash), habits)}`);
}

function addPair(text: string, map: YAMLMap, key: string, value: unknown, habits: YamlHabits): string | null {
	const spans = spansOf(map);
	if (!spans || !map.range) return null;
	const [first] = spans;
	const last = spans.at(-1);
	if (isFlow(map)) {
		const json = isJson(map);
		const entry = `${keyText(key, json)}: ${flowText(value, json)}`;
		if (!first || !last) return splice(text, map.range[0] + 1, map.range[1] - 1, entry);
		return splice(text, last.end, last.end, separatorBefore(text, map.range[0] + 1, first.start) + entry);
	}
	if (!first || !last) return null;
	const column = columnOf(text, first.start);
	return addLine(text, last.end, `${' '.repeat(column)}${keyText(key)}:${afterKey(value, column, habits)}`, habits);
}

function addItem(text: string, list: YAMLSeq, value: unknown, habits: YamlHabits): string | null {
	const spans = spansOf(list);
	if (!spans || !list.range) return null;
	const [first] = spans;
	const last = spans.at(-1);
	if (isFlow(list)) {
		const entry = flowText(
			value,
			list.items.some(item => isMap(item) && isJson(item as YAMLMap)),
		);
		if (!first || !last) return splice(text, list.range[0] + 1, list.range[1] - 1, entry);
		return splice(text, last.end, last.end, separatorBefore(text, list.range[0] + 1, first.start) + entry);
	}
	const dash = dashOf(list, 0);
	if (dash === null || !last) return null;
	const column = columnOf(text, dash);
	return addLine(text, last.end, `${' '.repeat(column)}- ${afterDash(value, column, habits)}`, habits);
}

/** One entry a line, or all on one. */
function separatorBefore(text: string, open: number, first: number): string {
	const space = text.slice(open, first);
	return space.includes('\n') ? `,${space.slice(space.search(/\r?\n/))}` : ', ';
}

/** Below the line in which something ends; the comment behind it stays where it is. */
function addLine(text: string, end: number, line: string, {lineEnd}: YamlHabits): string {
	const at = afterLine(text, end);
	const isOpen = at === text.length && !text.endsWith('\n');
	return splice(text, at, at, isOpen ? lineEnd + line : line + lineEnd);
}

/** Where the next line begins. */
function afterLine(text: string, end: number): number {
	if (text[end - 1] === '\n') return end;
	const next = text.indexOf('\n', end);
	return next < 0 ? text.length : next + 1;
}

/** The last key or item is gone: what held it holds nothing, which is not the same as not being there. */
function emptied(text: string, holder: Holder, nothing: '{}' | '[]'): string | null {
	const node = holder && rangeOf(nodeAt(holder));
	if (!holder || !node) return null;
	if (holder.type === 'item') {
		const dash = dashOf(holder.list, holder.index);
		return dash === null ? null : splice(text, dash + 1, trimmedEnd(text, node[1], dash + 1), ` ${nothing}`);
	}
	const colon = colonOf(holder.map.items[holder.index]!);
	return colon === null ? null : splice(text, colon + 1, trimmedEnd(text, node[1], colon + 1), ` ${nothing}`);
}

type Range = readonly [number, number, number];

function rangeOf(node: unknown): Range | null {
	return ((node as Node | null)?.range as Range | null | undefined) ?? null;
}

/** Block values end with their last line, line end included: that one stays. */
function trimmedEnd(text: string, end: number, start: number): number {
	let at = end;
	while (at > start && /\s/.test(text[at - 1]!)) at--;
	return at;
}

/** From the key, or the dash, to the end of the value. */
function spansOf(collection: YAMLMap | YAMLSeq): {start: number; end: number}[] | null {
	const spans = collection.items.map((item, index) => {
		if (isMap(collection)) {
			const pair = item as Pair;
			const key = rangeOf(pair.key);
			const colon = colonOf(pair);
			if (!key) return null;
			return {start: key[0], end: Math.max(rangeOf(pair.value)?.[1] ?? key[1], colon === null ? key[1] : colon + 1)};
		}
		const value = rangeOf(item);
		if (!value) return null;
		const dash = isFlow(collection) ? value[0] : dashOf(collection as YAMLSeq, index);
		return dash === null ? null : {start: dash, end: value[1]};
	});
	return spans.every(span => span !== null) ? spans : null;
}

interface SourceToken {
	readonly type: string;
	readonly offset: number;
}

function colonOf(pair: Pair): number | null {
	const {srcToken} = pair as {srcToken?: {sep?: readonly SourceToken[]}};
	return srcToken?.sep?.find(({type}) => type === 'map-value-ind')?.offset ?? null;
}

function dashOf(list: YAMLSeq, index: number): number | null {
	const {srcToken} = list as {srcToken?: {items?: readonly {start?: readonly SourceToken[]}[]}};
	return srcToken?.items?.[index]?.start?.find(({type}) => type === 'seq-item-ind')?.offset ?? null;
}
