import {HoldfastError} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import {graphemes} from '../widgets/fit/width.ts';
import {chordOf, namedKeys} from './key.ts';

/** Other names that people write. */
const aliases: Readonly<Record<string, string>> = {
	return: 'enter',
	esc: 'escape',
	del: 'delete',
	ins: 'insert',
	pgup: 'pageup',
	pgdn: 'pagedown',
	pgdown: 'pagedown',
	'page-up': 'pageup',
	'page-down': 'pagedown',
	plus: '+',
};

const modifierNames: Readonly<Record<string, 'isCtrl' | 'isAlt' | 'isShift'>> = {
	ctrl: 'isCtrl',
	control: 'isCtrl',
	alt: 'isAlt',
	meta: 'isAlt',
	option: 'isAlt',
	shift: 'isShift',
};

/** What terminals send for other keys: a binding to it would never come, or come for the other one too. */
const sameAs: Readonly<Record<string, string>> = {
	'ctrl+i': 'tab',
	'ctrl+m': 'enter',
	'ctrl+j': 'enter',
	'ctrl+h': 'backspace',
	'ctrl+[': 'escape',
};

/**
 * Reads a key as a person writes it, `ctrl+f`, `Ctrl-F`, `PgUp`, `G`, `shift+tab`, and answers with its chord.
 *
 * @throws HoldfastError InvalidKey with what can be written instead
 */
export function parseChord(text: string): string {
	const parts = splitParts(text);
	const name = parts.pop() ?? '';
	const modifiers = {isCtrl: false, isAlt: false, isShift: false};
	for (const part of parts) {
		const modifier = modifierNames[part.toLowerCase()];
		if (!modifier) throw invalid(text, `${quote(part)} is no modifier`);
		if (modifiers[modifier]) throw invalid(text, `${quote(part)} stands there twice`);
		modifiers[modifier] = true;
	}
	const key = keyName(name);
	if (key === null) throw invalid(text, name === '' ? 'the key itself is missing' : `${quote(name)} is no key`);
	const isCharacter = graphemes(key).length === 1;
	if (isCharacter && modifiers.isShift && !modifiers.isCtrl) {
		throw invalid(text, `shift and a character is the character itself: write ${key.toUpperCase()}`);
	}
	const chord = chordOf(isCharacter && modifiers.isCtrl ? key.toLowerCase() : key, modifiers);
	const other = sameAs[chord];
	if (other) throw invalid(text, `a terminal sends it for ${other} too`);
	return chord;
}

/** As it stands in the help and the footer: `^f` would be shorter, `ctrl-f` is what people say. */
export function describeChord(chord: string): string {
	return chord
		.replaceAll(/(ctrl|alt|shift)\+(?=.)/g, '$1-')
		.replace('escape', 'esc')
		.replace('pageup', 'PgUp')
		.replace('pagedown', 'PgDn')
		.replace(/\b(up|down|left|right)$/, name => arrows[name] ?? name)
		.replace(/\b(home|end|delete|insert)$/, name => name.charAt(0).toUpperCase() + name.slice(1));
}

const arrows: Readonly<Record<string, string>> = {up: 'Up', down: 'Down', left: 'Left', right: 'Right'};

/** Both `ctrl+f` and `ctrl-f`; a last `+` or `-` is the key. */
function splitParts(text: string): string[] {
	const trimmed = text.trim();
	const parts: string[] = [];
	let rest = trimmed;
	for (;;) {
		const match = /^(.[^+-]*)[+-](?=.)/s.exec(rest);
		if (!match || (modifierNames[match[1]!.toLowerCase()] === undefined && isKnown(rest))) break;
		parts.push(match[1]!);
		rest = rest.slice(match[0].length);
	}
	return [...parts, rest];
}

function isKnown(name: string): boolean {
	return keyName(name) !== null;
}

function keyName(name: string): string | null {
	const lower = name.toLowerCase();
	const alias = aliases[lower];
	if (alias !== undefined) return alias;
	if ((namedKeys as readonly string[]).includes(lower)) return lower;
	if (name === ' ') return 'space';
	return graphemes(name).length === 1 && safeText(name) === name ? name : null;
}

function quote(text: string): string {
	return `"${safeText(text)}"`;
}

function invalid(text: string, why: string): HoldfastError {
	return new HoldfastError({
		code: 'InvalidKey',
		message: `The key ${quote(text)} cannot be understood: ${why}`,
		hint: `Write one character (case counts), or one of ${namedKeys.join(', ')}; before it ctrl+, alt+ or shift+`,
	});
}
