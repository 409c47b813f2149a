import {describe, expect, test} from 'vitest';
import {takeFingerprint} from '../../../source/engine/drift/fingerprint.ts';
import {absentSlot, presentSlot} from '../../../source/engine/drift/leaf-hash.ts';
import {readSlots} from '../../../source/engine/drift/slots.ts';
import {parseCanonical} from '../../../source/engine/fields/canonical.ts';
import {canonicalJson} from '../../../source/model/json.ts';
import type {FieldsV1, KubernetesObject} from '../../../source/model/object.ts';
import {hashText} from './hash-text.ts';
import {appliedAt, configMap, configMapFields, deployment, entry, fingerprintOf, ours, us} from './objects.ts';

/** The slots of an object with these fields, by path. */
function slotsOf(fields: FieldsV1, spec: Record<string, unknown>, others: FieldsV1[] = []): Record<string, string> {
	const entries = [
		ours({'f:spec': fields}),
		...others.map((other, index) => entry(`other-${index}`, {'f:spec': other})),
	];
	const fingerprint = fingerprintOf({
		...deployment(),
		spec,
		metadata: {...deployment().metadata, managedFields: entries},
	});
	const slots = readSlots(parseCanonical(fingerprint.owned), fingerprint.leafHashes);
	return Object.fromEntries([...slots].map(([path, slot]) => [path.replaceAll('\u0000', ' '), slot]));
}

const hashOf = (value: unknown) => hashText(canonicalJson(value));

test('it holds what later looks need, and nothing of the values themselves', () => {
	const other = entry('kubectl', {'f:data': {'f:c': {}}}, {operation: 'Apply', apiVersion: 'v1'});
	const status = entry('kubelet', {'f:status': {}}, {subresource: 'status'});
	const object = configMap(
		{b: 'two', a: 'one'},
		{entries: [other, ours(configMapFields, {apiVersion: 'v1'}), status], generation: 3},
	);
	const fingerprint = takeFingerprint({object, manager: us, desiredHash: 'wanted', appliedAt, hash: hashText});
	expect(fingerprint).toEqual({
		uid: 'uid-2',
		resourceVersion: '100',
		generation: 0,
		appliedAt,
		manager: us,
		apiVersion: 'v1',
		entryTime: '2026-03-01T10:00:00Z',
		owned: '{"f:data":{"f:a":{},"f:b":{}},"f:metadata":{"f:labels":{"f:applyset.kubernetes.io/part-of":{}}}}',
		leafHashes: hashText('"one"') + hashText('"two"') + hashText('"applyset-x-v1"'),
		desiredHash: 'wanted',
		others: [
			{
				manager: 'kubectl',
				operation: 'Apply',
				subresource: '',
				apiVersion: 'v1',
				time: '2026-03-01T10:01:00Z',
				fields: '{"f:data":{"f:c":{}}}',
			},
		],
	});
});

test.each([
	['nobody applied it', [entry(us, configMapFields)]],
	['somebody else did', [entry('kubectl', configMapFields, {operation: 'Apply'})]],
	['only its status is applied by us', [entry(us, {'f:status': {}}, {operation: 'Apply', subresource: 'status'})]],
	['managedFields are wiped', [{}]],
])('without an Apply entry of ours there is none: %s', (_what, entries) => {
	expect(fingerprintOf(configMap(undefined, {entries}))).toBeNull();
});

