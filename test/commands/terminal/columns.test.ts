import {describe, expect, test} from 'vitest';
import {cut, layOut} from '../../../source/commands/terminal/columns.ts';
import {createSurface} from '../../../source/commands/terminal/surface.ts';

const utf8 = {LANG: 'C.UTF-8'};
const pipe = createSurface(utf8, {});
const narrow = createSurface({...utf8, NO_COLOR: '1'}, {isTTY: true, columns: 24});

describe('columns', () => {
	test('line up by what a reader sees, and nothing trails', () => {
		const rows = [
			['', 'NAME', 'STATE', 'WHY'],
			['✓', '漢字', 'Synced', ''],
			['✗', 'checkout', 'OutOfSync', 'two words'],
		];
		expect(layOut(rows, pipe)).toEqual([
			'  NAME       STATE       WHY',
			'✓ 漢字       Synced',
			'✗ checkout   OutOfSync   two words',
		]);
	});

	test('colour does not move anything', () => {
		const surface = createSurface({...utf8, FORCE_COLOR: '1'}, {});
		const [first] = layOut(
			[
				[{text: 'a', tone: 'bad'}, 'b'],
				['aaa', 'b'],
			],
			surface,
		);
		expect(first).toBe('\u001b[31ma\u001b[39m     b');
	});

	test('what could rewrite the screen is shown instead of obeyed', () => {
		expect(layOut([['a\u001b[2J', 'b\nc', '\u202ed']], pipe)).toEqual(['a\\x1b[2J   b\\nc   \\u202ed']);
	});

	test('only the last column is cut at the edge of the terminal', () => {
		expect(layOut([['checkout', 'a long sentence about it']], narrow)).toEqual(['checkout   a long sente…']);
		expect(layOut([['a-very-long-application-name', 'why']], narrow)).toEqual(['a-very-long-application-name   why']);
	});
});

describe('cutting', () => {
	test.each<[string, number, string]>([
		['short', 10, 'short'],
		['exactly ten', 11, 'exactly ten'],
		['one more than ten', 12, 'one more th…'],
		['漢字漢字漢字', 10, '漢字漢字…'],
		['👩‍👩‍👧 family and friends', 14, '👩‍👩‍👧 family and…'],
		['too narrow to say anything', 5, 'too narrow to say anything'],
	])('%s at %i', (text, columns, expected) => {
		expect(cut(text, columns, narrow)).toBe(expected);
	});
});
