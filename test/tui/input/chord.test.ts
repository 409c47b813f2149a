import {describe, expect, test} from 'vitest';
import {describeChord, parseChord} from '../../../source/tui/input/chord.ts';

describe('a key as a person writes it', () => {
	test.each([
		['g', 'g'],
		['G', 'G'],
		['ctrl+f', 'ctrl+f'],
		['Ctrl-F', 'ctrl+f'],
		['PgUp', 'pageup'],
		['page-down', 'pagedown'],
		['esc', 'escape'],
		['Return', 'enter'],
		['shift+tab', 'shift+tab'],
		['alt+shift+left', 'alt+shift+left'],
		['shift+ctrl+k', 'ctrl+shift+k'],
		['+', '+'],
		['-', '-'],
		['ctrl++', 'ctrl++'],
		['plus', '+'],
		[':', ':'],
		['F5', 'f5'],
		[' space ', 'space'],
		['ctrl+\\', 'ctrl+\\'],
		['é', 'é'],
	])('%s', (text, chord) => {
		expect(parseChord(text)).toBe(chord);
	});

	test.each([
		['', 'the key itself is missing'],
		['hyper+x', '"hyper" is no modifier'],
		['ctrl+', '"ctrl+" is no key'],
		['ctrl+ctrl+x', 'stands there twice'],
		['bakspace', '"bakspace" is no key'],
		['shift+g', 'write G'],
		['ctrl+i', 'for tab too'],
		['ctrl+m', 'for enter too'],
		['f13', '"f13" is no key'],
		['\u001b', 'is no key'],
	])('%j is refused: %s', (text, why) => {
		expect(() => parseChord(text)).toThrow(why);
	});

	test('a refusal lists the keys there are', () => {
		expect(() => parseChord('nothing')).toThrow(/pageup.*ctrl\+, alt\+ or shift\+/);
	});
});

test.each([
	['ctrl+f', 'ctrl-f'],
	['pageup', 'PgUp'],
	['escape', 'esc'],
	['down', 'Down'],
	['ctrl+right', 'ctrl-Right'],
	['+', '+'],
	['G', 'G'],
])('%s is shown as %s', (chord, shown) => {
	expect(describeChord(chord)).toBe(shown);
});
