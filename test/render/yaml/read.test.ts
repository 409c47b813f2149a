import {describe, expect, test} from 'vitest';
import {defaultRenderLimits, type RenderLimits} from '../../../source/render/limits.ts';
import {readYaml} from '../../../source/render/yaml/read.ts';

const read = (text: string, limits: Partial<RenderLimits> = {}) => readYaml(text, {...defaultRenderLimits, ...limits});

describe('documents', () => {
	test('each knows the line of its first key', () => {
		const {documents, problems} = read('# head\n\na: 1\n---\n# comment\n\n---\n\nb: 2\n--- # next\nc: 3\n');
		expect(problems).toEqual([]);
		expect(documents.map(({value, line}) => [value, line])).toEqual([
			[{a: 1}, 3],
			[{b: 2}, 9],
			[{c: 3}, 11],
		]);
	});

	test('empty ones are skipped', () => {
		expect(read('').documents).toEqual([]);
		expect(read('---\n# nothing\n---\n~\n---\nnull\n').documents).toEqual([]);
	});

	test('a broken one does not hide the others', () => {
		const {documents, problems} = read('a: 1\n---\nb: [\n---\nc: 3\n---\nd: "\n');
		expect(documents.map(({value}) => value)).toEqual([{a: 1}, {c: 3}]);
		expect(problems.map(({code, line}) => [code, line])).toEqual([
			['YamlInvalid', 3],
			['YamlInvalid', 7],
		]);
	});

	test('what follows a document end is not lost in silence', () => {
		const {documents, problems} = read('a: 1\n...\nb: 2\n');
		expect(documents).toEqual([]);
		expect(problems).toMatchObject([{code: 'YamlInvalid', line: 3}]);
		expect(problems[0]?.hint).toContain('---');
	});

	test.each([
		['an alias', '*hunter22'],
		['a block', '|hunter22'],
		['a folded block', '>hunter22'],
		['a tag', '!hunter22 [x'],
		['a number', '.inf # hunter22'],
		['brackets', '[hunter22:5, {a: hunter22:b]'],
		['a tag of its own', '!<hunter22'],
	])('a Secret whose value looks like %s is refused without its value', (_name, value) => {
		const secret = `apiVersion: v1\nkind: Secret\nstringData:\n  p: ${value}\n`;
		const {problems} = read(secret);
		expect(problems).toHaveLength(1);
		expect(problems[0]?.line).toBeGreaterThan(2);
		expect(JSON.stringify(problems)).not.toContain('hunter22');
	});

	test('what is refused in other objects is quoted', () => {
		expect(read('kind: ConfigMap\ndata:\n  p: *shown\n').problems[0]?.message).toContain('*shown');
	});

	test('aliases give copies of their own', () => {
		const [document] = read('a: &x {list: [1]}\nb: *x\nc: {<<: *x}\n').documents;
		const value = document?.value as Record<string, {list: number[]}>;
		value.a!.list.push(2);
		expect(value).toEqual({a: {list: [1, 2]}, b: {list: [1]}, c: {list: [1]}});
	});

	test('JSON comes with or without separators, as kubectl 1.36 reads it', () => {
		const text = '{"a": 1}\n{"b": 2}{"c": "}{"}\n---\n{"d":\n[4]}\n';
		const {documents, problems} = read(text);
		expect(problems).toEqual([]);
		expect(documents.map(({value, line}) => [value, line])).toEqual([
			[{a: 1}, 1],
			[{b: 2}, 2],
			[{c: '}{'}, 2],
			[{d: [4]}, 4],
		]);
	});

	test('64-bit integers keep their digits', () => {
		expect(read('a: 9223372036854775807\nb: "1"').documents[0]?.value).toEqual({a: 9223372036854775807n, b: '1'});
	});
});

