import {isMap} from '../fields/equal.ts';
import {hidesText, keyText, type ScalarStyle, scalarText} from './scalar-text.ts';

/** The habits of the file that is edited. */
export interface YamlHabits {
	/** Spaces of one level. */
	readonly indent: number;
	/** Whether lists stand deeper than their key. */
	readonly indentsLists: boolean;
	readonly lineEnd: '\n' | '\r\n';
}

/** A value on one line, as it stands inside brackets. `isJson`: all keys and texts in double quotes. */
export function flowText(value: unknown, isJson = false): string {
	if (Array.isArray(value)) return `[${value.map(item => flowText(item, isJson)).join(', ')}]`;
	if (!isMap(value)) return scalarText(value, isJson ? 'double' : 'plain');
	const entries = Object.entries(value).filter(([, item]) => item !== undefined);
	return `{${entries.map(([key, item]) => `${keyText(key, isJson)}: ${flowText(item, isJson)}`).join(', ')}}`;
}

/** What comes after `key:` in block style: ` text` on the same line, or the lines below it, without the last line end. */
export function afterKey(value: unknown, column: number, habits: YamlHabits, style?: ScalarStyle): string {
	const lines = blockLines(value, column, habits);
	if (lines) return habits.lineEnd + lines.join(habits.lineEnd);
	return ` ${inlineOrLiteral(value, column + habits.indent, habits, style)}`;
}

/** What comes after `- `: the first line goes on, the others follow. */
export function afterDash(value: unknown, column: number, habits: YamlHabits): string {
	const inner = column + 2;
	if (!isMap(value) || Object.keys(value).length === 0) {
		if (Array.isArray(value)) return flowText(value);
		return inlineOrLiteral(value, inner, habits);
	}
	return mapLines(value, inner, habits).join(habits.lineEnd).trimStart();
}

/** null: it has no lines of its own, being a scalar or empty. `column` is that of the key it belongs to. */
function blockLines(value: unknown, column: number, habits: YamlHabits): string[] | null {
	if (Array.isArray(value) && value.length > 0) {
		const at = column + (habits.indentsLists ? habits.indent : 0);
		return value.map(item => `${' '.repeat(at)}- ${afterDash(item, at, habits)}`);
	}
	if (isMap(value) && Object.keys(value).length > 0) return mapLines(value, column + habits.indent, habits);
	return null;
}

function mapLines(value: Readonly<Record<string, unknown>>, column: number, habits: YamlHabits): string[] {
	return Object.entries(value)
		.filter(([, item]) => item !== undefined)
		.map(([key, item]) => `${' '.repeat(column)}${keyText(key)}:${afterKey(item, column, habits)}`);
}

/** Longer texts with line ends read best as they are. */
function inlineOrLiteral(value: unknown, column: number, habits: YamlHabits, style?: ScalarStyle): string {
	if (typeof value === 'object' && value !== null) return flowText(value);
	if (typeof value !== 'string' || !isLiteral(value)) return scalarText(value, style);
	const text = value.replace(/\n+$/, '');
	const chomping = value.endsWith('\n\n') ? '+' : value.endsWith('\n') ? '' : '-';
	const kept = value.endsWith('\n\n') ? value.slice(0, -1) : text;
	const lines = kept.split('\n').map(line => (line === '' ? '' : ' '.repeat(column) + line));
	return [`|${chomping}`, ...lines].join(habits.lineEnd);
}

/** Whether a text survives as a literal block: nothing at the edges of lines that a reader or an editor would change. */
function isLiteral(text: string): boolean {
	return (
		/\n[^\n]/.test(text.trimEnd()) &&
		!hidesText(text) &&
		!/^[ \n]/.test(text) &&
		!/[ \t](\n|$)/.test(text) &&
		/^[\n\t\x20-\x7e\u00a0-\ud7ff]*$/.test(text)
	);
}

/** A whole document in block style. */
export function documentText(value: Readonly<Record<string, unknown>>, habits: YamlHabits = defaultHabits): string {
	return `${mapLines(value, 0, habits).join(habits.lineEnd)}${habits.lineEnd}`;
}

const defaultHabits: YamlHabits = {indent: 2, indentsLists: true, lineEnd: '\n'};
