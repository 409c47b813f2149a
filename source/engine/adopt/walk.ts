import {type Document, isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap, type YAMLSeq} from 'yaml';
import {indexOf} from '../fields/lookup.ts';
import type {Path, Step} from '../fields/step.ts';

/** Where in a document something is to be changed. */
export type Spot =
	/** A pair of a map, whose value is replaced or which goes. */
	| {readonly type: 'pair'; readonly map: YAMLMap; readonly index: number; readonly holder: Holder; readonly rest: Path}
	/** An item of a list. `rest`: what is left of the path, when there is nothing at this place yet. */
	| {
			readonly type: 'item';
			readonly list: YAMLSeq;
			readonly index: number;
			readonly holder: Holder;
			readonly rest: Path;
	  }
	/** There is nothing yet: this belongs into the map or list, with what is left of the path below it. */
	| {readonly type: 'missing'; readonly container: YAMLMap | YAMLSeq; readonly step: Step; readonly rest: Path};

/** The pair or item that holds the map or list; null: it is the document's root. */
export type Holder =
	| {readonly type: 'pair'; readonly map: YAMLMap; readonly index: number}
	| {readonly type: 'item'; readonly list: YAMLSeq; readonly index: number}
	| null;

/** Follows a path as far as it goes; a text says why it must not be followed. */
export function find(document: Document, root: YAMLMap, path: Path): Spot | string {
	let container: YAMLMap | YAMLSeq = root;
	let holder: Holder = null;
	for (const [position, step] of path.entries()) {
		const rest = path.slice(position + 1);
		const index: number = isMap(container)
			? container.items.findIndex(pair => step.type === 'field' && nameOf(pair) === step.name)
			: indexOf(container.toJS(document), step);
		if (index < 0) {
			if (isMap(container) && rest.length > 0 && container.items.some(pair => nameOf(pair) === '<<')) return aliased;
			return {type: 'missing', container, step, rest};
		}
		const spot: Spot = isMap(container)
			? {type: 'pair', map: container, index, holder, rest}
			: {type: 'item', list: container as YAMLSeq, index, holder, rest};
		const node = nodeAt(spot);
		if (isAlias(node) || (node && 'anchor' in node && node.anchor)) return aliased;
		const isEmpty = node === null || (isScalar(node) && node.value === null);
		if (rest.length === 0 || isEmpty) return spot;
		if (!isMap(node) && !isSeq(node)) return 'leads through a value that holds nothing';
		holder = spot.type === 'pair' ? {type: 'pair', map: spot.map, index} : {type: 'item', list: spot.list, index};
		container = node as YAMLMap | YAMLSeq;
	}
	return 'names the whole object';
}

const aliased = 'is shared with other places by a YAML anchor';

export function nameOf(pair: Pair): string | null {
	if (!isScalar(pair.key)) return null;
	// The parser's own mark for a merge key.
	return typeof pair.key.value === 'symbol' ? '<<' : String(pair.key.value);
}

export function nodeAt(spot: Exclude<Spot, {type: 'missing'}> | NonNullable<Holder>): Node | null {
	const node: unknown = spot.type === 'pair' ? spot.map.items[spot.index]?.value : spot.list.items[spot.index];
	return (node ?? null) as Node | null;
}
