import type {GlyphSet} from '../theme/glyphs.ts';
import type {LineText, Span} from '../theme/styles.ts';
import {widestOf} from '../widgets/fit/columns.ts';
import {fitText} from '../widgets/fit/fit.ts';
import {textFieldLine, textFieldOf} from '../widgets/text-field/index.ts';
import type {FormField, FormState} from './form-state.ts';

/** One line a field: label, and what was answered so far. The active one is told by a glyph and by its label. */
export function formLines(fields: readonly FormField[], state: FormState, width: number, glyphs: GlyphSet): LineText[] {
	const labelWidth = widestOf(fields.map(({label}) => label));
	return fields.map((field, index) => {
		const isActive = index === state.active;
		const label: Span[] = [
			{text: isActive ? glyphs.glyph.selection : ' ', style: 'selectionGlyph'},
			{
				text: `${fitText(field.label, labelWidth, {ellipsis: glyphs.glyph.ellipsis})}  `,
				style: isActive ? 'strong' : 'quiet',
			},
		];
		return [...label, ...answerSpans(field, state, {width: width - labelWidth - 3, isActive, glyphs})];
	});
}

function answerSpans(
	field: FormField,
	state: FormState,
	{width, isActive, glyphs}: {readonly width: number; readonly isActive: boolean; readonly glyphs: GlyphSet},
): readonly Span[] {
	const {glyph} = glyphs;
	const value = state.values[field.id];
	switch (field.type) {
		case 'radio':
			return field.options.map(option => {
				const isOn = option.value === value;
				return {
					text: `${isOn ? glyph.radioOn : glyph.radioOff} ${option.label}  `,
					style: isOn ? 'strong' : 'plain',
				};
			});
		case 'checkbox':
			return [{text: `${value === 'yes' ? glyph.checkOn : glyph.checkOff} ${field.text}`}];
		case 'text':
			return textFieldLine(state.texts[field.id] ?? textFieldOf(''), Math.max(1, width), glyphs, isActive);
	}
}
