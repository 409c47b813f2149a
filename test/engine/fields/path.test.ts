import {describe, expect, test} from 'vitest';
import {parsePath, printPath} from '../../../source/engine/fields/path.ts';
import {matches, matchesText, parsePattern} from '../../../source/engine/fields/pattern.ts';
import {
	fieldPath,
	fieldStep,
	formatElement,
	keyStep,
	type Path,
	parseElement,
} from '../../../source/engine/fields/step.ts';

const spelled: [string, Path][] = [
	['', []],
	['spec.replicas', fieldPath('spec', 'replicas')],
	[
		'spec.template.spec.containers[name="web"].image',
		[...fieldPath('spec', 'template', 'spec', 'containers'), keyStep({name: 'web'}), fieldStep('image')],
	],
	['ports[containerPort=80,protocol="TCP"]', [fieldStep('ports'), keyStep({protocol: 'TCP', containerPort: 80})]],
	['metadata.labels[app.kubernetes.io/name]', fieldPath('metadata', 'labels', 'app.kubernetes.io/name')],
	['data[tls.crt]', fieldPath('data', 'tls.crt')],
	['data.snake_case-dashed', fieldPath('data', 'snake_case-dashed')],
	['data[1password]', fieldPath('data', '1password')],
	['data["0"]', fieldPath('data', '0')],
	['data["*"]', fieldPath('data', '*')],
	['data[""]', fieldPath('data', '')],
	['data["a b"]', fieldPath('data', 'a b')],
	['data["a=b"]', fieldPath('data', 'a=b')],
	['data["a]b"]', fieldPath('data', 'a]b')],
	['data["-x"]', fieldPath('data', '-x')],
	['data["say \\"hi\\""]', fieldPath('data', 'say "hi"')],
	['data["\\n\\u001b[31m"]', fieldPath('data', '\n\u001b[31m')],
	['data["\\u202eevil\\u0085"]', fieldPath('data', '\u202eevil\u0085')],
	['data["\\udb40\\udc41"]', fieldPath('data', '\u{e0041}')],
	['data["grün"]', fieldPath('data', 'grün')],
	['data.__proto__', fieldPath('data', '__proto__')],
	['["a.b c"].x', fieldPath('a.b c', 'x')],
	['finalizers[="example.com/keep"]', [fieldStep('finalizers'), {type: 'value', value: 'example.com/keep'}]],
	['numbers[=7]', [fieldStep('numbers'), {type: 'value', value: 7}]],
	['set[={"a":["]"]}]', [fieldStep('set'), {type: 'value', value: {a: [']']}}]],
	['args[0]', [fieldStep('args'), {type: 'index', index: 0}]],
	['list[name="a,b=c]"]', [fieldStep('list'), keyStep({name: 'a,b=c]'})]],
	['list[a=true,b=null,c=9007199254740993]', [fieldStep('list'), keyStep({a: true, b: null, c: 9007199254740993n})]],
	['list["odd name"=1]', [fieldStep('list'), keyStep({'odd name': 1})]],
];

describe('printed paths', () => {
	test.each(spelled)('%s', (text, path) => {
		expect(printPath(path)).toBe(text);
		expect(parsePath(text)).toEqual(path);
		expect(text).toMatch(/^[^\p{Cc}\u202e\u{e0041}]*$/u);
	});

	test.each([
		['.spec.replicas', 'spec.replicas'],
		["data['tls.crt']", 'data[tls.crt]'],
		['list[name=web]', 'list[name="web"]'],
		["list[name='web'].image", 'list[name="web"].image'],
		['list[b=1,a=2]', 'list[a=2,b=1]'],
		['data["plain"]', 'data.plain'],
		['finalizers[=keep]', 'finalizers[="keep"]'],
	])('%s is understood as %s', (typed, printed) => {
		expect(printPath(parsePath(typed)!)).toBe(printed);
	});

	test.each([
		'spec..replicas',
		'spec.',
		'spec[',
		'spec[a',
		'spec[]',
		'spec]',
		'a[b]c',
		'a["x]',
		'a[name=]',
		'a[name="x",]',
		'a[*]',
		'a.*',
		'..a',
	])('%s is no path', text => {
		expect(parsePath(text)).toBeNull();
	});

	test('nothing makes reading slow', () => {
		const brackets = `a[={${'"]"'.repeat(50_000)}`;
		expect(parsePath(brackets)).toBeNull();
		expect(parsePath('a'.repeat(1_000_000))).toHaveLength(1);
		expect(parsePath('[x]'.repeat(100_000))).toHaveLength(100_000);
	});
});

describe('elements of FieldsV1', () => {
	test.each([
		['f:', fieldStep('')],
		['f:a.b/c', fieldStep('a.b/c')],
		['k:{"b":1,"a":"x"}', keyStep({a: 'x', b: 1})],
		['v:"x"', {type: 'value', value: 'x'}],
		['v:{"a":1}', {type: 'value', value: {a: 1}}],
		['i:3', {type: 'index', index: 3}],
		['k:{"n":9007199254740993}', keyStep({n: 9007199254740993n})],
	])('%s', (element, step) => {
		expect(parseElement(element)).toEqual(step);
		expect(parseElement(formatElement(step as never))).toEqual(step);
	});

	test.each(['', '.', 'f', 'x:y', 'k:', 'k:[]', 'k:3', 'k:{', 'v:', 'i:', 'i:-1', 'i:1x', '__proto__'])(
		'%s is none',
		element => {
			expect(parseElement(element)).toBeNull();
		},
	);
});

describe('patterns', () => {
	test.each([
		['spec.replicas', 'spec.replicas', true],
		['spec.replicas', 'spec', false],
		['spec', 'spec.replicas', false],
		['spec.*', 'spec.replicas', true],
		['spec.*', 'spec', false],
		['spec.*', 'spec.a.b', false],
		['*.replicas', 'spec.replicas', true],
		['spec.containers[*].image', 'spec.containers[name="web"].image', true],
		['spec.containers.*.image', 'spec.containers[name="web"].image', true],
		['spec.containers[*].image', 'spec.containers[0].image', true],
		['spec.containers[name="web"].image', 'spec.containers[name="web"].image', true],
		['spec.containers[name="web"].image', 'spec.containers[name="side"].image', false],
		['spec.**', 'spec.a[name="x"].b', true],
		['spec.**', 'spec', true],
		['spec.**', 'metadata.labels.a', false],
		['spec[*].**', 'spec.a.b', true],
		['**', '', true],
		['**', 'spec.replicas', true],
		['', '', true],
		['', 'spec', false],
		['data["*"]', 'data.x', false],
		['metadata.labels[app.kubernetes.io/name]', 'metadata.labels[app.kubernetes.io/name]', true],
		['metadata.labels[*]', 'metadata.labels[app.kubernetes.io/name]', true],
	])('%s and %s: %s', (pattern, path, expected) => {
		expect(matchesText(pattern, path)).toBe(expected);
	});

	test('as a prefix it covers what is below', () => {
		const pattern = parsePattern('spec.*')!;
		expect(matches(pattern, parsePath('spec.a.b')!, {isPrefix: true})).toBe(true);
		expect(matches(pattern, parsePath('spec')!, {isPrefix: true})).toBe(false);
	});

	test.each(['spec.**.image', '**.image', 'spec[', 'a..b'])('%s is no pattern', pattern => {
		expect(parsePattern(pattern)).toBeNull();
		expect(matchesText(pattern, 'spec.image')).toBe(false);
	});
});
