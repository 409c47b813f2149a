import {headOf, widthOf} from '../widgets/fit/width.ts';

/** A sentence on as many lines as it needs, broken between words; a word that is wider than a line is cut. */
export function wrapText(text: string, columns: number): string[] {
	const lines: string[] = [];
	let line = '';
	const room = Math.max(8, columns);
	for (let word of text.split(' ')) {
		while (widthOf(word) > room) {
			if (line !== '') lines.push(line);
			const head = headOf(word, room);
			lines.push(head);
			word = word.slice(head.length);
			line = '';
		}
		const longer = line === '' ? word : `${line} ${word}`;
		if (widthOf(longer) <= room) line = longer;
		else {
			lines.push(line);
			line = word;
		}
	}
	return line === '' && lines.length > 0 ? lines : [...lines, line];
}
