import {describe, expect, test} from 'vitest';
import {glyphSets} from '../../../source/tui/theme/glyphs.ts';
import {paintLine} from '../../../source/tui/theme/paint.ts';
import {themes} from '../../../source/tui/theme/themes.ts';
import {lineWidth} from '../../../source/tui/widgets/fit/line.ts';
import {edgeLine} from '../../../source/tui/widgets/frame/title.ts';
import {progressBar} from '../../../source/tui/widgets/progress-bar/index.ts';
import {tabsLine} from '../../../source/tui/widgets/tabs/index.ts';
import {scrolled} from '../../../source/tui/widgets/text-view/text-view.tsx';

const plain = (line: readonly {readonly text: string}[]) => line.map(({text}) => text).join('');

describe('the edge of a frame', () => {
	const frame = glyphSets.unicode.frame.light;
	const edge = {left: '╭', right: '╮', frame, style: 'frame'} as const;
	test.each([
		[20, {}, '╭──────────────────╮'],
		[20, {start: '1 Drift'}, '╭ 1 Drift ─────────╮'],
		[20, {start: '1 Drift', end: '3/9'}, '╭ 1 Drift ─── 3/9 ─╮'],
		[16, {start: 'Applications', end: '3/9'}, '╭ Appl… ─ 3/9 ─╮'],
		[8, {start: 'Applications', end: '300/900'}, '╭ Ap… ─╮'],
		[4, {start: 'Applications'}, '╭──╮'],
	])('%i columns: %j', (width, texts, expected) => {
		const line = edgeLine(edge, texts, width, glyphSets.unicode);
		expect(lineWidth(line)).toBe(width);
		expect(plain(line)).toBe(expected);
	});

	test('is as wide as it is told, whatever stands in it', () => {
		for (let width = 4; width < 60; width++) {
			for (const texts of [{start: '語言語言語言', end: '12/40'}, {end: '1'}, {start: 'x'.repeat(80)}]) {
				expect(lineWidth(edgeLine(edge, texts, width, glyphSets.unicode)), `${width}`).toBe(width);
			}
		}
	});
});

test.each([
	[0, 10, '░░░░░'],
	[1, 100, '█░░░░'],
	[5, 10, '███░░'],
	[99, 100, '████░'],
	[10, 10, '█████'],
	[3, 0, '░░░░░'],
])('%i of %i', (done, total, expected) => {
	expect(plain(progressBar(done, total, 5, glyphSets.unicode))).toBe(expected);
});

test('tabs show the keys of those behind', () => {
	const tabs = [
		{number: 3, title: 'Drift'},
		{number: 2, title: 'Sync'},
	];
	expect(plain(tabsLine(tabs, {isFocused: true, dash: '─'}))).toBe('3 Drift ── 2 Sync');
});

test.each([
	[0, 'abc語d'],
	[2, 'c語d'],
	[3, '語d'],
	[5, 'd'],
	[9, ''],
])('a line scrolled by %i columns', (columns, expected) => {
	expect(plain(scrolled(['ab', {text: 'c語', style: 'bad'}, 'd'], columns))).toBe(expected);
});

describe('painting', () => {
	const line = ['a', {text: 'b', style: 'bad'} as const];
	test('every run in its style, or all in one', () => {
		expect(paintLine(themes.terminal, line)).toBe('a\u001b[1;31mb\u001b[0m');
		expect(paintLine(themes.terminal, line, 'selection')).toBe('\u001b[7mab\u001b[0m');
		expect(paintLine(themes.mono, line)).toBe('a\u001b[1mb\u001b[0m');
	});

	test('mono has no colours', () => {
		const codes = Object.values(themes.mono.code).flatMap(code => code.split(';'));
		expect(codes.filter(code => !['', '1', '4', '7'].includes(code))).toEqual([]);
	});

	test('the terminal theme names no colour beyond its sixteen, and neither black nor white', () => {
		const codes = Object.values(themes.terminal.code).flatMap(code => code.split(';'));
		expect(codes.filter(code => code.length > 1 && !/^3[1-6]$/.test(code))).toEqual([]);
	});

	test('every symbol of the ASCII set is ASCII', () => {
		expect(Object.values(glyphSets.ascii.glyph).join('')).toMatch(/^[ -~]+$/);
		expect(Object.values(glyphSets.ascii.frame.heavy).join('')).toMatch(/^[ -~]+$/);
	});
});
