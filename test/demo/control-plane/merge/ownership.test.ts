import {describe, expect, test} from 'vitest';
import {
	applyServerSide,
	fieldSetOf,
	trackScale,
	trackUpdate,
	unlessOnlyTimes,
} from '../../../../demo/control-plane/merge/index.ts';
import type {KindSchema} from '../../../../demo/control-plane/schema/index.ts';
import {ApiError, type ApiFailure} from '../../../../demo/control-plane/types.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {builtIn, configMap, custom, widget} from '../kinds.ts';

const schema = builtIn('v1/ConfigMap');
const start = Date.UTC(2026, 0, 1);

function apply(
	live: KubernetesObject | null,
	applied: KubernetesObject,
	manager: string,
	options: {force?: boolean; now?: number; schema?: KindSchema} = {},
): KubernetesObject {
	const {force = false, now = start} = options;
	return applyServerSide({schema: options.schema ?? schema, live, applied, manager, force, now});
}

function update(
	before: KubernetesObject | null,
	after: KubernetesObject,
	manager: string,
	now = start,
): KubernetesObject {
	return trackUpdate({schema, before, after, manager, now});
}

/** `manager: fields` of every entry. */
function owners(object: KubernetesObject): Record<string, unknown> {
	return Object.fromEntries((object.metadata.managedFields ?? []).map(entry => [entry.manager, entry.fieldsV1]));
}

function failureOf(run: () => unknown): ApiFailure | null {
	try {
		run();
		return null;
	} catch (error) {
		if (error instanceof ApiError) return error.failure;
		throw error;
	}
}

describe('server-side apply', () => {
	test('takes a forced field from its owner, and the last owner takes it along', () => {
		const first = apply(null, configMap({a: '1', b: '1'}), 'one');
		expect(failureOf(() => apply(first, configMap({a: '2'}), 'two'))).toMatchObject({
			code: 409,
			message: 'Apply failed with 1 conflict: conflict with "one": .data.a',
		});
		const forced = apply(first, configMap({a: '2'}), 'two', {force: true});
		expect(owners(forced)).toEqual({one: {'f:data': {'f:b': {}}}, two: {'f:data': {'f:a': {}}}});
		expect(apply(forced, configMap({}), 'two').data).toEqual({b: '1'});
	});

	test('leaves everything as it was when nothing changes', () => {
		const first = apply(null, configMap({a: '1'}), 'one');
		const second = apply(first, configMap({a: '1'}), 'one', {now: start + 60_000});
		expect(unlessOnlyTimes(first, second)).toBe(first);
	});

	test('takes over what kubectl wrote by client-side apply, only for kubectl', () => {
		const record = JSON.stringify(configMap({a: '1', old: '1'}));
		const annotations = {'kubectl.kubernetes.io/last-applied-configuration': record};
		const before = update(null, configMap({a: '1', old: '1'}, {annotations}), 'kubectl-client-side-apply');
		expect(failureOf(() => apply(before, configMap({a: '2'}), 'other'))?.code).toBe(409);
		const after = apply(before, configMap({a: '2'}), 'kubectl');
		expect(after.data).toEqual({a: '2', old: '1'});
		expect(after.metadata.annotations?.['kubectl.kubernetes.io/last-applied-configuration']).toContain('"a":"2"');
		const edited = update(before, {...before, data: {a: '3', old: '1'}}, 'kubectl-edit');
		expect(failureOf(() => apply(edited, configMap({a: '2'}), 'kubectl'))?.code).toBe(409);
	});

	test('gives an untracked object to whoever came before the first apply', () => {
		const after = apply(configMap({a: '1', b: '1'}, {uid: 'u'}), configMap({a: '1'}), 'one');
		expect(Object.keys(owners(after)).sort()).toEqual(['before-first-apply', 'one']);
	});

	test.each<[string, KubernetesObject, number, string]>([
		['managedFields', configMap({}, {managedFields: []}), 400, 'metadata.managedFields must be nil'],
		[
			'another version',
			{...configMap({}), apiVersion: 'v2'},
			400,
			'Incorrect version specified in apply patch. Specified patch version: v2, expected: v1',
		],
		[
			'a value of the wrong type',
			{...configMap({}), data: ['x']},
			500,
			'failed to create typed patch object (shop/a; /v1, Kind=ConfigMap): .data: expected map, got &{[x]}',
		],
		[
			'an unknown field',
			{...configMap({}), datas: {}},
			500,
			'failed to create typed patch object (shop/a; /v1, Kind=ConfigMap): .datas: field not declared in schema',
		],
	])('refuses %s', (_name, applied, code, message) => {
		expect(failureOf(() => apply(null, applied, 'one'))).toMatchObject({code, message});
	});

	test.each<[string, string[], string[], string[]]>([
		["keeps the applier's order", ['a', 'b'], ['b', 'a'], ['b', 'a']],
		['keeps others in place', ['a', 'b', 'c'], ['b', 'a'], ['b', 'c', 'a']],
		['appends what is new', ['a'], ['a', 'x'], ['a', 'x']],
	])('of a keyed list %s', (_name, live, applied, expected) => {
		const keyed = custom({
			type: 'object',
			properties: {
				items: {
					type: 'array',
					'x-kubernetes-list-type': 'map',
					'x-kubernetes-list-map-keys': ['name'],
					items: {type: 'object', properties: {name: {type: 'string'}}},
				},
			},
		});
		const named = (names: string[]) => widget({items: names.map(name => ({name}))});
		const before = apply(null, named(live), 'other', {schema: keyed});
		const after = apply(before, named(applied), 'one', {schema: keyed});
		expect(after.spec).toEqual({items: expected.map(name => ({name}))});
	});
});

