import {describe, expect, test} from 'vitest';
import {canonicalFields, parseCanonical} from '../../../source/engine/fields/canonical.ts';
import {
	below,
	difference,
	fromPaths,
	has,
	intersection,
	isEmpty,
	isMember,
	nodeAt,
	parseFields,
	union,
} from '../../../source/engine/fields/fields.ts';
import {leaves, members, walk} from '../../../source/engine/fields/leaves.ts';
import {parsePath, printPath} from '../../../source/engine/fields/path.ts';
import type {FieldsV1} from '../../../source/model/object.ts';
import {type Random, randomFrom} from '../drift/random.ts';

const a: FieldsV1 = {'f:a': {}};
const aWithChild: FieldsV1 = {'f:a': {'.': {}, 'f:x': {}}};
const onlyChild: FieldsV1 = {'f:a': {'f:x': {}}};
const text = (fields: FieldsV1) => canonicalFields(fields);

describe('a node is a member when it is a leaf or has a dot', () => {
	test.each<[FieldsV1, string, boolean]>([
		[a, 'a', true],
		[aWithChild, 'a', true],
		[onlyChild, 'a', false],
		[onlyChild, 'a.x', true],
		[onlyChild, 'a.y', false],
		[a, 'a.x', false],
		[a, '', false],
		[{}, 'a', false],
	])('%o has %s: %s', (fields, path, expected) => {
		expect(has(fields, parsePath(path)!)).toBe(expected);
	});

	test('keys that are no elements are not children', () => {
		expect(isMember({x: {}} as FieldsV1)).toBe(true);
		expect(isEmpty({'.': {}, junk: {}})).toBe(true);
	});
});

describe('operations', () => {
	test.each<[string, FieldsV1, FieldsV1, FieldsV1]>([
		['nothing and something', {}, aWithChild, aWithChild],
		['a leaf and a child of it', a, onlyChild, aWithChild],
		['two children', onlyChild, {'f:a': {'f:y': {}}}, {'f:a': {'f:x': {}, 'f:y': {}}}],
		['the same', aWithChild, aWithChild, aWithChild],
	])('union of %s', (_what, left, right, expected) => {
		expect(text(union(left, right))).toBe(text(expected));
		expect(text(union(right, left))).toBe(text(expected));
	});

	test.each<[string, FieldsV1, FieldsV1, FieldsV1]>([
		['the same', aWithChild, aWithChild, {}],
		['a member above stays out of it', aWithChild, a, onlyChild],
		['a child goes, the dot stays', aWithChild, onlyChild, a],
		['a leaf minus a child of it', a, onlyChild, a],
		['a child minus its parent', onlyChild, a, onlyChild],
		['nothing in common', a, {'f:b': {}}, a],
	])('difference: %s', (_what, left, right, expected) => {
		expect(text(difference(left, right))).toBe(text(expected));
	});

	test.each<[string, FieldsV1, FieldsV1, FieldsV1]>([
		['the same', aWithChild, aWithChild, aWithChild],
		['a leaf and a node with a dot', a, aWithChild, a],
		['a leaf and a node without', a, onlyChild, {}],
		['a child of both', aWithChild, onlyChild, onlyChild],
		['nothing in common', a, {'f:b': {}}, {}],
	])('intersection: %s', (_what, left, right, expected) => {
		expect(text(intersection(left, right))).toBe(text(expected));
	});

	test('operands stay as they are', () => {
		const left = structuredClone(aWithChild);
		const right = structuredClone(onlyChild);
		union(left, right);
		difference(left, right);
		intersection(left, right);
		expect([left, right]).toEqual([aWithChild, onlyChild]);
	});

	test('the part below a path keeps its place', () => {
		const fields: FieldsV1 = {'f:s': {'f:l': {'k:{"name":"a"}': {'.': {}, 'f:x': {}}, 'k:{"name":"b"}': {'.': {}}}}};
		expect(text(below(fields, parsePath('s.l[name="a"]')!))).toBe(
			'{"f:s":{"f:l":{"k:{\\"name\\":\\"a\\"}":{".":{},"f:x":{}}}}}',
		);
		expect(text(below(fields, parsePath('s.nothing')!))).toBe('{}');
		expect(text(below(fields, []))).toBe(text(fields));
	});

	test('the spelling of a key does not matter', () => {
		const fields: FieldsV1 = {'k:{"name":"a\\u003cb"}': {}};
		expect(nodeAt(fields, parsePath('[name="a<b"]')!)).toEqual({});
		expect(has(fields, parsePath('[name="a<c"]')!)).toBe(false);
	});
});

