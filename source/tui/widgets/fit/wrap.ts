import {graphemes, headOf, widthOf} from './width.ts';

/**
 * Breaks a text into lines of at most `columns`, between words where it can. Nothing is left out: what is deleted has to be
 * readable to its last character.
 */
export function wrapText(text: string, columns: number): string[] {
	if (columns <= 0) return [];
	return text.split('\n').flatMap(paragraph => wrapParagraph(paragraph, columns));
}

function wrapParagraph(paragraph: string, columns: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of paragraph.split(' ')) {
		const longer = line === '' ? word : `${line} ${word}`;
		if (widthOf(longer) <= columns) {
			line = longer;
			continue;
		}
		if (line !== '') lines.push(line);
		const pieces = breakWord(word, columns);
		lines.push(...pieces.slice(0, -1));
		line = pieces.at(-1) ?? '';
	}
	return [...lines, line];
}

function breakWord(word: string, columns: number): string[] {
	const pieces: string[] = [];
	let rest = word;
	while (widthOf(rest) > columns) {
		// A character wider than the room stands alone rather than never.
		const head = headOf(rest, columns) || graphemes(rest)[0]!;
		const end = seamIn(rest, head.length);
		pieces.push(rest.slice(0, end));
		rest = rest.slice(end);
	}
	return rest === '' && pieces.length > 0 ? pieces : [...pieces, rest];
}

/** Where a name is best broken: `cert-|manager.|io`, `Custom|Resource`. At `longest` where that would waste half a line. */
function seamIn(word: string, longest: number): number {
	for (let end = longest; end > longest / 2; end--) {
		if (/^(?:[-./,:=]|[a-z](?=[A-Z]))/.test(word.slice(end - 1, end + 1))) return end;
	}
	return longest;
}
