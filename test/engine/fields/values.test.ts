import {describe, expect, test} from 'vitest';
import {removeAt, setAt} from '../../../source/engine/fields/edit.ts';
import {lookup} from '../../../source/engine/fields/lookup.ts';
import {managersOf} from '../../../source/engine/fields/managers-of.ts';
import {parsePath} from '../../../source/engine/fields/path.ts';
import {coversPath, parsePointer, pointerOf} from '../../../source/engine/fields/pointer.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';

const object = JSON.parse(`{
	"spec": {
		"replicas": 2,
		"nothing": null,
		"containers": [
			{"name": "side", "ports": []},
			{"name": "web", "image": "nginx", "ports": [{"containerPort": 80, "protocol": "UDP"}, {"containerPort": 80, "protocol": "TCP", "name": "http"}]}
		],
		"args": ["a", "b"],
		"loose": [{"containerPort": 80}, {"containerPort": 81}]
	},
	"metadata": {"labels": {"a/b": "x", "a~b": "y"}, "finalizers": ["one", "two"]},
	"__proto__": {"polluted": true}
}`);
const at = (path: string) => parsePath(path)!;

describe('lookup', () => {
	test.each([
		['', object],
		['spec.replicas', 2],
		['spec.nothing', null],
		['spec.missing', undefined],
		['spec.replicas.below', undefined],
		['spec.containers[name="web"].image', 'nginx'],
		['spec.containers[name="web"].ports[containerPort=80,protocol="TCP"].name', 'http'],
		['spec.containers[name="gone"].image', undefined],
		['spec.containers.web', undefined],
		['spec.args[1]', 'b'],
		['spec.args[2]', undefined],
		['metadata.finalizers[="two"]', 'two'],
		['metadata.finalizers[="three"]', undefined],
		['metadata.labels[a/b]', 'x'],
		['__proto__.polluted', true],
		['spec.__proto__', undefined],
		['constructor', undefined],
		['spec.args.length', undefined],
		['spec[name="x"]', undefined],
	])('%s', (path, expected) => {
		expect(lookup(object, at(path))).toEqual(expected);
	});

	test('an item that leaves out a key field is found when no other could be meant', () => {
		expect(lookup(object, at('spec.loose[containerPort=81,protocol="TCP"]'))).toEqual({containerPort: 81});
		expect(lookup([{a: 1}, {a: 1}], at('[a=1,b=2]'))).toBeUndefined();
		expect(lookup([{a: 1}, {a: 1, b: 2}], at('[a=1,b=2]'))).toEqual({a: 1, b: 2});
		expect(lookup([{c: 1}], at('[a=1,b=2]'))).toBeUndefined();
	});
});

