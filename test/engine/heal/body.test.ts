import {describe, expect, test} from 'vitest';
import {foreignRemovals, healBody} from '../../../source/engine/heal/body.ts';
import {hasIgnoreRules, pathsToLeave} from '../../../source/engine/heal/leave.ts';
import {HoldfastError} from '../../../source/model/errors.ts';
import type {FieldsV1, KubernetesObject, ManagedFieldsEntry} from '../../../source/model/object.ts';
import {refOf} from '../../../source/model/object.ts';
import {deploymentFields, entry, ours, us, webElement, without, withoutValues} from '../drift/objects.ts';
import {change} from './heal-table.ts';

const desired: KubernetesObject = {
	apiVersion: 'apps/v1',
	kind: 'Deployment',
	metadata: {name: 'web', namespace: 'shop', labels: {tier: 'front'}},
	spec: {
		replicas: 2,
		template: {
			spec: {
				containers: [{name: 'web', image: 'nginx:1', env: [{name: 'A', value: '1'}], resources: {limits: {cpu: '1'}}}],
			},
		},
	},
};

function live(spec: Record<string, unknown>, entries: ManagedFieldsEntry[]): KubernetesObject {
	return {
		...desired,
		metadata: {...desired.metadata, uid: 'uid-1', resourceVersion: '7', managedFields: entries},
		spec,
	};
}

const lostReplicas = without(deploymentFields, ['f:spec', 'f:replicas']);
const scaled = live({...(desired.spec as object), replicas: 5}, [ours(lostReplicas)]);
const image = 'spec.template.spec.containers[name="web"].image';
const body = (object: KubernetesObject | null, ...leave: string[]) =>
	healBody({desired, live: object, leave, manager: us});

describe('the body of a heal', () => {
	test('is the desired object, bound to the live uid so that a vanished object is not made anew', () => {
		expect(body(scaled)).toEqual({...desired, metadata: {...desired.metadata, uid: 'uid-1'}});
		expect(body(withoutValues(scaled))).toEqual(body(scaled));
	});

	test('has no uid when the object is to come back', () => {
		expect(body(null, 'spec.replicas')).toEqual(desired);
	});

	test('carries nothing that only servers write', () => {
		const dirty = {
			...desired,
			metadata: {
				...desired.metadata,
				managedFields: [],
				resourceVersion: '1',
				uid: 'other',
				generation: 4,
				creationTimestamp: null,
			},
			status: {x: 1},
		};
		expect(healBody({desired: dirty, live: null, leave: [], manager: us})).toEqual(desired);
	});

	test('leaves a path out that is not recorded as ours any more', () => {
		const {replicas: _left, ...spec} = desired.spec as Record<string, unknown>;
		expect(body(scaled, 'spec.replicas').spec).toEqual(spec);
		// Metadata is enough for that.
		expect(body(withoutValues(scaled), 'spec.replicas').spec).toEqual(spec);
	});

	test('keeps the live value of a path that still is ours: leaving it out would give it up', () => {
		const rewritten = live({...(desired.spec as object), replicas: 9}, [ours(deploymentFields)]);
		expect(body(rewritten, 'spec.replicas').spec).toEqual({...(desired.spec as object), replicas: 9});
		expect(() => body(withoutValues(rewritten), 'spec.replicas')).toThrow(HoldfastError);
		// A whole object may have nothing but metadata, if the caller says so.
		const bare = healBody({
			desired,
			live: withoutValues(rewritten),
			view: 'object',
			leave: ['spec.replicas'],
			manager: us,
		});
		expect(bare.spec).not.toHaveProperty('replicas');
		// Labels are in the metadata, too.
		const relabelled = {...rewritten, metadata: {...rewritten.metadata, labels: {tier: 'back'}}};
		expect(body(withoutValues(relabelled), 'metadata.labels.tier').metadata.labels).toEqual({tier: 'back'});
	});

	test('an item that is left keeps its key; maps and lists that became empty go', () => {
		const nothing = live({}, []);
		const container = (...leave: string[]) =>
			(body(nothing, ...leave).spec as {template?: {spec: {containers: unknown[]}}}).template?.spec.containers[0];
		expect(container(image)).toEqual({name: 'web', env: [{name: 'A', value: '1'}], resources: {limits: {cpu: '1'}}});
		expect(container(image.replace('image', 'name'))).toMatchObject({name: 'web', image: 'nginx:1'});
		expect(container(image.replace('image', 'resources.limits.cpu'))).not.toHaveProperty('resources');
		expect(container(image.replace('image', 'env[name="A"]'))).not.toHaveProperty('env');
		expect(container('spec.template.spec.containers[name="web"]')).toBeUndefined();
		expect(body(nothing, 'metadata.labels.tier').metadata).not.toHaveProperty('labels');
	});

	test('what names the object is never left out, nor what cannot be read', () => {
		for (const path of [
			'',
			'apiVersion',
			'kind',
			'metadata',
			'metadata.name',
			'metadata.namespace',
			'spec[',
			'spec.unknown',
			image.replace('web', 'gone'),
		]) {
			expect(body(live({}, []), path), path).toEqual(body(scaled));
		}
	});

	test('the desired object is not changed', () => {
		const copy = structuredClone(desired);
		body(live({}, []), 'spec.replicas', image);
		expect(desired).toEqual(copy);
	});
});

