import {safeText} from '../../../model/text.ts';
import type {Follow, StepState} from '../../acts/follow-store.ts';
import type {Frame} from '../../present/frame.ts';
import type {GlyphName} from '../../theme/glyphs.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';

const marks: Readonly<Record<StepState, {readonly glyph: GlyphName; readonly style: StyleName}>> = {
	waiting: {glyph: 'separator', style: 'quiet'},
	running: {glyph: 'busy', style: 'busy'},
	done: {glyph: 'good', style: 'good'},
	left: {glyph: 'held', style: 'held'},
	failed: {glyph: 'bad', style: 'bad'},
};

/** `✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ✓ pulled  ⟳ syncing 1/2  · healthy`, and below it why it does not go on. */
export function followLines({steps, message, isOver}: Follow, {glyphs}: Pick<Frame, 'glyphs'>): LineText[] {
	const way: LineText = steps.flatMap(({text, state}, index): Span[] => {
		const {glyph, style} = marks[state];
		return [{text: index === 0 ? '' : '  '}, {text: `${glyphs.glyph[glyph]} ${safeText(text)}`, style}];
	});
	const isStuck = isOver && steps.some(({state}) => state !== 'done');
	return isStuck ? [way, [{text: safeText(message), style: 'warning'}]] : [way];
}
