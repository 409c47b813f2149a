import type {Frame} from '../../present/frame.ts';
import type {LineText, Span} from '../../theme/styles.ts';
import {lineWidth} from '../../widgets/fit/line.ts';
import {textFieldLine} from '../../widgets/text-field/text-field-line.ts';
import {textOf} from '../../widgets/text-field/text-field-state.ts';
import type {CheckField, Field, RadioField, TextField} from './form.ts';
import {type FormState, shownFields, valuesOf} from './form-state.ts';

const labelColumns = 8;

/** A filled form line by line; `focus` is the line that has to stay on the screen. */
export function formLines(
	state: FormState,
	frame: Frame,
): {readonly lines: readonly LineText[]; readonly focus: number} {
	const lines: LineText[] = [];
	let focus = 0;
	for (const field of shownFields(state)) {
		if (field.id === state.focus) focus = lines.length;
		lines.push(...fieldLines(field, state, frame));
	}
	const notes = state.form.notes(valuesOf(state), frame);
	const problem: LineText[] = state.problem === null ? [] : [[{text: state.problem, style: 'bad'}]];
	return {lines: [...lines, ...(notes.length > 0 ? ['', ...notes] : []), ...problem], focus};
}

function fieldLines(field: Field, state: FormState, frame: Frame): LineText[] {
	const isFocused = field.id === state.focus;
	const label: Span = {text: field.label.padEnd(labelColumns), style: isFocused ? 'strong' : 'quiet'};
	switch (field.type) {
		case 'radio':
			return radioLines(field, label, isFocused, state, frame);
		case 'check':
			return [[label, checkSpan(field, isFocused, state, frame)]];
		case 'text':
			return [[label, ...textSpans(field, isFocused, state, frame)]];
	}
}

/** In one line where they fit, else below each other. */
function radioLines(
	field: RadioField,
	label: Span,
	isFocused: boolean,
	{chosen}: FormState,
	{width, glyphs}: Frame,
): LineText[] {
	const {radioOn, radioOff} = glyphs.glyph;
	const options = field.options.map(({value, label: text}): Span => {
		const isOn = chosen[field.id] === value;
		return {
			text: `${isOn ? radioOn : radioOff} ${text}`,
			style: isOn && isFocused ? 'selection' : isOn ? 'strong' : 'plain',
		};
	});
	const inOne = [label, ...options.flatMap((option, index) => (index === 0 ? [option] : [{text: '  '}, option]))];
	if (lineWidth(inOne) <= width) return [inOne];
	return options.map((option, index) => [index === 0 ? label : {text: ' '.repeat(labelColumns)}, option]);
}

function checkSpan({id, text}: CheckField, isFocused: boolean, {chosen}: FormState, {glyphs}: Frame): Span {
	const mark = chosen[id] === 'yes' ? glyphs.glyph.checkOn : glyphs.glyph.checkOff;
	return {text: `${mark} ${text}`, style: isFocused ? 'selection' : 'plain'};
}

function textSpans(
	{id, placeholder}: TextField,
	isFocused: boolean,
	{texts}: FormState,
	{width, glyphs}: Frame,
): readonly Span[] {
	const text = texts[id];
	if (!text) return [];
	const room = width - labelColumns;
	const isEmpty = textOf(text) === '';
	if (isEmpty && placeholder !== undefined) {
		return [...(isFocused ? [{text: glyphs.glyph.cursor}] : [{text: ' '}]), {text: placeholder, style: 'quiet'}];
	}
	return textFieldLine(text, room, glyphs, isFocused);
}
