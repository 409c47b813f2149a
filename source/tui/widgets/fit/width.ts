import stringWidth from 'string-width';

const printableAscii = /^[ -~]*$/;
const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** Columns that a text takes on the screen. Most of it is ASCII, and this is asked for every cell of every frame. */
export function widthOf(text: string): number {
	return printableAscii.test(text) ? text.length : stringWidth(text);
}

/** Characters as a reader sees them. */
export function graphemes(text: string): string[] {
	if (printableAscii.test(text)) return [...text];
	return Array.from(segmenter.segment(text), ({segment}) => segment);
}

/** The longest beginning that fits into `columns`. */
export function headOf(text: string, columns: number): string {
	if (widthOf(text) <= columns) return text;
	return take(graphemes(text), columns).join('');
}

/** The longest end that fits into `columns`. */
export function tailOf(text: string, columns: number): string {
	if (widthOf(text) <= columns) return text;
	return take(graphemes(text).reverse(), columns).reverse().join('');
}

function take(characters: readonly string[], columns: number): string[] {
	const taken: string[] = [];
	let used = 0;
	for (const character of characters) {
		used += widthOf(character);
		if (used > columns) break;
		taken.push(character);
	}
	return taken;
}
