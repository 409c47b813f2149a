/**
 * One key as it was pressed. `chord` is its name with modifiers in a fixed order: `g`, `G`, `space`, `ctrl+f`,
 * `shift+tab`, `ctrl+shift+left`. Shift is not named where the character already tells it.
 */
export interface KeyPress {
	readonly type: 'key';
	readonly chord: string;
	/** What it would type into a text field; empty when it types nothing. */
	readonly text: string;
}

/** A pasted text arrives whole. It is never a key. */
export interface Paste {
	readonly type: 'paste';
	readonly text: string;
}

export type InputEvent = KeyPress | Paste;

export interface Modifiers {
	readonly isCtrl: boolean;
	readonly isAlt: boolean;
	readonly isShift: boolean;
}

export const noModifiers: Modifiers = {isCtrl: false, isAlt: false, isShift: false};

/** Keys that have a name instead of a character. */
export const namedKeys = [
	'enter',
	'escape',
	'tab',
	'space',
	'backspace',
	'delete',
	'insert',
	'up',
	'down',
	'left',
	'right',
	'home',
	'end',
	'pageup',
	'pagedown',
	...Array.from({length: 12}, (_, index) => `f${index + 1}`),
] as const;

export function chordOf(name: string, {isCtrl, isAlt, isShift}: Modifiers): string {
	return `${isCtrl ? 'ctrl+' : ''}${isAlt ? 'alt+' : ''}${isShift ? 'shift+' : ''}${name}`;
}

export function namedKey(name: string, modifiers: Modifiers = noModifiers): KeyPress {
	return {type: 'key', chord: chordOf(name, modifiers), text: name === 'space' && isPlain(modifiers) ? ' ' : ''};
}

/** A character that was typed, with the modifiers that are not already in it. */
export function characterKey(character: string, modifiers: Modifiers = noModifiers): KeyPress {
	if (character === ' ') return namedKey('space', {...modifiers, isShift: false});
	const plain = {...modifiers, isShift: false};
	// ctrl+shift+k has no character of its own.
	const isShift = modifiers.isCtrl && modifiers.isShift;
	const name = modifiers.isShift && !isShift ? character.toUpperCase() : character;
	return {type: 'key', chord: chordOf(name, {...plain, isShift}), text: isPlain(plain) ? name : ''};
}

function isPlain({isCtrl, isAlt}: Modifiers): boolean {
	return !isCtrl && !isAlt;
}
