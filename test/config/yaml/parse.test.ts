import {describe, expect, test} from 'vitest';
import {parseDocuments, parseInlineMap} from '../../../source/config/yaml/parse.ts';

const parse = (text: string) => parseDocuments({file: 'a.yaml', folder: '/', text});
const valuesOf = (text: string) => parse(text).documents.map(document => document.value);

describe('values', () => {
	test.each<[string, string, unknown[]]>([
		['several documents, empty ones left out', 'a: 1\n---\n---\n# only a comment\n---\nb: 2\n', [{a: 1}, {b: 2}]],
		['an empty file', '', []],
		['JSON, indented with tabs', '{\n\t"a": [\n\t\t{"b": true}\n\t]\n}', [{a: [{b: true}]}]],
		['a byte order mark', '\ufeffa: 1', [{a: 1}]],
		['quoted scalars are text', `a: "1"\nb: 'true'`, [{a: '1', b: 'true'}]],
		['strict booleans in our own keys', 'a: yes\nb: true', [{a: 'yes', b: true}]],
		[
			'Kubernetes booleans below values',
			'values: {a: yes, b: off, c: "on", d: {e: 0777}}',
			[{values: {a: true, b: false, c: 'on', d: {e: 511}}}],
		],
		['keys below values as Kubernetes reads them', 'values: {on: 1, 0x10: 2}', [{values: {true: 1, 16: 2}}]],
		['anchors', 'a: &x {b: 1}\nc: *x', [{a: {b: 1}, c: {b: 1}}]],
		['merge keys, own keys first', 'a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}', [{a: {b: 1, c: 2}, d: {b: 1, c: 3}}]],
		[
			'merge of a list, earlier ones win',
			'a: &x {k: 1}\nb: &y {k: 2, l: 3}\nc: {<<: [*x, *y]}',
			[{a: {k: 1}, b: {k: 2, l: 3}, c: {k: 1, l: 3}}],
		],
		['text tags', 'a: !!str 12', [{a: '12'}]],
		['number tags', 'a: !!int "12"\nb: !!float 3', [{a: 12, b: 3}]],
		['64-bit integers', 'a: 9223372036854775807', [{a: 9223372036854775807n}]],
		['block scalars', 'a: |\n  x: 1\n  y\n', [{a: 'x: 1\ny\n'}]],
		['constructor is an ordinary key', 'constructor: 1\nprototype: 2', [{constructor: 1, prototype: 2}]],
	])('%s', (_title, text, expected) => {
		expect(parse(text).problems).toEqual([]);
		expect(valuesOf(text)).toEqual(expected);
	});
});

