import {YamlRefusal} from './refusal.ts';

/** One document's text and where it starts in its file. */
export interface Chunk {
	readonly text: string;
	/** 0-based line of its first character. */
	readonly line: number;
}

const separator = '---';

/**
 * Cuts a file into documents as kubectl does: at every line that begins with `---`, before any YAML is parsed. One broken
 * document therefore does not hide the others. Only a comment may follow on such a line.
 */
export function splitDocuments(text: string): {chunks: Chunk[]; refusals: {refusal: YamlRefusal; line: number}[]} {
	const chunks: Chunk[] = [];
	const refusals: {refusal: YamlRefusal; line: number}[] = [];
	let start = 0;
	let startLine = 0;
	let line = 0;
	for (let position = 0; position < text.length; line++) {
		const lineFeed = text.indexOf('\n', position);
		const end = lineFeed < 0 ? text.length : lineFeed;
		if (text.startsWith(separator, position)) {
			const rest = text.slice(position + separator.length, end).trim();
			if (rest === '' || rest.startsWith('#')) {
				if (position > start) chunks.push({text: text.slice(start, position), line: startLine});
			} else {
				refusals.push({refusal: badSeparator(), line});
			}
			start = end + 1;
			startLine = line + 1;
		}
		position = end + 1;
	}
	if (start < text.length) chunks.push({text: text.slice(start), line: startLine});
	return {chunks, refusals};
}

function badSeparator(): YamlRefusal {
	return new YamlRefusal('YamlInvalid', 'only a comment may follow the document separator --- on its line', 0, {
		hint: 'kubectl refuses it too: move the content to the next line, or indent the line if it is no separator',
	});
}