describe('slots', () => {
	test('the order of maps does not matter, that of lists does', () => {
		const fields: FieldsV1 = {'f:atomic': {}, 'f:list': {}};
		const left = slotsOf(fields, {atomic: {a: 1, b: {c: 2, d: 3}}, list: [1, 2]});
		expect(slotsOf(fields, {atomic: {b: {d: 3, c: 2}, a: 1}, list: [1, 2]})).toEqual(left);
		expect(slotsOf(fields, {atomic: {a: 1, b: {c: 2, d: 3}}, list: [2, 1]})['f:spec f:list']).not.toBe(
			left['f:spec f:list'],
		);
	});

	test('items are found by their keys wherever they stand; elements of sets by their value', () => {
		const fields: FieldsV1 = {
			'f:ports': {'k:{"containerPort":80,"protocol":"TCP"}': {'.': {}, 'f:name': {}}},
			'f:tags': {'v:"x"': {}, 'v:"gone"': {}},
		};
		const spec = {
			ports: [
				{containerPort: 80, protocol: 'UDP', name: 'wrong'},
				{containerPort: 80, protocol: 'TCP', name: 'right'},
			],
			tags: ['y', 'x'],
		};
		expect(slotsOf(fields, spec)).toEqual({
			'f:spec f:ports k:{"containerPort":80,"protocol":"TCP"}': presentSlot,
			'f:spec f:ports k:{"containerPort":80,"protocol":"TCP"} f:name': hashOf('right'),
			'f:spec f:tags v:"gone"': absentSlot,
			'f:spec f:tags v:"x"': hashOf('x'),
		});
	});

	test.each([
		['an absent value', {}, absentSlot],
		['null', {f: null}, hashOf(null)],
		['an empty map', {f: {}}, hashOf({})],
		['false', {f: false}, hashOf(false)],
		['zero', {f: 0}, hashOf(0)],
		['a number beyond 2^53', {f: 9007199254740993n}, hashText('9007199254740993')],
		['a name that prototypes have', {f: 'x', constructor: 'y'}, hashOf('x')],
	])('%s is told from the others', (_what, spec, slot) => {
		expect(slotsOf({'f:f': {}}, spec)).toEqual({'f:spec f:f': slot});
	});

	test('what an object inherits is not its own', () => {
		expect(slotsOf({'f:constructor': {}, 'f:toString': {}}, {})).toEqual({
			'f:spec f:constructor': absentSlot,
			'f:spec f:toString': absentSlot,
		});
	});

	test('a value counts without what others own inside it', () => {
		const fields: FieldsV1 = {'f:emptyDir': {}, 'f:resources': {}, 'f:list': {}};
		const clean = slotsOf(fields, {emptyDir: {}, resources: {requests: {cpu: '1'}}, list: [{name: 'a'}]});
		const shared = slotsOf(
			fields,
			{
				emptyDir: {sizeLimit: '1Gi'},
				resources: {requests: {cpu: '1'}, limits: {cpu: '2'}},
				list: [{name: 'a'}, {name: 'b', x: 1}],
			},
			[
				{'f:emptyDir': {'f:sizeLimit': {}}, 'f:list': {'k:{"name":"b"}': {'.': {}, 'f:name': {}}}},
				{'f:resources': {'f:limits': {'.': {}, 'f:cpu': {}}}},
			],
		);
		expect(shared).toEqual(clean);
	});

	test('what is not theirs stays in, however deep theirs lies', () => {
		const fields: FieldsV1 = {'f:atomic': {}};
		const theirs: FieldsV1 = {'f:atomic': {'f:a': {'f:b': {}}, 'f:l': {'k:{"n":1}': {'f:x': {}}}}};
		const value = (more: object, x: object) => ({atomic: {a: {c: 2, ...more}, l: [{n: 1, ...x}]}});
		expect(slotsOf(fields, value({b: 1}, {x: 1}), [theirs])).toEqual(slotsOf(fields, value({}, {})));
		expect(slotsOf(fields, value({b: 1}, {}), [])).not.toEqual(slotsOf(fields, value({}, {})));
	});

	test('every member has one, and they line up with the set whatever its keys are', () => {
		const fields: FieldsV1 = JSON.parse(
			'{"f:b":{},"f:a":{".":{},"f:x":{}},"f:__proto__":{},"f:z":{"k:{\\"n\\":10}":{".":{},"f:n":{}},"k:{\\"n\\":9}":{".":{},"f:n":{}}}}',
		);
		const slots = slotsOf(fields, JSON.parse('{"a":{"x":1},"b":2,"__proto__":3,"z":[{"n":9},{"n":10}]}'));
		expect(slots).toEqual({
			'f:spec f:__proto__': hashOf(3),
			'f:spec f:a': presentSlot,
			'f:spec f:a f:x': hashOf(1),
			'f:spec f:b': hashOf(2),
			'f:spec f:z k:{"n":10}': presentSlot,
			'f:spec f:z k:{"n":10} f:n': hashOf(10),
			'f:spec f:z k:{"n":9}': presentSlot,
			'f:spec f:z k:{"n":9} f:n': hashOf(9),
		});
	});
});

test('a set that the server wrote in another order or spelling is the same set', () => {
	const plain = fingerprintOf(configMap());
	const odd: FieldsV1 = {
		'f:metadata': {'f:labels': {'f:applyset.kubernetes.io/part-of': {'.': {}}}},
		'f:data': {'f:b': {}, 'f:a': {'.': {}}},
	};
	const other = fingerprintOf(configMap(undefined, {entries: [ours(odd, {apiVersion: 'v1'})]}));
	expect(other).toEqual(plain);
});

test('the object is only read', () => {
	const freeze = (value: unknown): unknown => {
		if (typeof value === 'object' && value !== null) Object.values(Object.freeze(value)).forEach(freeze);
		return value;
	};
	const object = freeze(
		deployment(
			{},
			{entries: [ours({'f:spec': {'f:selector': {}}}), entry('x', {'f:spec': {'f:selector': {'f:a': {}}}})]},
		),
	);
	expect(() => fingerprintOf(object as KubernetesObject)).not.toThrow();
});
