import {safeText} from '../../../model/text.ts';
import type {Follow, StepState} from '../../acts/follow-store.ts';
import type {Frame} from '../../present/frame.ts';
import type {GlyphName} from '../../theme/glyphs.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';
import {lineWidth} from '../../widgets/fit/line.ts';

const marks: Readonly<Record<StepState, {readonly glyph: GlyphName; readonly style: StyleName}>> = {
	waiting: {glyph: 'separator', style: 'quiet'},
	running: {glyph: 'busy', style: 'busy'},
	done: {glyph: 'good', style: 'good'},
	left: {glyph: 'held', style: 'held'},
	failed: {glyph: 'bad', style: 'bad'},
};

/** `✓ reverted 9f3c1a2  ✓ pushed 5be1f0c  ✓ pulled  ⟳ syncing 1/2  · healthy`, and below it why it does not go on. */
export function followLines({steps, message, isOver}: Follow, frame: Pick<Frame, 'glyphs' | 'width'>): LineText[] {
	// What is over goes first where there is no room for all of it.
	const shorter = steps.findIndex((_step, from) => lineWidth(wayOf(steps, from, frame)) <= frame.width);
	const way = wayOf(steps, shorter < 0 ? steps.length - 1 : shorter, frame);
	const isStuck = isOver && steps.some(({state}) => state !== 'done');
	return isStuck ? [way, [{text: safeText(message), style: 'warning'}]] : [way];
}

function wayOf(steps: Follow['steps'], from: number, {glyphs}: Pick<Frame, 'glyphs'>): LineText {
	const spans = steps.slice(from).flatMap(({text, state}, index): Span[] => {
		const {glyph, style} = marks[state];
		return [{text: index === 0 ? '' : '  '}, {text: `${glyphs.glyph[glyph]} ${safeText(text)}`, style}];
	});
	return from === 0 ? spans : [{text: `${glyphs.glyph.ellipsis} `}, ...spans];
}
