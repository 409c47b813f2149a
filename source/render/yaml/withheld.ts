import {redacted} from '../../model/redact.ts';

const secret = /\bkind["']?\s*:\s*["']?Secret\b|\bstringData\b/;

/**
 * What complaints quote of a document: names of aliases, anchors and tags, numbers, what stands in brackets, and what follows a
 * block's sign. In a Secret that is most likely a value whose writer forgot the quotes.
 */
const quotations: readonly [RegExp, string][] = [
	[/(extra characters: ).*$/s, `$1${redacted}`],
	[/^.* (?=inside of brackets)/s, `${redacted} `],
	[/(the number ).*(?= has no place)/s, `$1${redacted}`],
	[/(^|\s)([*&!])\S+/g, `$1$2${redacted}`],
	[/"[^"]*"|<[^>]*>/g, redacted],
];

/** A complaint about a document, without what it quotes when the document is, or could be, a Secret. */
export function withoutSecret(message: string, document: string): string {
	if (!secret.test(document)) return message;
	return quotations.reduce((text, [pattern, replacement]) => text.replace(pattern, replacement), message);
}
