import type {Chunk} from './split.ts';

/** kubectl reads a text that begins with a brace as JSON. Two braces begin a template. */
export function looksLikeJson(text: string): boolean {
	return /^\s*\{(?!\{)/.test(text);
}

/**
 * Cuts JSON objects that follow each other without a separator, which kubectl accepts. Only brackets and strings are
 * looked at; whether a piece is JSON is for the parser. null when there is nothing to cut.
 */
export function cutJsonStream({text, line}: Chunk): Chunk[] | null {
	const pieces: Chunk[] = [];
	let start = 0;
	let pieceLine = line;
	let currentLine = line;
	let depth = 0;
	let isString = false;
	for (let index = 0; index < text.length; index++) {
		const character = text[index];
		if (character === '\n') currentLine++;
		if (isString) {
			if (character === '\\') index++;
			else if (character === '"') isString = false;
			continue;
		}
		if (character === '"') isString = true;
		else if (character === '{' || character === '[') depth++;
		else if (character === '}' || character === ']') {
			depth--;
			if (depth > 0) continue;
			pieces.push({text: text.slice(start, index + 1), line: pieceLine});
			start = index + 1;
			pieceLine = currentLine;
		}
	}
	if (text.slice(start).trim() !== '') pieces.push({text: text.slice(start), line: pieceLine});
	return pieces.length > 1 ? pieces : null;
}
