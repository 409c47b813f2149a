import {graphemes, headOf, widthOf} from '../../widgets/fit/width.ts';

/**
 * A sentence in lines of at most `columns`, broken between words; a word that is longer than a line is broken where the
 * line ends. Nothing is left out: what is deleted has to be readable to its last character.
 */
export function wrap(text: string, columns: number): string[] {
	const room = Math.max(1, columns);
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		const joined = line === '' ? word : `${line} ${word}`;
		if (widthOf(joined) <= room) {
			line = joined;
			continue;
		}
		if (line !== '') lines.push(line);
		const pieces = breakWord(word, room);
		lines.push(...pieces.slice(0, -1));
		line = pieces.at(-1) ?? '';
	}
	return [...lines, line];
}

function breakWord(word: string, columns: number): string[] {
	const pieces: string[] = [];
	let rest = word;
	while (rest !== '' && widthOf(rest) > columns) {
		// At least one character a line, even where a wide one does not fit.
		const head = headOf(rest, columns) || (graphemes(rest)[0] ?? rest);
		pieces.push(head);
		rest = rest.slice(head.length);
	}
	return rest === '' ? pieces : [...pieces, rest];
}
