import {characterKey, type KeyPress, namedKey, noModifiers} from './key.ts';

const named: Readonly<Record<string, string>> = {
	'\r': 'enter',
	// A line feed is what some scripts send for Enter.
	'\n': 'enter',
	'\t': 'tab',
	'\u001b': 'escape',
	'\u007f': 'backspace',
	'\b': 'backspace',
};

const ctrl = {...noModifiers, isCtrl: true};

/** The key behind a C0 control character or DEL: `ctrl+a` for 0x01. */
export function controlKey(character: string, isAlt = false): KeyPress {
	const name = named[character];
	if (name !== undefined) return namedKey(name, {...noModifiers, isAlt});
	if (character === '\0') return namedKey('space', {...ctrl, isAlt});
	// 0x1c to 0x1f are ctrl with \ ] ^ _.
	return characterKey(String.fromCharCode(character.charCodeAt(0) + 0x40).toLowerCase(), {...ctrl, isAlt});
}

export function isControl(character: string): boolean {
	return character < ' ' || character === '\u007f';
}
