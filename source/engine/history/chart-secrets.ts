import {parse} from 'yaml';
import {isMap} from '../fields/equal.ts';

const secretKind = /^\s*kind:\s*["']?Secret\b/m;
/** From its data on a Secret's template writes values; what stands before is its name and its labels. */
const data = /^[ \t]*(?:data|stringData):[\s\S]*/m;
const blocks = /\{\{-?\s*(?:range|with|\$\w+\s*:?=)[^}]*\}\}/g;
const value = /\.Values\b((?:\.\w+)*)/g;
const indexed = /index\s+\$?\.Values((?:\s+"[^"]+")+)/g;
const included = /(?:include|template)\s+"([^"]+)"/g;

/**
 * Names of the values that the Secrets of a chart are made of, as `db.password` in parts; `[]` is all of them. Read off the
 * text of its templates, helpers included: what they are in the end only a render would tell.
 */
export function secretValueNames(templates: readonly string[]): string[][] {
	const secrets = templates.flatMap(text => text.split(/^---.*$/m)).filter(text => secretKind.test(text));
	const parts = secrets.flatMap(text => [data.exec(text)?.[0] ?? '', ...(text.match(blocks) ?? [])]);
	const helpers = parts
		.flatMap(text => [...text.matchAll(included)].map(match => match[1]!))
		.flatMap(name => templates.flatMap(text => definitionOf(text, name)));
	return [...parts, ...helpers].flatMap(namesIn);
}

function namesIn(text: string): string[][] {
	const plain = text.replace(indexed, '');
	return [
		...[...plain.matchAll(value)].map(([, path = '']) => path.split('.').filter(Boolean)),
		...[...text.matchAll(indexed)].map(([, words = '']) => [...words.matchAll(/"([^"]+)"/g)].map(word => word[1]!)),
	];
}

function definitionOf(text: string, name: string): string[] {
	const start = text.indexOf(`define "${name}"`);
	if (start < 0) return [];
	const end = text.slice(start + 1).search(/\{\{-?\s*define\s/);
	return [end < 0 ? text.slice(start) : text.slice(start, start + 1 + end)];
}

/**
 * The lines of text that these names stand for in a file of values, at whatever depth: a parent's values hold those of the
 * charts that it brings. Of a file that cannot be read, none.
 */
export function secretLines(values: string, names: readonly (readonly string[])[]): string[] {
	try {
		const content: unknown = parse(values, {logLevel: 'error', uniqueKeys: false, merge: true});
		const found = mapsIn(content).flatMap(map => names.map(name => at(map, name)));
		return [...new Set(found.flatMap(leaves))];
	} catch {
		return [];
	}
}

function at(map: unknown, name: readonly string[]): unknown {
	return name.reduce<unknown>((holder, key) => (isMap(holder) ? holder[key] : undefined), map);
}

function mapsIn(content: unknown): Record<string, unknown>[] {
	return isMap(content) ? [content, ...Object.values(content).flatMap(mapsIn)] : [];
}

function leaves(content: unknown): string[] {
	if (Array.isArray(content)) return content.flatMap(leaves);
	if (isMap(content)) return Object.values(content).flatMap(leaves);
	if (typeof content !== 'string' && typeof content !== 'number') return [];
	return String(content)
		.split('\n')
		.map(line => line.trim())
		.filter(Boolean);
}