describe('problems', () => {
	test.each([
		['a duplicate key', 'a: 1\nb:\n  c: 1\n  c: 2\n', 'YamlDuplicateKey', 4, 'c'],
		['a tab', 'a:\n\tb: 1\n', 'YamlInvalid', 2, 'tab'],
		['bad indentation', 'a: 1\n  b: 2\n', 'YamlInvalid', 1, 'mapping'],
		['an open quote, where it opens', 'a: 1\nb: "x\nc: 3\nd: 4\n', 'YamlInvalid', 2, 'quote'],
		['an open bracket', 'a: 1\nb: [x\nc: 3\n', 'YamlInvalid', 3, 'sequence'],
		['an unknown alias', 'a: 1\nb: *nope\n', 'YamlInvalid', 2, 'nope'],
		['an anchor in itself', 'a: 1\nb: &x\n  c: *x\n', 'YamlInvalid', 3, 'itself'],
		['a null key', 'a:\n  ~: 1\n', 'YamlInvalid', 2, 'null'],
		['infinity', 'a:\n  b: .inf\n', 'YamlInvalid', 2, '.inf'],
		['a control character', 'a: 1\nb: "x\u0007"\n', 'YamlInvalid', 2, 'U+0007'],
		['the prototype', 'a: 1\n__proto__: {x: 1}\n', 'YamlKeyRefused', 2, '__proto__'],
		['the constructor', 'a:\n  constructor: 1\n', 'YamlKeyRefused', 2, 'constructor'],
		['a quoted prototype', 'a:\n  "prototype": 1\n', 'YamlKeyRefused', 2, 'prototype'],
		['a merged prototype', 'a: &x\n  "__proto__": 1\nb:\n  <<: *x\n', 'YamlKeyRefused', 2, '__proto__'],
		['JSON with a key twice', '{"a": 1,\n"a": 2}', 'YamlDuplicateKey', 2, 'a'],
	])('%s', (_title, text, code, line, word) => {
		const {problems, documents} = read(`x: 1\n---\n${text}`);
		expect(documents).toHaveLength(1);
		expect(problems).toMatchObject([{code, line: line + 2}]);
		expect(problems[0]?.message).toContain(word);
	});

	test('lines stay right where the text had to be repaired first', () => {
		const text = 'a: [\n1,\n2\n]\nb: "it\\\'s"\nc: "x"#comment\nd: 1\nd: 2\n';
		expect(read(text).problems).toMatchObject([{code: 'YamlDuplicateKey', line: 8}]);
		expect(read(text.replace('d: 2\n', '')).documents[0]?.value).toEqual({a: [1, 2], b: "it's", c: 'x', d: 1});
	});

	test.each([
		['as a value', 'a: {{ .Values.x }}\n'],
		['in control', '{{- if .Values.x }}\na: 1\n{{- end }}\n'],
	])('an unrendered Helm template has its own hint: %s', (_title, text) => {
		const {problems} = read(text);
		expect(problems).toHaveLength(1);
		expect(problems[0]?.hint).toContain('Helm template');
	});

	test('braces in quotes are nobody’s template', () => {
		expect(read('a: "{{ $labels.pod }}"\n').problems).toEqual([]);
	});

	test('messages are safe for a terminal', () => {
		const {problems} = read('a: 1\n"x\\u001b[31m\\u202e": 1\n"x\\u001b[31m\\u202e": 2\n');
		expect(problems).toHaveLength(1);
		expect(JSON.stringify(problems)).not.toMatch(/[\u001b\u202e]|\\u001b\[/);
	});

	test('repeated keys may be taken as Kubernetes takes them', () => {
		const {documents, problems} = readYaml('a: 1\nb: 2\na: 3\n', defaultRenderLimits, {duplicateKeys: 'last'});
		expect(problems).toEqual([]);
		expect(documents).toMatchObject([{value: {a: 3, b: 2}, duplicateKeys: ['a']}]);
	});
});

describe('hostile texts', () => {
	const bomb = [
		'a0: &a0 [x, x, x, x, x, x, x, x, x]',
		...Array.from({length: 12}, (_, level) => `a${level + 1}: &a${level + 1} [${`*a${level}, `.repeat(9)}]`),
	].join('\n');
	const merges = `b: &b {${Array.from({length: 1000}, (_, index) => `k${index}: v`).join(', ')}}\n${Array.from(
		{length: 900},
		(_, index) => `m${index}: {<<: *b}`,
	).join('\n')}\n`;
	const chain = `a0: &a0 ${'['.repeat(90)}${']'.repeat(90)}\n${Array.from(
		{length: 30},
		(_, level) => `a${level + 1}: &a${level + 1} ${'['.repeat(90)}*a${level}${']'.repeat(90)}`,
	).join('\n')}\n`;

	test.each([
		['an alias bomb', bomb],
		['a merge bomb', merges],
		['aliases that nest for ever', chain],
		['more aliases than allowed', `a: &a 1\nb: [${'*a, '.repeat(1_001)}]\n`],
		['brackets without end', `a: ${'['.repeat(100_000)}`],
		['braces without end', `a: ${'{b: '.repeat(100_000)}`],
		['indentation without end', Array.from({length: 500}, (_, depth) => `${' '.repeat(depth)}a:\n`).join('')],
		['dashes without end', '- '.repeat(100_000)],
		['question marks without end', '? '.repeat(100_000)],
		['two million keys', 'k: v\n'.repeat(2_000_000)],
		['two million entries', `a: [${'1,'.repeat(2_000_000)}]`],
	])('%s is too complex', (_title, text) => {
		const {documents, problems} = read(text);
		expect(documents).toEqual([]);
		expect(problems).toMatchObject([{code: 'YamlTooComplex'}]);
	});

	test('a line of 10 MB is only long', () => {
		const {documents, problems} = read(`a: "${'x'.repeat(10_000_000)}"\n`);
		expect(problems).toEqual([]);
		expect((documents[0]!.value as {a: string}).a).toHaveLength(10_000_000);
	});

	test('half a million separators are no documents', () => {
		expect(read('---\n'.repeat(500_000))).toEqual({documents: [], problems: []});
	});

	test('tags make nothing but text', () => {
		const text = "a: !!js/function 'function () {}'\nb: !!python/object:os.system {c: 1}\nd: !!js/regexp /x/\n";
		expect(read(text).documents[0]?.value).toEqual({a: 'function () {}', b: {c: 1}, d: '/x/'});
	});

	test('no key reaches a prototype', () => {
		read('__proto__: {polluted: yes}\n');
		read('{"__proto__": {"polluted": true}}');
		read('constructor: {prototype: {polluted: yes}}\n');
		expect(({} as Record<string, unknown>).polluted).toBeUndefined();
		expect(read('toString: a\nhasOwnProperty: b\nvalueOf: c\n').documents[0]?.value).toEqual({
			toString: 'a',
			hasOwnProperty: 'b',
			valueOf: 'c',
		});
	});

	test('limits can be set lower', () => {
		expect(read('a: {b: {c: 1}}', {depth: 2}).problems).toMatchObject([{code: 'YamlTooComplex'}]);
		expect(read('a: [1, 2, 3, 4]', {entries: 3}).problems).toMatchObject([{code: 'YamlTooComplex'}]);
		expect(read('a: &a [1]\nb: [*a, *a]', {aliasedNodes: 3}).problems).toMatchObject([{code: 'YamlTooComplex'}]);
	});
});