describe('taking out what others added', () => {
	const object: KubernetesObject = {
		...desired,
		metadata: {...desired.metadata, resourceVersion: '42', annotations: {'a/b': 'x'}},
		spec: {
			paused: true,
			template: {
				spec: {
					containers: [
						{name: 'one', env: [{name: 'X'}]},
						{name: 'web', env: [{name: 'A'}, {name: 'B'}, {name: 'C'}]},
						{name: 'two'},
					],
				},
			},
		},
	};
	const added = (path: string) => change(path, {class: 'foreign-addition'});
	const containers = 'spec.template.spec.containers';

	test('a test of the version first, then from the highest position down', () => {
		const fields = [
			added(`${containers}[name="one"]`),
			added(`${containers}[name="web"].env[name="B"]`),
			added('metadata.annotations[a/b]'),
			added(`${containers}[name="web"].env[name="C"]`),
			added(`${containers}[name="two"]`),
			added('spec.paused'),
		];
		expect(foreignRemovals(object, fields)).toEqual([
			{op: 'test', path: '/metadata/resourceVersion', value: '42'},
			{op: 'remove', path: '/spec/template/spec/containers/2'},
			{op: 'remove', path: '/spec/template/spec/containers/1/env/2'},
			{op: 'remove', path: '/spec/template/spec/containers/1/env/1'},
			{op: 'remove', path: '/spec/template/spec/containers/0'},
			{op: 'remove', path: '/spec/paused'},
			{op: 'remove', path: '/metadata/annotations/a~1b'},
		]);
	});

	test('ten and more positions are compared as numbers', () => {
		const env = Array.from({length: 12}, (_, index) => ({name: `V${index}`}));
		const many = {...object, spec: {template: {spec: {containers: [{name: 'web', env}]}}}};
		const fields = [9, 10, 11].map(index => added(`${containers}[name="web"].env[name="V${index}"]`));
		expect(foreignRemovals(many, fields).map(operation => operation.path.split('/').at(-1))).toEqual([
			'resourceVersion',
			'11',
			'10',
			'9',
		]);
	});

	test('what lies in something that goes is not removed again, nor anything twice', () => {
		const fields = [
			added(`${containers}[name="one"].env[name="X"]`),
			added(`${containers}[name="one"]`),
			added(`${containers}[name="one"]`),
		];
		expect(foreignRemovals(object, fields).map(operation => operation.path)).toEqual([
			'/metadata/resourceVersion',
			'/spec/template/spec/containers/0',
		]);
	});

	test('only additions that are there: otherwise nothing at all', () => {
		expect(foreignRemovals(object, [change('spec.paused'), added('spec.gone'), added(''), added('spec[')])).toEqual([]);
	});
});

describe('paths that ignore rules leave to others', () => {
	const ref = refOf(desired);
	const rules = (parts: object) => [{jsonPointers: [], paths: [], managers: [], ...parts}];
	const leave = (object: KubernetesObject, parts: object) =>
		pathsToLeave({live: object, desired, rules: rules(parts), ref, manager: us});
	const replicas: FieldsV1 = {'f:spec': {'f:replicas': {}, 'f:minReadySeconds': {}}};

	test('as long as nobody else owns it Git’s value is written', () => {
		expect(leave(live({}, [ours(deploymentFields)]), {paths: ['spec.replicas']})).toEqual([]);
		expect(leave(live({}, [entry(us, replicas)]), {paths: ['spec.replicas']})).toEqual([]);
		expect(
			leave(live({}, [entry('x', {'f:status': {}, ...replicas}, {subresource: 'status'})]), {paths: ['spec.replicas']}),
		).toEqual([]);
	});

	test.each([
		[{paths: ['spec.replicas']}],
		[{jsonPointers: ['/spec/replicas']}],
		[{managers: ['kube-controller-manager']}],
		[{managers: ['kube-*'], kind: 'Deployment'}],
		[{paths: ['spec.**']}],
	])('once another manager owns it, it is left: %o', parts => {
		const object = live({}, [ours(lostReplicas), entry('kube-controller-manager', replicas, {subresource: 'scale'})]);
		expect(leave(object, parts)).toEqual(['spec.replicas']);
	});

	test('a rule for other objects leaves nothing', () => {
		const object = live({}, [entry('kube-controller-manager', replicas)]);
		expect(leave(object, {paths: ['spec.replicas'], kind: 'StatefulSet'})).toEqual([]);
		expect(hasIgnoreRules(rules({kind: 'StatefulSet'}), ref)).toBe(false);
		expect(hasIgnoreRules(rules({kind: 'Deployment'}), ref)).toBe(true);
	});

	test('an item that is theirs is left as a whole, one that is shared field by field and with its key', () => {
		const item: FieldsV1 = {
			'f:spec': {'f:template': {'f:spec': {'f:containers': {[webElement]: {'.': {}, 'f:name': {}, 'f:image': {}}}}}},
		};
		const containers = 'spec.template.spec.containers[name="web"]';
		expect(leave(live({}, [entry('x', item)]), {managers: ['x']})).toEqual([containers]);
		expect(leave(live({}, [ours(deploymentFields), entry('x', item)]), {managers: ['x']})).toEqual([
			`${containers}.image`,
		]);
	});
});
