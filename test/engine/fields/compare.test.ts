import {describe, expect, test} from 'vitest';
import {compareObjects} from '../../../source/engine/fields/compare.ts';
import type {FieldsV1, KubernetesObject} from '../../../source/model/object.ts';

function differences(live: object, desired: object, ...listKeysFrom: FieldsV1[]): unknown[] {
	const make = (rest: object) =>
		({apiVersion: 'v1', kind: 'Widget', metadata: {name: 'w'}, ...rest}) as KubernetesObject;
	return compareObjects(make(live), make(desired), {listKeysFrom}).map(({steps: _steps, ...rest}) => rest);
}

const spec = (value: object) => ({spec: value});

test('equal objects do not differ, whatever the order of their keys', () => {
	expect(differences(spec({a: 1, b: {c: [1], d: 2n}}), spec({b: {d: 2, c: [1]}, a: 1}))).toEqual([]);
});

test('the server’s own bookkeeping and the status do not count', () => {
	const live = {
		metadata: {
			name: 'w',
			uid: 'u',
			resourceVersion: '1',
			generation: 3,
			creationTimestamp: 'x',
			selfLink: 'y',
			managedFields: [],
		},
		status: {ready: true},
	};
	expect(differences(live, {})).toEqual([]);
	expect(differences({}, live)).toEqual([]);
});

test('null is absent', () => {
	expect(differences(spec({a: null, b: {c: null}}), spec({b: {}}))).toEqual([]);
});

test.each([
	['a scalar', {a: 1}, {a: 2}, [{path: 'spec.a', live: 1, desired: 2}]],
	['a type', {a: '1'}, {a: 1}, [{path: 'spec.a', live: '1', desired: 1}]],
	['something more', {a: 1}, {}, [{path: 'spec.a', live: 1}]],
	['something missing', {}, {a: {b: 1}}, [{path: 'spec.a', desired: {b: 1}}]],
	['deep inside', {a: {b: {c: 1, d: 1}}}, {a: {b: {c: 2, d: 1}}}, [{path: 'spec.a.b.c', live: 1, desired: 2}]],
	['a map for a list', {a: {}}, {a: []}, [{path: 'spec.a', live: {}, desired: []}]],
	['false for nothing', {a: false}, {}, [{path: 'spec.a', live: false}]],
	['a list of scalars', {a: ['x', 'y']}, {a: ['x', 'z']}, [{path: 'spec.a', live: ['x', 'y'], desired: ['x', 'z']}]],
])('%s', (_what, live, desired, expected) => {
	expect(differences(spec(live), spec(desired))).toEqual(expected);
});

test('labels, annotations and data differ key by key, also when one side has none', () => {
	expect(
		differences(
			{metadata: {name: 'w', annotations: {'a/b': 'x'}}, data: {k: '1'}},
			{metadata: {name: 'w', labels: {l: 'y'}}},
		),
	).toEqual([
		{path: 'metadata.annotations[a/b]', live: 'x'},
		{path: 'metadata.labels.l', desired: 'y'},
		{path: 'data.k', live: '1'},
	]);
});