describe('canonical text', () => {
	test.each<[string, FieldsV1, string]>([
		['nothing', {}, '{}'],
		[
			'keys are sorted, the dot first',
			{'v:1': {}, 'f:b': {}, 'f:a': {'k:{}': {}, '.': {}}, 'i:0': {}},
			'{"f:a":{".":{},"k:{}":{}},"f:b":{},"i:0":{},"v:1":{}}',
		],
		['a dot alone is a leaf', {'f:a': {'.': {}}}, '{"f:a":{}}'],
		['the root is no member', {'.': {}, 'f:a': {}}, '{"f:a":{}}'],
		['what is no element is left out', {'f:a': {x: {}}, y: {}} as FieldsV1, '{"f:a":{}}'],
	])('%s', (_what, fields, expected) => {
		expect(canonicalFields(fields)).toBe(expected);
		expect(canonicalFields(parseCanonical(expected))).toBe(expected);
	});

	test('broken text is the empty set', () => {
		for (const broken of ['', '{', 'null', '3', '"x"']) expect(parseCanonical(broken)).toEqual({});
	});
});

describe('reading', () => {
	test('nonsense is left out, what makes sense stays', () => {
		const value = {'f:a': null, 'f:b': {'k:{bad': {}, 'i:x': {}, 'v:"ok"': 3}, junk: {}, '.': {}};
		expect(parseFields(value)).toEqual({'f:a': {}, 'f:b': {'v:"ok"': {}}});
		for (const nothing of [null, undefined, 'x', 3, []]) expect(parseFields(nothing)).toEqual({});
	});
});

describe('walking', () => {
	const fields: FieldsV1 = {
		'f:spec': {'f:list': {'k:{"name":"b"}': {'.': {}, 'f:x': {}}, 'k:{"name":"a"}': {'.': {}}}, 'f:a': {}},
		'f:data': {},
	};

	test('members come in canonical order, a node before what is in it', () => {
		expect(members(fields).map(({path, isLeaf}) => `${printPath(path)}${isLeaf ? '' : ' .'}`)).toEqual([
			'data',
			'spec.a',
			'spec.list[name="a"]',
			'spec.list[name="b"] .',
			'spec.list[name="b"].x',
		]);
		expect(leaves(fields).map(printPath)).toEqual(['data', 'spec.a', 'spec.list[name="a"]', 'spec.list[name="b"].x']);
	});

	test('a visitor can pass over what is below', () => {
		const seen: string[] = [];
		walk(fields, ({path, isLeaf}) => {
			seen.push(printPath(path));
			return isLeaf ? undefined : 'skip';
		});
		expect(seen).not.toContain('spec.list[name="b"].x');
		expect(seen).toHaveLength(4);
	});
});

describe('laws, on random sets', () => {
	const keys = ['f:a', 'f:b', 'k:{"name":"x"}', 'v:1', 'i:0'];
	const randomSet = (random: Random, depth = 0): FieldsV1 => {
		const node: FieldsV1 = {};
		if (depth > 0 && random.chance(0.3)) node['.'] = {};
		if (depth < 3)
			for (const key of random.some(keys)) if (random.chance(0.7)) node[key] = randomSet(random, depth + 1);
		return node;
	};
	const pathsOf = (fields: FieldsV1) => new Set(members(fields).map(({path}) => printPath(path)));

	test('the sets of paths are what the operations say', () => {
		for (let seed = 1; seed <= 500; seed++) {
			const random = randomFrom(seed);
			const left = randomSet(random);
			const right = randomSet(random);
			const [l, r] = [pathsOf(left), pathsOf(right)];
			expect(pathsOf(union(left, right)), `seed ${seed}`).toEqual(l.union(r));
			expect(pathsOf(difference(left, right)), `seed ${seed}`).toEqual(l.difference(r));
			expect(pathsOf(intersection(left, right)), `seed ${seed}`).toEqual(l.intersection(r));
			expect(isEmpty(difference(left, left)), `seed ${seed}`).toBe(true);
			expect(text(union(difference(left, right), intersection(left, right))), `seed ${seed}`).toBe(text(left));
			expect(text(fromPaths(members(left).map(({path}) => path))), `seed ${seed}`).toBe(text(left));
			expect(pathsOf(parseCanonical(text(left))), `seed ${seed}`).toEqual(l);
			for (const {path} of members(right)) expect(has(left, path), `seed ${seed}`).toBe(l.has(printPath(path)));
		}
	});
});
