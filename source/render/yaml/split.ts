import {badSeparator} from './complaints.ts';
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
export function splitDocuments(text: string): {chunks: Chunk[]; refusals: YamlRefusal[]} {
	const chunks: Chunk[] = [];
	const refusals: YamlRefusal[] = [];
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
				refusals.push(new YamlRefusal(badSeparator(), line));
			}
			start = end + 1;
			startLine = line + 1;
		}
		position = end + 1;
	}
	if (start < text.length) chunks.push({text: text.slice(start), line: startLine});
	return {chunks, refusals};
}
