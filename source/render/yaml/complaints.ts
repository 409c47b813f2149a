import type {Complaint} from './refusal.ts';

/** Everything that is refused in YAML, in the words a person reads. */

export function duplicateKey(key: string): Complaint {
	return {
		code: 'YamlDuplicateKey',
		message: `the key ${key} stands twice in the same map`,
		hint: 'Kubernetes would silently take the last one: remove one of them',
	};
}

export function refusedKey(key: string): Complaint {
	return {
		code: 'YamlKeyRefused',
		message: `the key ${key} is refused: it could change the program that reads it`,
		hint: 'Choose another name',
	};
}

/** A key that is no text and cannot be written as one. */
export function unfitKey(key: unknown): Complaint {
	if (typeof key === 'object' && key !== null) return invalid('a map or a list cannot be a key');
	return invalid(key === null ? 'a key is empty or null' : 'a number beyond 64 bits cannot be a key', inQuotes);
}

export function unfitMerge(): Complaint {
	return invalid('a merge key << needs a map or a list of maps');
}

export function ambiguousInBrackets(text: string): Complaint {
	return invalid(
		`${text} inside of brackets is read in different ways`,
		'Put it in quotes, and a space after the colon',
	);
}

export function unfitTag(tag: string): Complaint {
	return invalid(`the value does not fit its tag ${tag}`);
}

export function unrepresentable(text: string): Complaint {
	return invalid(`the number ${text} has no place in JSON, which is what Kubernetes stores`, inQuotes);
}

export function unknownAlias(name: string): Complaint {
	return invalid(`the alias *${name} has no anchor in this document`);
}

export function recursiveAnchor(name: string): Complaint {
	return invalid(`the anchor &${name} contains itself`);
}

export function badSeparator(): Complaint {
	return invalid(
		'only a comment may follow the document separator --- on its line',
		'kubectl refuses it too: move the content to the next line, or indent the line if it is no separator',
	);
}

export function contentAfterEnd(): Complaint {
	return invalid(
		'content follows the document end marker ... without a separator',
		'kubectl would silently ignore it: put --- before it',
	);
}

export function forbiddenCharacter(code: number): Complaint {
	return invalid(`the control character U+${code.toString(16).toUpperCase().padStart(4, '0')} is not allowed in YAML`);
}

export function nestedTooDeeply(): Complaint {
	return {code: 'YamlTooComplex', message: 'maps and lists are nested too deeply'};
}

export function tooManyAliases(message: string): Complaint {
	return {code: 'YamlTooComplex', message, hint: 'Write the values out, or split the document'};
}

export function tooManyEntries(limit: number): Complaint {
	return {
		code: 'YamlTooComplex',
		message: `one document has more than ${limit} lines and list entries`,
		hint: 'Kubernetes stores objects of at most about 1.5 MB: split it',
	};
}

const inQuotes = 'Put it in quotes if it is meant as text';

function invalid(message: string, hint?: string): Complaint {
	return hint === undefined ? {code: 'YamlInvalid', message} : {code: 'YamlInvalid', message, hint};
}
