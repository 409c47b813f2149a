import type {GlyphSet} from '../theme/glyphs.ts';

/** What a presenter draws into: pure values, so that the same model at the same moment gives the same lines. */
export interface Frame {
	/** Columns there are. */
	readonly width: number;
	/** Epoch milliseconds. */
	readonly now: number;
	readonly glyphs: GlyphSet;
}

/** A line of spans behind each other; what is false or empty is left out. */
export function joinSpans<Item>(items: readonly (Item | false | null | undefined | '')[], between: Item): Item[] {
	const kept = items.filter(item => item !== false && item !== null && item !== undefined && item !== '') as Item[];
	return kept.flatMap((item, index) => (index === 0 ? [item] : [between, item]));
}
