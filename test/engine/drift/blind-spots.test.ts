import {describe, expect, test} from 'vitest';
import type {FieldsV1, KubernetesObject, ManagedFieldsEntry} from '../../../source/model/object.ts';
import {
	deployment,
	deploymentFields,
	entry,
	fieldsOf,
	fingerprintOf,
	look,
	ours,
	seenAt,
	us,
	without,
} from './objects.ts';

// The blind spots of managedFields (engines.md f.7) that an inspection can meet, and what it says of each.

const lostReplicas = without(deploymentFields, ['f:spec', 'f:replicas']);
const replicas: FieldsV1 = {'f:spec': {'f:replicas': {}}};

function scaledBy(...entries: ManagedFieldsEntry[]): KubernetesObject {
	return deployment({replicas: 5}, {generation: 2, entries: [ours(lostReplicas), ...entries]});
}

test('more than ten updaters: the oldest are folded into ancient-changes, and who is behind it is unknown', () => {
	const live = scaledBy(entry('ancient-changes', replicas, {time: '10:02:00'}));
	expect(fieldsOf(look(deployment(), live))).toMatchObject([
		{path: 'spec.replicas', class: 'modified', manager: 'ancient-changes', confidence: 'unknown', now: '5'},
	]);
});

test('an entry without a time: the window ends when it was seen', () => {
	const live = scaledBy(entry('keda-operator', replicas, {subresource: 'scale', time: null}));
	expect(fieldsOf(look(deployment(), live))).toMatchObject([
		{manager: 'keda-operator', actor: 'KEDA', notAfter: seenAt},
	]);
});

test('a manager’s name is hostile text: bounded, and without control characters', () => {
	const [field] = fieldsOf(look(deployment(), scaledBy(entry(`kube\u001b[2Jctl\u202e${'x'.repeat(500)}`, replicas))));
	expect(field!.manager.length).toBeLessThanOrEqual(128);
	expect(field!.manager).not.toMatch(/[\u001b\u202e]/);
});

describe('paths of another API version', () => {
	test('our own entry moved to another version: only a dry run can tell', () => {
		const live = deployment({}, {entries: [ours(deploymentFields, {apiVersion: 'apps/v2'})]});
		for (const view of ['metadata', 'object'] as const) {
			expect(look(deployment(), live, view)).toEqual({
				type: 'needs-dry-run',
				why: 'our fields are recorded at apps/v2 now',
			});
		}
	});

	test('lost, and the only new writer spells its paths in another version: likely that one', () => {
		const live = scaledBy(entry('kubectl-edit', {'f:spec': {'f:size': {}}}, {apiVersion: 'apps/v1beta1'}));
		expect(look(deployment(), live, 'metadata').type).toBe('needs-object');
		expect(fieldsOf(look(deployment(), live))).toMatchObject([
			{path: 'spec.replicas', class: 'modified', manager: 'kubectl-edit', confidence: 'likely', now: '5'},
		]);
	});

	test('an addition counts only when its path leads to something at our version, and is only likely', () => {
		const live = (spec: Record<string, unknown>) =>
			deployment(spec, {
				generation: 2,
				entries: [
					ours(deploymentFields),
					entry('x', {'f:spec': {'f:paused': {}, 'f:size': {}}}, {apiVersion: 'apps/v1beta1'}),
				],
			});
		expect(look(deployment(), live({paused: true}), 'metadata')).toMatchObject({type: 'needs-object'});
		expect(fieldsOf(look(deployment(), live({paused: true})))).toMatchObject([
			{path: 'spec.paused', class: 'foreign-addition', confidence: 'likely'},
		]);
		expect(look(deployment(), live({})).type).toBe('ours');
	});
});

describe('the schema changed under us', () => {
	test('a map of ours became atomic: whoever took the whole of it took our part', () => {
		const options: FieldsV1 = {'f:spec': {'f:options': {'f:a': {}}}};
		const before = deployment({options: {a: '1'}}, {entries: [ours(options)]});
		const live = deployment(
			{options: {a: '2'}},
			{generation: 2, entries: [entry('kubectl-edit', {'f:spec': {'f:options': {}}})]},
		);
		expect(fieldsOf(look(before, live))).toMatchObject([
			{path: 'spec.options.a', class: 'modified', manager: 'kubectl-edit', confidence: 'likely'},
		]);
	});

	test('a list without keys is atomic: the list is one path', () => {
		const list: FieldsV1 = {'f:spec': {'f:items': {}}};
		const before = deployment({items: [{name: 'a'}, {name: 'b'}]}, {entries: [ours(list)]});
		const live = deployment({items: [{name: 'b'}]}, {generation: 2, entries: [entry('kubectl-edit', list)]});
		expect(fieldsOf(look(before, live))).toMatchObject([
			{path: 'spec.items', was: '[{"name":"a"},{"name":"b"}]', now: '[{"name":"b"}]'},
		]);
	});
});