describe('setting and removing', () => {
	test.each([
		['spec.replicas', {spec: {replicas: 5}}],
		['spec.containers[name="web"].image', {spec: {containers: [{name: 'web', image: 5}]}}],
		['metadata.finalizers[="x"]', {metadata: {finalizers: [5]}}],
	])('%s is made where there is nothing', (path, expected) => {
		expect(setAt({}, at(path), 5)).toEqual(expected);
	});

	test('only what changes is copied', () => {
		const copy = setAt(object, at('spec.containers[name="web"].image'), 'other') as typeof object;
		expect(lookup(copy, at('spec.containers[name="web"].image'))).toBe('other');
		expect(lookup(object, at('spec.containers[name="web"].image'))).toBe('nginx');
		expect(copy.metadata).toBe(object.metadata);
		expect(copy.spec.containers[0]).toBe(object.spec.containers[0]);
		expect(setAt(object, at('spec.replicas'), 2)).toBe(object);
	});

	test('a prototype is never reached', () => {
		const copy = setAt({}, at('__proto__.polluted'), true) as object;
		expect(Object.hasOwn(copy, '__proto__')).toBe(true);
		expect(({} as {polluted?: boolean}).polluted).toBeUndefined();
	});

	test('a path through a scalar, or of the wrong kind, changes nothing', () => {
		for (const path of ['spec.replicas.x', 'spec.replicas[0]', 'spec[name="x"].y', 'spec.args.x']) {
			expect(setAt(object, at(path), 1), path).toBe(object);
			expect(removeAt(object, at(path)), path).toBe(object);
		}
	});

	test.each([
		['spec.replicas', 'spec.replicas'],
		['spec.containers[name="side"]', 'spec.containers[name="side"]'],
		['metadata.finalizers[="one"]', 'metadata.finalizers[="one"]'],
	])('%s is removed, its neighbours stay', path => {
		const copy = removeAt(object, at(path)) as typeof object;
		expect(lookup(copy, at(path))).toBeUndefined();
		expect(lookup(object, at(path))).toBeDefined();
		expect(lookup(copy, at('spec.containers[name="web"].image'))).toBe('nginx');
		expect(lookup(copy, at('metadata.finalizers[="two"]'))).toBe('two');
	});

	test('what became empty goes too when asked, but no list item and nothing that was empty before', () => {
		const body = {spec: {a: {b: {c: 1}}, empty: {}, list: [{name: 'x', env: [{name: 'E'}]}]}};
		expect(removeAt(body, at('spec.a.b.c'), {prunes: true})).toEqual({spec: {empty: {}, list: body.spec.list}});
		expect(removeAt(body, at('spec.list[name="x"].env[name="E"]'), {prunes: true})).toEqual({
			spec: {...body.spec, list: [{name: 'x'}]},
		});
		expect(removeAt(body, at('spec.a.b.c'))).toEqual({spec: {...body.spec, a: {b: {}}}});
	});
});

describe('RFC 6901 pointers', () => {
	test.each([
		['', ''],
		['spec.replicas', '/spec/replicas'],
		['spec.missing', '/spec/missing'],
		['spec.missing.below', null],
		['metadata.labels[a/b]', '/metadata/labels/a~1b'],
		['metadata.labels["a~b"]', '/metadata/labels/a~0b'],
		['spec.containers[name="web"].ports[containerPort=80,protocol="TCP"]', '/spec/containers/1/ports/1'],
		['spec.containers[name="gone"]', null],
		['metadata.finalizers[="two"]', '/metadata/finalizers/1'],
		['spec.args[1]', '/spec/args/1'],
		['spec.args[2]', null],
	])('%s is %s', (path, pointer) => {
		expect(pointerOf(object, at(path))).toBe(pointer);
	});

	test.each([
		['', []],
		['/', ['']],
		['/a~1b/m~0n', ['a/b', 'm~n']],
		['/~01', ['~1']],
		['a', null],
		['/~2', null],
		['/~', null],
	])('%s reads as %o', (pointer, tokens) => {
		expect(parsePointer(pointer)).toEqual(tokens);
	});

	test('a leading zero is no position', () => {
		expect(coversPath(['spec', 'args', '01'], at('spec.args[1]'))).toBe(false);
		expect(coversPath(['spec', 'args', '1'], at('spec.args[1]'))).toBe(true);
	});
});

test('managers of a path, each once', () => {
	const entry = (manager: string, fieldsV1: object) => ({manager, operation: 'Update', fieldsV1});
	const live = {
		metadata: {
			name: 'x',
			managedFields: [
				entry('a', {'f:spec': {'f:replicas': {}}}),
				entry('b', {'f:spec': {'f:template': {'f:x': {}}}}),
				entry('a', {'f:spec': {'f:replicas': {}}}),
				{},
			],
		},
	} as unknown as KubernetesObject;
	expect(managersOf(live, at('spec.replicas'))).toEqual(['a']);
	expect(managersOf(live, at('spec'))).toEqual(['a', 'b']);
	expect(managersOf(live, at('spec.template'))).toEqual(['b']);
	expect(managersOf(live, at('data'))).toEqual([]);
	expect(managersOf(live, [])).toEqual([]);
});
