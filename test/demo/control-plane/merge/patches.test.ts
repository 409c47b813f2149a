import {describe, expect, test} from 'vitest';
import {jsonMergePatch, jsonPatch, strategicMergePatch} from '../../../../demo/control-plane/merge/index.ts';
import {ApiError} from '../../../../demo/control-plane/types.ts';
import {builtIn, custom} from '../kinds.ts';

function codeOf(run: () => unknown): number | null {
	try {
		run();
		return null;
	} catch (error) {
		return error instanceof ApiError ? error.failure.code : -1;
	}
}

describe('a JSON merge patch', () => {
	test.each<[string, unknown, unknown, unknown]>([
		['adds and replaces', {a: 1, b: {c: 1}}, {b: {d: 2}, e: 3}, {a: 1, b: {c: 1, d: 2}, e: 3}],
		['removes by null', {a: 1, b: 2}, {a: null}, {b: 2}],
		['replaces lists', {a: [1, 2]}, {a: [3]}, {a: [3]}],
		['drops nulls in what is new', {}, {a: {b: null, c: 1}}, {a: {c: 1}}],
		['makes a map of a scalar', {a: 'x'}, {a: {b: 1}}, {a: {b: 1}}],
		['keeps odd names as names', {}, JSON.parse('{"__proto__":{"a":1}}'), JSON.parse('{"__proto__":{"a":1}}')],
	])('%s', (_name, target, patch, expected) => {
		expect(jsonMergePatch(target, patch)).toEqual(expected);
	});
});

describe('a JSON patch', () => {
	const target = {a: [1, 2, 3], b: {'x/y': 1, 'm~n': 2}};

	test.each<[string, unknown[], unknown]>([
		['adds in a list', [{op: 'add', path: '/a/1', value: 9}], {...target, a: [1, 9, 2, 3]}],
		['adds at the end', [{op: 'add', path: '/a/-', value: 9}], {...target, a: [1, 2, 3, 9]}],
		['removes from a list', [{op: 'remove', path: '/a/0'}], {...target, a: [2, 3]}],
		['replaces', [{op: 'replace', path: '/a/2', value: 9}], {...target, a: [1, 2, 9]}],
		[
			'reads escapes',
			[
				{op: 'remove', path: '/b/x~1y'},
				{op: 'replace', path: '/b/m~0n', value: 3},
			],
			{a: [1, 2, 3], b: {'m~n': 3}},
		],
		['moves', [{op: 'move', from: '/a/0', path: '/a/-'}], {...target, a: [2, 3, 1]}],
		['copies', [{op: 'copy', from: '/a', path: '/c'}], {...target, c: [1, 2, 3]}],
		[
			'goes on after a test that holds',
			[
				{op: 'test', path: '/a', value: [1, 2, 3]},
				{op: 'remove', path: '/b'},
			],
			{a: [1, 2, 3]},
		],
		['takes what is absent for null in a test', [{op: 'test', path: '/c', value: null}], target],
	])('%s', (_name, patch, expected) => {
		expect(jsonPatch(target, patch)).toEqual(expected);
	});

	test.each<[string, unknown, number]>([
		['a test that does not hold', [{op: 'test', path: '/a/0', value: 2}], 422],
		['a path that is not there', [{op: 'remove', path: '/c'}], 422],
		['a replacement of nothing', [{op: 'replace', path: '/c', value: 1}], 422],
		['an index out of bounds', [{op: 'add', path: '/a/4', value: 1}], 422],
		['an unknown operation', [{op: 'merge', path: '/a'}], 422],
		['something that is no list', {op: 'add'}, 400],
		['a patch without end', Array.from({length: 10_001}, () => ({op: 'test', path: '/a', value: 1})), 413],
	])('refuses %s', (_name, patch, code) => {
		expect(codeOf(() => jsonPatch(target, patch))).toBe(code);
	});

	test('leaves the target as it was', () => {
		jsonPatch(target, [{op: 'remove', path: '/a/0'}]);
		expect(target.a).toEqual([1, 2, 3]);
	});
});

describe('a strategic merge patch', () => {
	const pod = (spec: unknown) => ({spec});
	const two = {
		containers: [
			{name: 'a', image: 'a:1', args: ['x']},
			{name: 'b', image: 'b:1'},
		],
	};

	test.each<[string, unknown, unknown, unknown]>([
		[
			'merges list items by their key',
			two,
			{containers: [{name: 'b', image: 'b:2'}]},
			{
				containers: [
					{name: 'a', image: 'a:1', args: ['x']},
					{name: 'b', image: 'b:2'},
				],
			},
		],
		[
			'puts new items before what only the server has',
			{containers: [{name: 'a'}]},
			{containers: [{name: 'c'}]},
			{containers: [{name: 'c'}, {name: 'a'}]},
		],
		['deletes an item', two, {containers: [{name: 'a', $patch: 'delete'}]}, {containers: [{name: 'b', image: 'b:1'}]}],
		['replaces a list', two, {containers: [{$patch: 'replace'}, {name: 'c'}]}, {containers: [{name: 'c'}]}],
		[
			'replaces atomic lists',
			two,
			{containers: [{name: 'a', args: ['y']}]},
			{containers: [{name: 'a', image: 'a:1', args: ['y']}, two.containers[1]]},
		],
		[
			'orders',
			two,
			{'$setElementOrder/containers': [{name: 'b'}, {name: 'a'}]},
			{containers: [two.containers[1], two.containers[0]]},
		],
		[
			'keeps only the named keys',
			{volumes: [{name: 'v', emptyDir: {}}]},
			{volumes: [{name: 'v', $retainKeys: ['name', 'hostPath'], hostPath: {path: '/x'}}]},
			{volumes: [{name: 'v', hostPath: {path: '/x'}}]},
		],
		['replaces a map', {nodeSelector: {a: '1'}}, {nodeSelector: {$patch: 'replace', b: '2'}}, {nodeSelector: {b: '2'}}],
		['removes by null', {hostname: 'h', subdomain: 's'}, {hostname: null}, {subdomain: 's'}],
		[
			'leaves nothing of its own language behind',
			{},
			{securityContext: {$retainKeys: ['runAsUser'], runAsUser: 1}},
			{securityContext: {runAsUser: 1}},
		],
	])('%s', (_name, target, patch, expected) => {
		expect(strategicMergePatch(builtIn('v1/Pod'), pod(target), pod(patch))).toEqual(pod(expected));
	});

	test('removes from lists of scalars', () => {
		const target = {metadata: {finalizers: ['a', 'b']}};
		const patch = {metadata: {'$deleteFromPrimitiveList/finalizers': ['a'], finalizers: ['c']}};
		expect(strategicMergePatch(builtIn('v1/Pod'), target, patch)).toEqual({metadata: {finalizers: ['c', 'b']}});
	});

	test.each<[string, unknown, number]>([
		['an item without its key', {containers: [{image: 'x'}]}, 400],
		[
			'an order that its items do not have',
			{containers: [{name: 'b'}, {name: 'a'}], '$setElementOrder/containers': [{name: 'a'}, {name: 'b'}]},
			500,
		],
		['an unknown directive', {$patch: 'explode'}, 400],
	])('refuses %s', (_name, patch, code) => {
		expect(codeOf(() => strategicMergePatch(builtIn('v1/Pod'), pod(two), pod(patch)))).toBe(code);
	});

	test('is refused for custom resources', () => {
		expect(codeOf(() => strategicMergePatch(custom({type: 'object'}), {}, {}))).toBe(415);
	});
});
