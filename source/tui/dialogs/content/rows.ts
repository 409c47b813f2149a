import {safeText} from '../../../model/text.ts';
import type {Frame} from '../../present/frame.ts';
import type {LineText, Span, StyleName} from '../../theme/styles.ts';
import {wrapText} from '../../widgets/fit/wrap.ts';

const labelColumns = 12;
const countColumns = 4;

/** One kind of thing that will happen, and to what. */
export interface Row {
	readonly label: string;
	readonly style: StyleName;
	/** Absent: there is nothing to count. */
	readonly count?: number;
	/** Made safe here. Without any, the label and the count stand alone. */
	readonly texts: readonly string[];
	/** Names that are listed; all by default. */
	readonly limit?: number;
}

/** `change   2  Deployment/checkout (drifted)`: the label, how many, and every name on lines of its own. */
export function rowLines(rows: readonly Row[], {width, glyphs}: Pick<Frame, 'width' | 'glyphs'>): LineText[] {
	return rows.flatMap(({label, style, count, texts, limit = texts.length}) => {
		// One more than the limit is named rather than counted.
		const listed = texts.length <= limit + 1 ? texts : texts.slice(0, limit);
		const rest = texts.length - listed.length;
		const shown = rest > 0 ? [...listed, `${glyphs.glyph.ellipsis} and ${rest} more`] : listed;
		const gutter = labelColumns + countColumns;
		const lines = shown.flatMap(text => indented(safeText(text), width - gutter));
		const number = count === undefined ? '' : String(count);
		const head: Span[] = [
			{text: label.padEnd(labelColumns), style: count === 0 ? 'quiet' : style},
			{text: number.padEnd(countColumns), style: count === 0 ? 'quiet' : 'strong'},
		];
		if (lines.length === 0) return [head];
		return lines.map((line, index) =>
			index === 0 ? [...head, {text: line}] : [{text: ' '.repeat(gutter)}, {text: line}],
		);
	});
}

/** What does not fit into its line goes on in the next ones, two columns in. */
function indented(text: string, columns: number): string[] {
	const [first = '', ...rest] = wrapText(text, columns);
	if (rest.length === 0) return [first];
	return [first, ...wrapText(rest.join(' '), columns - 2).map(line => `  ${line}`)];
}

/** A sentence over the whole width. */
export function sentenceLines(text: string, style: StyleName, {width}: Pick<Frame, 'width'>): LineText[] {
	return wrapText(safeText(text), width).map((line): LineText => [{text: line, style}]);
}

/** The same lines, so many columns in. */
export function indentLines(lines: readonly LineText[], columns: number): LineText[] {
	const gutter = {text: ' '.repeat(columns)};
	return lines.map((line): LineText => [gutter, ...(typeof line === 'string' ? [line] : line)]);
}
