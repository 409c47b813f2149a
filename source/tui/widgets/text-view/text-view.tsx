import type {TextState} from '../../store/text-state.ts';
import type {LineText, Span} from '../../theme/styles.ts';
import {toSpans} from '../fit/line.ts';
import {headOf, widthOf} from '../fit/width.ts';
import {Line} from '../line/index.ts';

export interface TextViewProps {
	readonly state: TextState;
	readonly lines: readonly LineText[];
	readonly width: number;
}

/** The lines of a text that are on the screen, scrolled to the right where somebody did; matches are underlined. */
export function TextView({state, lines, width}: TextViewProps) {
	const {top, left, height, matches} = state;
	const matching = new Set(matches);
	return lines
		.slice(top, top + height)
		.map((line, index) => (
			<Line
				key={(top + index).toString()}
				line={left === 0 ? line : scrolled(line, left)}
				width={width}
				base={matching.has(top + index) ? 'match' : undefined}
			/>
		));
}

/** A line without its first `columns`. */
export function scrolled(line: LineText, columns: number): readonly Span[] {
	let left = columns;
	return toSpans(line).flatMap(span => {
		const hidden = headOf(span.text, left);
		left = hidden.length === span.text.length ? left - widthOf(hidden) : 0;
		const text = span.text.slice(hidden.length);
		return text === '' ? [] : [{...span, text}];
	});
}
