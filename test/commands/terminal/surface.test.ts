import {describe, expect, test} from 'vitest';
import {createSurface, type Environment} from '../../../source/commands/terminal/surface.ts';

describe('colour', () => {
	const cases: [string, Environment, boolean, boolean][] = [
		['a terminal', {}, true, true],
		['a pipe', {}, false, false],
		['NO_COLOR', {NO_COLOR: '1'}, true, false],
		['an empty NO_COLOR counts for nothing', {NO_COLOR: ''}, true, true],
		['NO_COLOR beats FORCE_COLOR', {NO_COLOR: '1', FORCE_COLOR: '1'}, true, false],
		['a dumb terminal', {TERM: 'dumb'}, true, false],
		['FORCE_COLOR on a pipe', {FORCE_COLOR: '1'}, false, true],
		['FORCE_COLOR=0 on a terminal', {FORCE_COLOR: '0'}, true, false],
	];
	test.each(cases)('%s', (_name, environment, isTTY, hasColour) => {
		const painted = createSurface(environment, {isTTY}).paint('Degraded', 'bad');
		expect(painted).toBe(hasColour ? '\u001b[31mDegraded\u001b[39m' : 'Degraded');
	});
});

describe('symbols', () => {
	const cases: [Environment, boolean][] = [
		[{LANG: 'en_GB.UTF-8'}, true],
		[{LANG: 'C.utf8'}, true],
		[{LANG: 'en_GB.UTF-8', LC_ALL: 'C'}, false],
		[{LANG: 'C', LC_CTYPE: 'en_GB.UTF-8'}, true],
		[{LANG: 'en_GB.UTF-8', LC_ALL: ''}, true],
		[{LANG: 'de_DE.ISO-8859-1'}, false],
		[{}, false],
	];
	test.each(cases)('%j: UTF-8 %s', (environment, isUnicode) => {
		const surface = createSurface(environment, {isTTY: true});
		expect(surface.isUnicode).toBe(isUnicode);
		expect(surface.glyph('good')).toBe(isUnicode ? '✓' : '+');
		expect(surface.glyph('arrow')).toBe(isUnicode ? '→' : '->');
	});
});

test('a pipe has no width to cut lines at', () => {
	expect(createSurface({}, {isTTY: false, columns: 80}).columns).toBe(Number.POSITIVE_INFINITY);
	expect(createSurface({}, {isTTY: true, columns: 100}).columns).toBe(100);
	expect(createSurface({}, {isTTY: true}).columns).toBe(80);
});
