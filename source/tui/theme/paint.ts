import type {LineText, StyleName} from './styles.ts';
import type {Theme} from './themes.ts';

const reset = '\u001b[0m';

/**
 * Text with the escape sequences of a style. Done here and not by props of Ink's Text: those go through chalk, which
 * guesses the terminal a second time and drops bold and inverse together with colour. One string is also one node.
 */
export function paint(theme: Theme, text: string, style: StyleName = 'plain'): string {
	const code = theme.code[style];
	return code === '' || text === '' ? text : `\u001b[${code}m${text}${reset}`;
}

/**
 * A whole line. With `base`, every run is drawn in that style: a selected row is one bar and not a patchwork, and the
 * words still say the state.
 */
export function paintLine(theme: Theme, line: LineText, base?: StyleName): string {
	if (typeof line === 'string') return paint(theme, line, base);
	if (base !== undefined) return paint(theme, line.map(textOf).join(''), base);
	return line.map(span => (typeof span === 'string' ? span : paint(theme, span.text, span.style))).join('');
}

/** The characters of a line without their meaning. */
export function plainText(line: LineText): string {
	return typeof line === 'string' ? line : line.map(textOf).join('');
}

function textOf(span: {readonly text: string} | string): string {
	return typeof span === 'string' ? span : span.text;
}
