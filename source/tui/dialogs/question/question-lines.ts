import {safeText} from '../../../model/text.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText, Span} from '../../theme/styles.ts';
import {textFieldLine} from '../../widgets/text-field/text-field-line.ts';
import {keyNote} from '../box/key-note.ts';
import {sentenceLines} from '../content/rows.ts';
import {keyNameOf, type QuestionState} from './question-state.ts';

/** What a yes is, below the text: it never scrolls away. */
export function approvalLines(state: QuestionState, frame: Frame): LineText[] {
	const {approval} = state.question;
	switch (approval.type) {
		case 'none':
			return [];
		case 'button': {
			const {label} = approval;
			return ['', [button('Leave', !state.isYesFocused), {text: '   '}, button(label, state.isYesFocused)]];
		}
		case 'word': {
			const word = safeText(approval.word);
			const ask = `Type ${word} ${approval.purpose}, esc to leave: `;
			const room = frame.width - ask.length;
			const field = (columns: number) => textFieldLine(state.typed, columns, frame.glyphs);
			const shortest = Math.min(24, word.length + 2);
			const lines: LineText[] =
				room >= shortest
					? [[{text: ask}, ...field(room)]]
					: [...sentenceLines(ask.trim(), 'plain', frame), [...field(frame.width)]];
			return [
				'',
				...lines,
				...(state.isWrong ? sentenceLines(`that is not ${word}; nothing was done`, 'bad', frame) : []),
			];
		}
	}
}

function button(text: string, isFocused: boolean): Span {
	return {text: isFocused ? `[ ${text} ]` : `  ${text}  `, style: isFocused ? 'buttonFocused' : 'button'};
}

/** What keys do, for the lower edge. */
export function questionNote({question}: QuestionState): LineText {
	const {approval, more} = question;
	const keys = more.map(each => [keyNameOf(each, approval), each.title] as const);
	const go = approval.type === 'button' ? ([['tab', 'changes']] as const) : [];
	const leave = approval.type === 'none' ? 'closes' : 'leaves';
	const all = [...go, ...keys, ['esc', leave] as const];
	return keyNote(all);
}
