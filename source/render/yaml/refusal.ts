/** Thrown inside `yaml/` only, and turned into a Problem with file and line by `read.ts`. */
export class YamlRefusal extends Error {
	readonly code: string;
	/** Offset in the text that was being read. */
	readonly position: number;
	readonly hint: string | undefined;
	/** The text is not YAML at all; otherwise it is, but says something that is refused. */
	readonly isSyntax: boolean;

	constructor(code: string, message: string, position: number, options: {hint?: string; isSyntax?: boolean} = {}) {
		super(message);
		this.code = code;
		this.position = position;
		this.hint = options.hint;
		this.isSyntax = options.isSyntax ?? false;
	}
}

/** 0-based number of the line on which an offset stands. A lone carriage return ends a line too, as in YAML. */
export function lineOf(text: string, position: number): number {
	let line = 0;
	for (let index = 0; index < position && index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) line++;
	}
	return line;
}
