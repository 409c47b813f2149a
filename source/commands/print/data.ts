import {escapeJson} from '../../model/text.ts';

/** JSON on one line. Equal to what `JSON.stringify` writes, with everything escaped that a terminal would obey. */
export function jsonLine(value: unknown): string {
	return escapeJson(JSON.stringify(value));
}

/** JSON with two spaces of indentation, for `-o json`. */
export function jsonText(value: unknown): string {
	return escapeJson(JSON.stringify(value, null, 2));
}

// Plain only what no YAML reader, 1.1 or 1.2, could take for anything but a string.
const plainString = /^[A-Za-z][A-Za-z0-9_/-]*(?:[.][A-Za-z0-9_/-]+)*$/;
const ambiguousWord = /^(?:y|yes|n|no|on|off|true|false|null|nan|inf)$/i;

/**
 * The same value as YAML in block style. Every string that could be read as anything else is written as in JSON, which
 * is a double-quoted YAML scalar (YAML 1.2, section 1.3), so there is nothing to get wrong.
 */
export function yamlText(value: unknown): string {
	return yamlLines(value, '').join('\n');
}

function yamlLines(value: unknown, indent: string): string[] {
	if (Array.isArray(value)) {
		if (value.length === 0) return [`${indent}[]`];
		return value.flatMap(item => {
			const [first = '', ...rest] = yamlLines(item, `${indent}  `);
			return [`${indent}- ${first.slice(indent.length + 2)}`, ...rest];
		});
	}
	if (value !== null && typeof value === 'object') {
		const entries = Object.entries(value).filter(([, item]) => item !== undefined);
		if (entries.length === 0) return [`${indent}{}`];
		return entries.flatMap(([key, item]) => {
			const name = `${indent}${yamlString(key)}:`;
			if (!isNested(item)) return [`${name} ${yamlLines(item, '')[0]}`];
			return [name, ...yamlLines(item, Array.isArray(item) ? indent : `${indent}  `)];
		});
	}
	return [`${indent}${typeof value === 'string' ? yamlString(value) : jsonLine(value ?? null)}`];
}

function isNested(value: unknown): boolean {
	return value !== null && typeof value === 'object' && Object.keys(value).length > 0;
}

function yamlString(text: string): string {
	return plainString.test(text) && !ambiguousWord.test(text) ? text : jsonLine(text);
}