describe('an update', () => {
	test('gives its writer what changed, and takes what is gone from everybody', () => {
		const first = apply(null, configMap({a: '1', b: '1', c: '1'}), 'one');
		const second = update(first, {...first, data: {a: '2', b: '1'}}, 'editor');
		expect(owners(second)).toEqual({one: {'f:data': {'f:b': {}}}, editor: {'f:data': {'f:a': {}}}});
	});

	test('that only removes leaves its writer without an entry', () => {
		const first = apply(null, configMap({a: '1', b: '1'}), 'one');
		expect(owners(update(first, {...first, data: {a: '1'}}, 'editor'))).toEqual({one: {'f:data': {'f:a': {}}}});
	});

	test.each([[[{}]], [[]]])('with managedFields %j wipes them for good', managedFields => {
		const first = apply(null, configMap({a: '1'}), 'one');
		const wiped = update(first, {...first, metadata: {...first.metadata, managedFields}}, 'editor');
		expect(wiped.metadata).not.toHaveProperty('managedFields');
		expect(update(wiped, {...wiped, data: {a: '2'}}, 'editor').metadata).not.toHaveProperty('managedFields');
	});

	test('by an eleventh manager folds the two oldest', () => {
		let object = update(null, configMap({}), 'nobody');
		for (let index = 0; index < 11; index++) {
			const data = {...(object.data as object), [`k${index}`]: '1'};
			object = update(object, {...object, data}, `manager-${index}`, start + index * 1000);
		}
		const names = Object.keys(owners(object));
		expect(names).toHaveLength(10);
		expect(names).toContain('ancient-changes');
		expect(names).not.toContain('manager-1');
		expect(owners(object)['ancient-changes']).toMatchObject({'f:data': {'f:k0': {}, 'f:k1': {}}});
	});

	test('of a scale takes the replicas into an entry without a time', () => {
		const kind = builtIn('apps/v1/Deployment');
		const spec = {replicas: 2, selector: {matchLabels: {a: 'b'}}, template: {metadata: {labels: {a: 'b'}}}};
		const applied = {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: 'd', namespace: 'shop'}, spec};
		const before = apply(null, applied, 'one', {schema: kind});
		const after = trackScale({
			schema: kind,
			before,
			after: {...before, spec: {...spec, replicas: 4}},
			manager: 'hpa',
			operation: 'Update',
		});
		expect(after.metadata.managedFields?.at(-1)).toEqual({
			manager: 'hpa',
			operation: 'Update',
			apiVersion: 'apps/v1',
			fieldsType: 'FieldsV1',
			fieldsV1: {'f:spec': {'f:replicas': {}}},
			subresource: 'scale',
		});
		expect(JSON.stringify(owners(after).one)).not.toContain('replicas');
	});
});

describe('the field set of an object', () => {
	test('has keyed items by their keys with defaults, and atomic values as wholes', () => {
		const service = {
			apiVersion: 'v1',
			kind: 'Service',
			metadata: {name: 's', labels: {}},
			spec: {selector: {a: 'b'}, ports: [{port: 443}, {port: 80, protocol: 'UDP'}]},
		};
		expect(fieldSetOf(builtIn('v1/Service'), service)).toMatchObject({
			'f:metadata': {'f:labels': {}},
			'f:spec': {
				'f:selector': {},
				'f:ports': {
					'k:{"port":443,"protocol":"TCP"}': {'.': {}, 'f:port': {}},
					'k:{"port":80,"protocol":"UDP"}': {'.': {}, 'f:port': {}, 'f:protocol': {}},
				},
			},
		});
	});

	test("is written in the server's order: numbers by what they count", () => {
		const ports = [443, 80, 9090].map(port => ({port, name: `p${port}`}));
		const service = {apiVersion: 'v1', kind: 'Service', metadata: {name: 's'}, spec: {ports}};
		const object = apply(null, service, 'one', {schema: builtIn('v1/Service')});
		const fields = object.metadata.managedFields?.[0]?.fieldsV1?.['f:spec']?.['f:ports'] ?? {};
		expect(Object.keys(fields).map(key => /[0-9]+/.exec(key)?.[0])).toEqual(['80', '443', '9090']);
	});
});
