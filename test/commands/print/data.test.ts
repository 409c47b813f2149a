import {load} from 'js-yaml';
import {describe, expect, test} from 'vitest';
import {parse} from 'yaml';
import {jsonLine, jsonText, yamlText} from '../../../source/commands/print/data.ts';

const values: [string, unknown][] = [
	['nothing', {}],
	['empty things', {list: [], map: {}, text: '', none: null}],
	['nesting', {a: [{b: [1, [2, 3]], c: {d: 'e'}}, [], 'x'], f: {g: {h: [{}]}}}],
	['numbers and truths', {a: 0, b: -1.5, c: 1e21, d: true, e: false}],
	[
		'strings that other readers take for something else',
		Object.fromEntries(
			[
				'no',
				'Yes',
				'on',
				'y',
				'null',
				'~',
				'true',
				'1',
				'0o7',
				'0x1f',
				'1e3',
				'.inf',
				'.NaN',
				'12:30',
				'2026-11-21',
				'=',
				'<<',
			].map((text, index) => [`k${index}`, text]),
		),
	],
	['the same as keys', {no: 1, '1': 2, 'a: b': 3, '- a': 4, '# c': 5, '': 6}],
	[
		'text with everything',
		{a: 'two\nlines\n', b: '\ttab', c: ' lead', d: 'trail ', e: "it's", f: '"quoted"', g: '\u0000\u001b[31m'},
	],
	['unicode', {a: 'grün', b: '漢字', c: '🙂', d: '\u202eevil', e: '\u009b31m', f: '\u2028', g: '\ufeff'}],
	[
		'paths and urls',
		{
			a: 'https://git.example.com/shop.git',
			b: 'deploy/checkout',
			c: '$HOME',
			d: '*.yaml',
			e: '&a',
			f: '!b',
			g: '@c',
			h: '%d',
		},
	],
];

describe('YAML is read back as the same value', () => {
	test.each(values)('%s', (_name, value) => {
		const text = yamlText(value);
		expect(parse(text)).toEqual(value);
		expect(parse(text, {version: '1.1'})).toEqual(value);
		expect(load(text)).toEqual(value);
	});

	test('it looks like YAML', () => {
		expect(yamlText({name: 'checkout', list: [{a: 1, b: ['x']}, 2], no: 'no', empty: []})).toMatchInlineSnapshot(`
			"name: checkout
			list:
			- a: 1
			  b:
			  - x
			- 2
			"no": "no"
			empty: []"
		`);
	});
});

describe('JSON is the same value and holds nothing a terminal would obey', () => {
	test.each(values)('%s', (_name, value) => {
		expect(JSON.parse(jsonLine(value))).toEqual(value);
		expect(JSON.parse(jsonText(value))).toEqual(value);
		expect(jsonLine(value)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\ufeff]/);
	});
});
