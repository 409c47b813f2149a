import {safeText} from '../../../model/text.ts';
import type {Act} from '../../acts/ledger.ts';
import type {Frame} from '../../present/frame.ts';
import {formatTimeOfDay} from '../../store/ages.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';
import {indentLines, sentenceLines} from './rows.ts';

const states: Readonly<Record<Act['state'], {readonly glyph: 'busy' | 'good' | 'bad'; readonly style: StyleName}>> = {
	running: {glyph: 'busy', style: 'busy'},
	done: {glyph: 'good', style: 'good'},
	failed: {glyph: 'bad', style: 'bad'},
};

/** Who did what, where, when, and what came of it; newest first. */
export function actLines(acts: readonly Act[], frame: Frame): LineText[] {
	if (acts.length === 0) {
		return sentenceLines(
			'Nothing was done from this screen yet. The journal has what was done elsewhere.',
			'quiet',
			frame,
		);
	}
	return acts.flatMap(({time, who, verb, target, where, state, result, isUndone}) => {
		const {glyph, style} = states[state];
		const undone = isUndone ? ', undone' : '';
		const came = result ? `: ${result}` : '';
		const head = safeText(`${verb} ${target}${undone}`);
		return [
			[
				{text: `${formatTimeOfDay(time)} `, style: 'quiet'},
				{text: `${frame.glyphs.glyph[glyph]} ${state} `, style},
				{text: head, style: 'strong'},
			] as const,
			...indentLines(
				sentenceLines(`on ${where || 'this screen'}, by ${who}${came}`, 'plain', {width: frame.width - 9}),
				9,
			),
		];
	});
}
