import {LineCounter, parseDocument, visit} from 'yaml';

export interface Explanation {
	readonly message: string;
	/** 0-based line within the text. */
	readonly line: number;
}

/** The package is much slower than js-yaml; a person does not read further than this anyway. */
const longestExplainedText = 128 * 1024;

/**
 * What is wrong with a text that was refused, in the words of the `yaml` package, which knows what the writer was about.
 * null when it finds nothing wrong, or the text is too long to ask.
 */
export function explainYaml(text: string): Explanation | null {
	if (text.length > longestExplainedText) return null;
	const lineCounter = new LineCounter();
	// Repeated keys are judged elsewhere, with a better message.
	const options = {schema: 'failsafe', uniqueKeys: false, prettyErrors: false, logLevel: 'error', lineCounter} as const;
	try {
		const document = parseDocument(text, options);
		const error = document.errors[0];
		if (!error) return null;
		let position = error.pos[0];
		if (error.code === 'MISSING_CHAR' && error.message.startsWith('Missing closing')) {
			// An open quote swallows all that follows; what helps is where it opens.
			visit(document, {
				Scalar(_key, {range}) {
					if (range && range[0] < position && position <= range[1]) position = range[0];
				},
			});
		}
		return {message: lowerFirst(error.message), line: Math.max(0, lineCounter.linePos(position).line - 1)};
	} catch {
		// The package recurses; a text made to exhaust it has been refused already.
		return null;
	}
}

function lowerFirst(text: string): string {
	return text.charAt(0).toLowerCase() + text.slice(1);
}
