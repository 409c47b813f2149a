import {describe, expect, test} from 'vitest';
import {heldBody, isHeldBack} from '../../../source/engine/hold/held-body.ts';
import type {FieldsV1, KubernetesObject} from '../../../source/model/object.ts';

const manager = 'holdfast-1a2b3c';

function deployment(replicas: number, image: string, ours?: FieldsV1): KubernetesObject {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {
			name: 'web',
			...(ours
				? {
						managedFields: [
							{manager, operation: 'Apply', apiVersion: 'apps/v1', fieldsType: 'FieldsV1', fieldsV1: ours},
						],
					}
				: {}),
		},
		spec: {replicas, template: {spec: {containers: [{name: 'web', image}]}}},
	};
}

const container = (fields: FieldsV1): FieldsV1 => ({
	'f:template': {'f:spec': {'f:containers': {'k:{"name":"web"}': {'.': {}, 'f:name': {}, ...fields}}}},
});
const image = 'spec.template.spec.containers[name="web"].image';

describe('a body that leaves held fields alone', () => {
	test('keeps the live value of what is ours', () => {
		const live = deployment(3, 'web:1', {'f:spec': {'f:replicas': {}, ...container({'f:image': {}})}});
		const body = heldBody({body: deployment(5, 'web:2'), live, paths: ['spec.replicas'], manager});
		expect(body.spec).toEqual({replicas: 3, template: {spec: {containers: [{name: 'web', image: 'web:2'}]}}});
	});

	test('does not send what others took', () => {
		const live = deployment(7, 'web:1', {'f:spec': container({'f:image': {}})});
		const body = heldBody({body: deployment(5, 'web:2'), live, paths: ['spec.replicas'], manager});
		expect(body.spec).toEqual({template: {spec: {containers: [{name: 'web', image: 'web:2'}]}}});
	});

	test('holds a branch by what is ours below it', () => {
		const live = deployment(7, 'web:9', {'f:spec': container({})});
		const body = heldBody({body: deployment(5, 'web:2'), live, paths: ['spec.template'], manager});
		// The image belongs to somebody else by now, and so does replicas, which is not held.
		expect(body.spec).toEqual({replicas: 5});
	});

	test('sends nothing that Git adds below a held path', () => {
		const live = deployment(3, 'web:1', {'f:spec': {'f:replicas': {}}});
		const wanted = deployment(3, 'web:1');
		(wanted.spec as Record<string, unknown>).strategy = {type: 'Recreate'};
		const body = heldBody({body: wanted, live, paths: ['spec.strategy'], manager});
		expect(body.spec).not.toHaveProperty('strategy');
	});

	test('key fields of list items and nonsense change nothing', () => {
		const live = deployment(3, 'web:1', {'f:spec': {'f:replicas': {}}});
		const wanted = deployment(5, 'web:2');
		const paths = ['spec.template.spec.containers[name="web"].name', '', ']['];
		expect(heldBody({body: wanted, live, paths, manager})).toEqual(wanted);
	});
});

test.each<[string, KubernetesObject, string[], boolean]>([
	['the same value', deployment(3, 'web:1'), ['spec.replicas'], false],
	['another value', deployment(4, 'web:1'), ['spec.replicas'], true],
	['another value elsewhere', deployment(3, 'web:2'), ['spec.replicas'], false],
	['below a held branch', deployment(3, 'web:2'), ['spec.template'], true],
	['an item field', deployment(3, 'web:2'), [image], true],
	['nothing wanted there', deployment(3, 'web:1'), ['spec.strategy'], false],
])('whether something is held back: %s', (_title, wanted, paths, expected) => {
	expect(isHeldBack(wanted, deployment(3, 'web:1'), paths)).toBe(expected);
});
