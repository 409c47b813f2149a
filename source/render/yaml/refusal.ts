/** What is wrong with a YAML text, but for where. */
export interface Complaint {
	readonly code: 'YamlInvalid' | 'YamlDuplicateKey' | 'YamlKeyRefused' | 'YamlTooComplex';
	readonly message: string;
	readonly hint?: string;
}

/** Thrown inside `yaml/` only; `read.ts` turns it into a Problem. */
export class YamlRefusal extends Error {
	readonly complaint: Complaint;
	/** 0-based, within the document's text. */
	readonly line: number;
	/** The text is not YAML at all; otherwise it is, but says something that is refused. */
	readonly isSyntax: boolean;

	constructor(complaint: Complaint, line: number, isSyntax = false) {
		super(complaint.message);
		this.complaint = complaint;
		this.line = line;
		this.isSyntax = isSyntax;
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