describe('Secrets are judged without being read', () => {
	const fields: FieldsV1 = {'f:data': {'f:password': {}, 'f:user': {}}, 'f:metadata': {'f:labels': {'f:part-of': {}}}};
	const secret = (
		entries: ManagedFieldsEntry[],
		data: Record<string, string> = {password: 'aHVudGVyMg==', user: 'YQ=='},
	): KubernetesObject => ({
		apiVersion: 'v1',
		kind: 'Secret',
		metadata: {
			name: 's',
			namespace: 'shop',
			uid: 'uid-3',
			resourceVersion: '100',
			labels: {'part-of': 'x'},
			managedFields: entries,
		},
		data,
	});
	const version = {apiVersion: 'v1'};
	const before = secret([ours(fields, version)]);
	const lost = without(fields, ['f:data', 'f:password']);

	test('a changed value: who, but never what', () => {
		const live = secret([ours(lost, version), entry('kubectl-patch', {'f:data': {'f:password': {}}}, version)], {
			password: 'bmV3LXNlY3JldA==',
			user: 'YQ==',
		});
		for (const view of ['metadata', 'object'] as const) {
			const inspection = look(before, live, view);
			expect(inspection).toMatchObject({
				class: 'modified',
				fields: [
					{path: 'data.password', was: '(redacted)', now: '(redacted)', manager: 'kubectl-patch', confidence: 'exact'},
				],
			});
			expect(JSON.stringify(inspection)).not.toMatch(/aHVudGVyMg|bmV3LXNlY3JldA/);
		}
	});

	test('a lost value without an owner: removed, as far as metadata can say; the object is not asked for', () => {
		const live = secret([ours(lost, version)], {user: 'YQ=='});
		expect(look(before, live, 'metadata')).toMatchObject({
			class: 'removed',
			fields: [{path: 'data.password', was: '(redacted)', manager: 'unknown'}],
		});
	});

	test('wiped managedFields: our label is still there, so it was not all removed', () => {
		expect(look(before, secret([]), 'metadata')).toMatchObject({
			class: 'metadata-stripped',
			fields: [{path: '', class: 'metadata-stripped'}],
		});
	});

	test('wiped managedFields and our label gone: a dry run decides', () => {
		const live = secret([]);
		live.metadata.labels = {};
		expect(look(before, live, 'metadata').type).toBe('needs-dry-run');
	});

	test('written under our name: a dry run decides when only the time moved, else what grew is listed', () => {
		const again = secret([ours(fields, {...version, time: '10:03:00'})]);
		expect(look(before, again, 'metadata')).toEqual({
			type: 'needs-dry-run',
			why: 'somebody wrote under our field manager name',
		});
		const grown = secret([
			ours({...fields, 'f:data': {...fields['f:data']!, 'f:token': {}}}, {...version, time: '10:03:00'}),
		]);
		expect(fieldsOf(look(before, grown, 'metadata'))).toMatchObject([
			{path: 'data.token', class: 'imposter', was: '(redacted)', now: '(redacted)', manager: us},
		]);
	});
});

describe('input that no API server sends', () => {
	const hostile: [string, unknown][] = [
		['no managedFields', undefined],
		['managedFields that are no list', 'x'],
		['entries that are nothing', [null, 1, 'x', {}]],
		['fields that are nothing', [{manager: us, operation: 'Apply', fieldsV1: null}]],
		[
			'nodes that are nothing',
			[
				{
					manager: us,
					operation: 'Apply',
					apiVersion: 'apps/v1',
					fieldsV1: {'f:spec': null, x: {}, 'k:{': {}, 'i:x': {}},
				},
			],
		],
		[
			'a prototype’s name',
			[
				{
					manager: us,
					operation: 'Apply',
					apiVersion: 'apps/v1',
					fieldsV1: JSON.parse('{"__proto__":{"f:x":{}},"f:__proto__":{"f:constructor":{}}}'),
				},
			],
		],
		[
			'a set nested a hundred thousand deep',
			[{manager: us, operation: 'Apply', apiVersion: 'apps/v1', fieldsV1: nested(100_000)}],
		],
	];

	test.each(hostile)('%s: an answer, no exception', (_what, managedFields) => {
		const live = deployment({}, {resourceVersion: '101'});
		live.metadata.managedFields = managedFields as ManagedFieldsEntry[];
		for (const view of ['metadata', 'object'] as const)
			expect(look(deployment(), live, view).type).toBeTypeOf('string');
		const own = deployment();
		own.metadata.managedFields = managedFields as ManagedFieldsEntry[];
		expect(() => fingerprintOf(own)).not.toThrow();
	});

	test('a value nested a hundred thousand deep has a fingerprint all the same', () => {
		let value: unknown = 'x';
		for (let depth = 0; depth < 100_000; depth++) value = {a: value};
		const object = deployment({selector: value});
		expect(look(object, {...object, spec: {...(object.spec as object), replicas: 9}}, 'metadata')).toEqual({
			type: 'ours',
		});
	});
});

function nested(depth: number): FieldsV1 {
	let node: FieldsV1 = {};
	for (let level = 0; level < depth; level++) node = {'f:a': node};
	return node;
}
