import type {LineText, Span} from '../../theme/styles.ts';
import {headOf, widthOf} from './width.ts';

/** A line of exactly `columns`: runs behind the edge go, the one on it is cut with an ellipsis. */
export function fitLine(line: LineText, columns: number, ellipsis: string): readonly Span[] {
	const spans = toSpans(line);
	const total = spans.reduce((sum, span) => sum + widthOf(span.text), 0);
	if (total <= columns) {
		return total === columns ? spans : [...spans, {text: ' '.repeat(columns - total)}];
	}
	const fitted: Span[] = [];
	let left = Math.max(0, columns - widthOf(ellipsis));
	for (const span of spans) {
		const text = headOf(span.text, left);
		if (text !== '') fitted.push({...span, text});
		left -= widthOf(text);
		if (text !== span.text) break;
	}
	const end = columns > 0 ? `${ellipsis}${' '.repeat(left)}` : '';
	return [...fitted, {text: end, style: fitted.at(-1)?.style}];
}

/** Two lines in one: the second at the right edge. Where both do not fit, the first one is cut. */
export function spread(left: LineText, right: LineText, columns: number, ellipsis: string): readonly Span[] {
	const rightSpans = toSpans(right);
	const rightWidth = lineWidth(right);
	if (rightWidth + 1 >= columns) return fitLine(left, columns, ellipsis);
	return [...fitLine(left, columns - rightWidth - 1, ellipsis), {text: ' '}, ...rightSpans];
}

export function lineWidth(line: LineText): number {
	return toSpans(line).reduce((sum, span) => sum + widthOf(span.text), 0);
}

export function toSpans(line: LineText): readonly Span[] {
	return typeof line === 'string' ? [{text: line}] : line.map(span => (typeof span === 'string' ? {text: span} : span));
}
