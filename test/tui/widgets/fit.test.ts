import {describe, expect, test} from 'vitest';
import {type Column, layOutRow, placeColumns} from '../../../source/tui/widgets/fit/columns.ts';
import {cutText, fitText} from '../../../source/tui/widgets/fit/fit.ts';
import {fitLine, lineWidth, spread} from '../../../source/tui/widgets/fit/line.ts';
import {widthOf} from '../../../source/tui/widgets/fit/width.ts';
import {wrapText} from '../../../source/tui/widgets/fit/wrap.ts';

const plain = (line: readonly {readonly text: string}[]) => line.map(({text}) => text).join('');

describe('cutting', () => {
	test.each([
		['checkout', 8, 'middle', 'checkout'],
		['checkout-frontend', 9, 'middle', 'chec…tend'],
		['checkout-frontend', 8, 'middle', 'chec…end'],
		['checkout', 4, 'end', 'che…'],
		['checkout', 4, 'start', '…out'],
		['checkout', 1, 'middle', '…'],
		['checkout', 0, 'end', ''],
		['語言語言', 5, 'end', '語言…'],
		['語言語言', 4, 'end', '語…'],
		['👩‍🚀👩‍🚀👩‍🚀', 5, 'middle', '👩‍🚀…👩‍🚀'],
	] as const)('%s in %i, %s: %s', (text, columns, cut, expected) => {
		expect(cutText(text, columns, cut, '…')).toBe(expected);
		expect(widthOf(cutText(text, columns, cut, '…'))).toBeLessThanOrEqual(columns);
	});

	test('fitting fills what is left', () => {
		expect(fitText('語', 4, {ellipsis: '…'})).toBe('語  ');
		expect(fitText('語語', 3, {ellipsis: '…'})).toBe('語…');
		expect(fitText('7', 3, {ellipsis: '…', align: 'right'})).toBe('  7');
	});
});

describe('lines', () => {
	test.each([
		[['ab', {text: 'cd', style: 'bad'}], 6, 'abcd  '],
		[['ab', {text: 'cd', style: 'bad'}], 4, 'abcd'],
		[['ab', {text: 'cd', style: 'bad'}], 3, 'ab…'],
		[['語言', '語'], 4, '語… '],
		['abc', 0, ''],
	] as const)('%j in %i columns', (line, width, expected) => {
		expect(plain(fitLine(line, width, '…'))).toBe(expected);
	});

	test('two in one: the right one stays', () => {
		expect(plain(spread('a long left side', 'right', 14, '…'))).toBe('a long … right');
		expect(plain(spread('left', 'right', 5, '…'))).toBe('left ');
	});
});

describe('columns', () => {
	const columns: readonly Column[] = [
		{id: 'glyph', minimum: 1, priority: 9},
		{id: 'name', minimum: 6, maximum: 20, grow: 1, priority: 10, cut: 'middle'},
		{id: 'sync', minimum: 9, priority: 8},
		{id: 'drift', minimum: 3, priority: 3},
		{id: 'age', minimum: 4, priority: 1, align: 'right'},
	];
	test.each([
		[60, ['glyph:1', 'name:20', 'sync:9', 'drift:3', 'age:4']],
		[35, ['glyph:1', 'name:10', 'sync:9', 'drift:3', 'age:4']],
		[30, ['glyph:1', 'name:11', 'sync:9', 'drift:3']],
		[22, ['glyph:1', 'name:8', 'sync:9']],
		[10, ['glyph:1', 'name:7']],
		[4, ['name:4']],
	])('in %i', (width, expected) => {
		expect(placeColumns(columns, width).map(column => `${column.id}:${column.width}`)).toEqual(expected);
	});

	test('never wider than the room, whatever it is', () => {
		for (let width = 1; width < 90; width++) {
			const row = layOutRow(placeColumns(columns, width), {name: 'checkout-frontend', sync: 'OutOfSync'}, '…');
			expect(lineWidth(row)).toBeLessThanOrEqual(width);
		}
	});

	test('what is left over is shared by those that grow', () => {
		const growing: readonly Column[] = [
			{id: 'a', minimum: 1, grow: 3, priority: 1},
			{id: 'b', minimum: 1, grow: 1, priority: 1},
		];
		expect(placeColumns(growing, 44).map(({width}) => width)).toEqual([31, 11]);
	});
});

test.each([
	['one two three', 7, ['one two', 'three']],
	['abcdefgh ij', 3, ['abc', 'def', 'gh', 'ij']],
	['a\n\nb', 5, ['a', '', 'b']],
	['語言語言', 3, ['語', '言', '語', '言']],
	['語', 1, ['語']],
	['a-very-long-word', 6, ['a-very', '-long-', 'word']],
	['', 10, ['']],
])('%j wrapped at %i', (text, columns, expected) => {
	expect(wrapText(text, columns)).toEqual(expected);
});

test.each([
	['certificaterequests.cert-manager.io', 32, ['certificaterequests.cert-', 'manager.io']],
	['CustomResourceDefinition', 15, ['CustomResource', 'Definition']],
	['spec.template.spec.replicas', 20, ['spec.template.spec.', 'replicas']],
	['a-verylongwordwithoutaseam', 12, ['a-verylongwo', 'rdwithoutase', 'am']],
	['語言語言', 5, ['語言', '語言']],
])('a name that is too long is broken where its parts meet: %s', (text, columns, expected) => {
	expect(wrapText(text, columns)).toEqual(expected);
});