describe('refusals, with the line, and the other documents go on', () => {
	test.each<[string, string, string, number, RegExp]>([
		['a duplicate key', 'a: 1\nb: 2\na: 3', 'DuplicateKey', 3, /`a` stands twice/],
		['a duplicate key that is spelled differently', '1: x\n"1": y', 'DuplicateKey', 2, /`"1"` stands twice/],
		['a tab as indentation', 'a:\n\tb: 1', 'InvalidYaml', 2, /tab/],
		['a key __proto__', 'a: 1\n__proto__: {b: 1}', 'InvalidYaml', 2, /__proto__/],
		['a key __proto__ inside', 'a:\n  "__proto__": {b: 1}', 'InvalidYaml', 2, /__proto__/],
		['a null key', 'a: 1\n~: 2', 'InvalidYaml', 2, /null/],
		['a template', 'a: 1\nname: {{ .Values.name }}', 'InvalidYaml', 2, /must be text/],
		['a foreign tag', 'a: !!js/function "x"', 'InvalidYaml', 1, /tag/],
		['an unknown anchor', 'a: *nothing', 'InvalidYaml', 1, /nothing/],
		['an anchor inside itself', 'a: &x [1, *x]', 'InvalidYaml', 1, /contains itself/],
		['an unclosed bracket', 'a: [1, 2\nb: 3', 'InvalidYaml', 2, /.+/],
		['merging a list', 'a: {<<: [1]}', 'InvalidYaml', 1, /merged/],
	])('%s', (_title, text, code, line, message) => {
		const {documents, problems} = parse(`${text}\n---\ngood: 1\n`);
		expect(problems[0]).toMatchObject({code, line, file: 'a.yaml', message: expect.stringMatching(message)});
		if (code !== 'InvalidYaml' || !text.includes('[1, 2'))
			expect(documents.map(each => each.value)).toEqual([{good: 1}]);
	});

	test('every duplicate of a document is told', () => {
		expect(parse('a: 1\na: 2\nb: 1\nb: 2').problems.map(problem => problem.line)).toEqual([2, 4]);
	});

	test('an alias bomb is refused', () => {
		const levels = Array.from(
			{length: 20},
			(_, level) => `l${level + 1}: &l${level + 1} [${Array(9).fill(`*l${level}`).join(', ')}]`,
		);
		const {documents, problems} = parse(`l0: &l0 [x]\n${levels.join('\n')}`);
		expect(documents).toEqual([]);
		expect(problems).toMatchObject([{code: 'InvalidYaml', message: expect.stringMatching(/aliases repeat/)}]);
	});

	test.each([
		['lists', '['],
		['maps', '{a: '],
		['block lists', '- '],
	])('endlessly nested %s are refused', (_title, open) => {
		const {documents, problems} = parse(open.repeat(20_000));
		expect(documents).toEqual([]);
		expect(problems.length).toBeGreaterThan(0);
		expect(problems.length).toBeLessThan(10);
	});

	test('a file beyond all sense is not even parsed', () => {
		expect(parse(`a: ${'x'.repeat(5 * 1024 * 1024)}`).problems).toMatchObject([{code: 'FileTooLarge'}]);
	});

	test('control characters of the file do not reach the message', () => {
		const {problems} = parse('"a\\x1b[2J": 1\n"a\\x1b[2J": 2\n\u001b]0;x\u0007: &\u001b[31mx *y');
		for (const problem of problems) expect(problem.message).not.toMatch(/[\u0000-\u001f\u007f]/);
		expect(problems.length).toBeGreaterThan(0);
	});
});

describe('positions', () => {
	const text = '# head\nspec:\n  list:\n    - name: a\n      value: "x"\n  base: &b {deep: 1}\n  copy: *b\n';
	const [document] = parse(text).documents;

	test.each<[(string | number)[], 'key' | 'value', number, number]>([
		[[], 'value', 2, 1],
		[['spec'], 'key', 2, 1],
		[['spec', 'list', 0], 'value', 4, 7],
		[['spec', 'list', 0, 'value'], 'key', 5, 7],
		[['spec', 'list', 0, 'value'], 'value', 5, 14],
		[['spec', 'list', 0, 'missing', 'deeper'], 'value', 4, 7],
		[['spec', 'copy', 'deep'], 'key', 6, 13],
	])('%j %s', (path, part, line, column) => {
		expect(document?.positionOf(path, part)).toEqual({line, column});
	});

	test('a scalar as it was written', () => {
		expect(parse('a: 1.10\nb: "x"').documents[0]?.writtenAs(['a'])).toBe('1.10');
		expect(document?.writtenAs(['spec'])).toBeUndefined();
	});
});

describe('YAML inside a string', () => {
	test.each<[string, unknown]>([
		['', {}],
		['# nothing\n', {}],
		['a: yes\nb: {c: 0777}', {a: true, b: {c: 511}}],
	])('%j', (text, value) => {
		expect(parseInlineMap(text)).toEqual({ok: true, value});
	});

	test.each<[string, RegExp]>([
		['- a', /must be a YAML map/],
		['just text', /must be a YAML map/],
		['a: 1\n---\nb: 2', /more than one/],
		['a: [', /not valid YAML/],
		['a: 1\na: 2', /stands twice/],
		['__proto__: 1', /__proto__/],
	])('%j is refused', (text, reason) => {
		expect(parseInlineMap(text)).toMatchObject({ok: false, reason: expect.stringMatching(reason)});
	});
});