describe('lists', () => {
	const web = {name: 'web', image: 'nginx:1'};
	const side = {name: 'side', image: 'envoy'};

	test('items are matched by the keys that are common in Kubernetes', () => {
		expect(differences(spec({c: [side, web]}), spec({c: [{...web, image: 'nginx:2'}]}))).toEqual([
			{path: 'spec.c[name="side"]', live: side},
			{path: 'spec.c[name="web"].image', live: 'nginx:1', desired: 'nginx:2'},
		]);
	});

	test('ports by number and protocol, a missing protocol being TCP', () => {
		expect(
			differences(
				spec({
					p: [
						{containerPort: 53, protocol: 'UDP'},
						{containerPort: 53, protocol: 'TCP', name: 'a'},
					],
				}),
				spec({
					p: [
						{containerPort: 53, name: 'b'},
						{containerPort: 53, protocol: 'UDP'},
					],
				}),
			),
		).toContainEqual({path: 'spec.p[containerPort=53,protocol="TCP"].name', live: 'a', desired: 'b'});
	});

	test('the cluster’s word on keys wins over what is common', () => {
		const fields: FieldsV1 = {'f:spec': {'f:l': {'k:{"slot":1}': {'.': {}, 'f:slot': {}}}}};
		const live = spec({
			l: [
				{slot: 1, name: 'a'},
				{slot: 2, name: 'a'},
			],
		});
		expect(
			differences(
				live,
				spec({
					l: [
						{slot: 1, name: 'b'},
						{slot: 2, name: 'a'},
					],
				}),
				fields,
			),
		).toEqual([{path: 'spec.l[slot=1].name', live: 'a', desired: 'b'}]);
	});

	test('sets differ by their elements, in no order', () => {
		const fields: FieldsV1 = {'f:spec': {'f:s': {'v:"x"': {}}}};
		expect(differences(spec({s: ['x', 'y']}), spec({s: ['z', 'x']}), fields)).toEqual([
			{path: 'spec.s[="y"]', live: 'y'},
			{path: 'spec.s[="z"]', desired: 'z'},
		]);
	});

	test('an atomic list is one difference, even of items with names', () => {
		const fields: FieldsV1 = {'f:spec': {'f:l': {}}};
		expect(differences(spec({l: [web]}), spec({l: [side]}), fields)).toEqual([
			{path: 'spec.l', live: [web], desired: [side]},
		]);
	});

	test('an atomic map is one difference', () => {
		const fields: FieldsV1 = {'f:spec': {'f:selector': {}}};
		expect(differences(spec({selector: {a: 1}}), spec({selector: {a: 2}}), fields)).toEqual([
			{path: 'spec.selector', live: {a: 1}, desired: {a: 2}},
		]);
	});

	test('an empty map of one manager in which another owns something is no atomic one', () => {
		const leaf: FieldsV1 = {'f:spec': {'f:resources': {}}};
		const inside: FieldsV1 = {'f:spec': {'f:resources': {'f:limits': {'f:cpu': {}}}}};
		expect(
			differences(spec({resources: {limits: {cpu: 1}}}), spec({resources: {limits: {cpu: 2}}}), leaf, inside),
		).toEqual([{path: 'spec.resources.limits.cpu', live: 1, desired: 2}]);
	});

	test('a list that one side lacks is split only when its items have owners of their own', () => {
		const fields: FieldsV1 = {'f:spec': {'f:l': {'k:{"name":"web"}': {'.': {}}}}};
		expect(differences(spec({l: [web]}), spec({}), fields)).toEqual([{path: 'spec.l[name="web"]', live: web}]);
		expect(differences(spec({l: [web]}), spec({}))).toEqual([{path: 'spec.l', live: [web]}]);
	});

	test('without keys items of equally long lists are compared in place, others as a whole', () => {
		expect(differences(spec({l: [{x: 1}, {x: 2}]}), spec({l: [{x: 1}, {x: 3}]}))).toEqual([
			{path: 'spec.l[1].x', live: 2, desired: 3},
		]);
		expect(differences(spec({l: [{x: 1}]}), spec({l: [{x: 1}, {x: 3}]}))).toEqual([
			{path: 'spec.l', live: [{x: 1}], desired: [{x: 1}, {x: 3}]},
		]);
		// The same name twice: names do not tell the items apart.
		expect(differences(spec({l: [web, web]}), spec({l: [web, side]}))).toMatchObject([
			{path: 'spec.l[1].name'},
			{path: 'spec.l[1].image'},
		]);
	});

	test('the order of the same items is a difference of its own', () => {
		expect(differences(spec({c: [side, web]}), spec({c: [web, side]}))).toEqual([
			{
				path: 'spec.c',
				live: ['[name="side"]', '[name="web"]'],
				desired: ['[name="web"]', '[name="side"]'],
				isOrder: true,
			},
		]);
		expect(differences(spec({c: [side, web]}), spec({c: [web, {name: 'new'}]}))).not.toContainEqual(
			expect.objectContaining({isOrder: true}),
		);
	});
});

test('keys that prototypes have are ordinary keys', () => {
	const live = JSON.parse('{"spec":{"__proto__":{"a":1},"constructor":1}}');
	expect(differences(live, spec({}))).toEqual([
		{path: 'spec.__proto__', live: {a: 1}},
		{path: 'spec.constructor', live: 1},
	]);
});

test('objects nested a hundred thousand deep are compared without an exception', () => {
	const nest = (core: unknown) => {
		let value = core;
		for (let depth = 0; depth < 100_000; depth++) value = {a: value};
		return value;
	};
	expect(differences(spec({v: nest(1)}), spec({v: nest(2)}))).toHaveLength(1);
});
