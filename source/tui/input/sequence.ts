import {controlKey, isControl} from './controls.ts';
import {characterKey, type KeyPress, type Modifiers, namedKey} from './key.ts';

/** Final bytes of CSI and SS3 sequences (xterm's ctlseqs, "PC-Style Function Keys"). */
const byFinal: Readonly<Record<string, string>> = {
	A: 'up',
	B: 'down',
	C: 'right',
	D: 'left',
	F: 'end',
	H: 'home',
	P: 'f1',
	Q: 'f2',
	R: 'f3',
	S: 'f4',
};

/** First parameters of `CSI n ~`. The gaps at 16 and 22 are the VT220's. */
const byNumber: Readonly<Record<number, string>> = {
	1: 'home',
	2: 'insert',
	3: 'delete',
	4: 'end',
	5: 'pageup',
	6: 'pagedown',
	7: 'home',
	8: 'end',
	11: 'f1',
	12: 'f2',
	13: 'f3',
	14: 'f4',
	15: 'f5',
	17: 'f6',
	18: 'f7',
	19: 'f8',
	20: 'f9',
	21: 'f10',
	23: 'f11',
	24: 'f12',
};

/** Key codes of the kitty keyboard protocol that are not characters; the keypad is at 57399. */
const byKittyCode: Readonly<Record<number, string>> = {
	9: 'tab',
	13: 'enter',
	27: 'escape',
	32: 'space',
	127: 'backspace',
	57414: 'enter',
	57417: 'left',
	57418: 'right',
	57419: 'up',
	57420: 'down',
	57421: 'pageup',
	57422: 'pagedown',
	57423: 'home',
	57424: 'end',
	57425: 'insert',
	57426: 'delete',
};

const kittyKeypad = '0123456789.';
const kittyRelease = 3;

/** SS3 finals of the keypad in application mode. */
const keypad: Readonly<Record<string, string>> = {M: 'enter', I: 'tab', ' ': 'space'};
const keypadCharacters = {first: 'j', characters: '*+,-./0123456789'};

/**
 * The key of a complete control sequence; null for what is no key: reports of mouse, focus and cursor, answers to queries,
 * keys that were let go.
 *
 * @param body what stands between `ESC [` and the final byte
 */
export function csiKey(body: string, final: string): KeyPress | null {
	if (/^[<>=?]/.test(body)) return null;
	const parameters = body.split(';').map(part => part.split(':').map(Number));
	const first = parameters[0]?.[0] ?? 0;
	const [modifier = 1, event = 1] = parameters[1] ?? [];
	if (event === kittyRelease) return null;
	const modifiers = decodeModifiers(modifier || 1);
	switch (final) {
		case 'Z':
			return namedKey('tab', {...modifiers, isShift: true});
		case 'u':
			return codeKey(first, modifiers);
		case '~':
			// modifyOtherKeys: `CSI 27 ; modifiers ; code ~`.
			if (first === 27) return codeKey(parameters[2]?.[0] ?? 0, modifiers);
			return known(byNumber[first], modifiers);
		default:
			return known(byFinal[final], modifiers);
	}
}

/** The key of `ESC O final`. */
export function ss3Key(final: string): KeyPress | null {
	const name = byFinal[final] ?? keypad[final];
	if (name !== undefined) return namedKey(name);
	const index = final.charCodeAt(0) - keypadCharacters.first.charCodeAt(0);
	const character = keypadCharacters.characters[index];
	return character === undefined ? null : characterKey(character);
}

function codeKey(code: number, modifiers: Modifiers): KeyPress | null {
	const name = byKittyCode[code];
	if (name !== undefined) return namedKey(name, modifiers);
	const digit = kittyKeypad[code - 57_399];
	if (digit !== undefined) return characterKey(digit, modifiers);
	// The private use area holds keys that have neither name nor character here; what is above Unicode is nobody's.
	if (code === 0 || (code >= 0xe000 && code <= 0xf8ff) || code > 0x10_ffff) return null;
	const character = String.fromCodePoint(code);
	return isControl(character) ? controlKey(character, modifiers.isAlt) : characterKey(character, modifiers);
}

function known(name: string | undefined, modifiers: Modifiers): KeyPress | null {
	return name === undefined ? null : namedKey(name, modifiers);
}

/** Bits of the parameter minus one: shift 1, alt 2, ctrl 4; super, hyper, meta and the locks are not ours. */
function decodeModifiers(parameter: number): Modifiers {
	const bits = parameter - 1;
	return {isShift: (bits & 1) !== 0, isAlt: (bits & 2) !== 0, isCtrl: (bits & 4) !== 0};
}
