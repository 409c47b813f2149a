import type {GlyphSet} from '../../theme/glyphs.ts';
import type {Span} from '../../theme/styles.ts';

/** `████░░░░` of exactly `width` columns. Full only when all is done, empty only when nothing is. */
export function progressBar(done: number, total: number, width: number, {glyph}: GlyphSet): readonly Span[] {
	const share = total > 0 ? Math.max(0, Math.min(1, done / total)) : 0;
	const rounded = Math.round(share * width);
	const full = share === 1 ? width : share === 0 ? 0 : Math.max(1, Math.min(width - 1, rounded));
	return [
		{text: glyph.barFull.repeat(full), style: 'busy'},
		{text: glyph.barEmpty.repeat(Math.max(0, width - full)), style: 'quiet'},
	];
}
