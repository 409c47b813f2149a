import {describe, expect, test} from 'vitest';
import {decodeObject, invalidError, validate} from '../../../../demo/control-plane/schema/index.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {builtIn, custom, widget} from '../kinds.ts';

/** `field: message` of everything that is wrong. */
function problemsOf(name: string, object: Record<string, unknown>, before?: Record<string, unknown>): string[] {
	const schema = builtIn(name);
	const complete = (given: Record<string, unknown>): KubernetesObject =>
		decodeObject(schema, {
			apiVersion: schema.group ? `${schema.group}/${schema.version}` : schema.version,
			kind: schema.kind,
			metadata: {name: 'x'},
			...given,
		} as KubernetesObject);
	const problems = validate(schema, complete(object), before ? complete(before) : null);
	return problems.map(({field, message}) => `${field}: ${message}`);
}

const template = {metadata: {labels: {a: 'b'}}, spec: {containers: [{name: 'c', image: 'x'}]}};
const spec = {selector: {matchLabels: {a: 'b'}}, template};

describe('what is wrong is said in the words of the server', () => {
	test.each<[string, string, Record<string, unknown>, Record<string, unknown> | undefined, string[]]>([
		['nothing', 'apps/v1/Deployment', {spec}, undefined, []],
		[
			'a negative number',
			'apps/v1/Deployment',
			{spec: {...spec, replicas: -1}},
			undefined,
			['spec.replicas: Invalid value: -1: must be greater than or equal to 0'],
		],
		[
			'a selector that does not match',
			'apps/v1/Deployment',
			{spec: {...spec, selector: {matchLabels: {a: 'c'}}}},
			undefined,
			['spec.template.metadata.labels: Invalid value: {"a":"b"}: `selector` does not match template `labels`'],
		],
		[
			'a changed selector',
			'apps/v1/Deployment',
			{spec: {...spec, selector: {matchExpressions: [{key: 'a', operator: 'Exists'}]}}},
			{spec},
			['spec.selector: Invalid value: {"matchExpressions":[{"key":"a","operator":"Exists"}]}: field is immutable'],
		],
		[
			'a missing name',
			'v1/ConfigMap',
			{metadata: {}},
			undefined,
			['metadata.name: Required value: name or generateName is required'],
		],
		[
			'a bad port',
			'v1/Service',
			{spec: {ports: [{port: 80, targetPort: 'a--b'}]}},
			undefined,
			['spec.ports[0].targetPort: Invalid value: "a--b": must not contain consecutive hyphens'],
		],
		[
			'ports without names',
			'v1/Service',
			{spec: {ports: [{port: 80}, {port: 81}]}},
			undefined,
			['spec.ports[0].name: Required value', 'spec.ports[1].name: Required value'],
		],
		[
			'a fixed ConfigMap',
			'v1/ConfigMap',
			{immutable: true, data: {a: '2'}},
			{immutable: true, data: {a: '1'}},
			['data: Forbidden: field is immutable when `immutable` is set'],
		],
		[
			'a changed type',
			'v1/Secret',
			{type: 'example.com/x'},
			{},
			['type: Invalid value: "example.com/x": field is immutable'],
		],
		[
			'a value outside an enumeration',
			'v1/Pod',
			{spec: {containers: [{name: 'c', image: 'x', imagePullPolicy: 'Maybe'}]}},
			undefined,
			[
				'spec.containers[0].imagePullPolicy: Unsupported value: "Maybe": supported values: "Always", "IfNotPresent", "Never"',
			],
		],
		[
			'a one-shot that restarts for ever',
			'batch/v1/Job',
			{spec: {template: {spec: {containers: [{name: 'c', image: 'x'}]}}}},
			undefined,
			['spec.template.spec.restartPolicy: Required value: valid values: "OnFailure", "Never"'],
		],
		[
			'a finalizer without a domain',
			'v1/ConfigMap',
			{metadata: {name: 'x', finalizers: ['mine']}},
			undefined,
			[
				'metadata.finalizers[0]: Invalid value: "mine": name is neither a standard finalizer name nor is it fully qualified',
			],
		],
	])('%s', (_name, kind, object, before, expected) => {
		expect(problemsOf(kind, object, before)).toEqual(expected);
	});

	test.each<[string, unknown, string[]]>([
		['nothing', {size: 1, mode: 'fast'}, []],
		['a missing field', {}, ['spec.size: Required value']],
		['too much', {size: 11}, ['spec.size: Invalid value: 11: spec.size in body should be less than or equal to 10']],
		[
			'an unknown value',
			{size: 1, mode: 'warp'},
			['spec.mode: Unsupported value: "warp": supported values: "fast", "slow"'],
		],
		[
			'a text that does not match',
			{size: 1, code: 'A'},
			['spec.code: Invalid value: "A": spec.code in body should match \'^[a-z]+$\''],
		],
		[
			'a value of the wrong type',
			{size: 'x'},
			['spec.size: Invalid value: "string": spec.size in body must be of type integer: "string"'],
		],
		['a member twice', {size: 1, tags: ['a', 'a']}, ['spec.tags[1]: Duplicate value: "a"']],
	])('in a custom resource: %s', (_name, given, expected) => {
		const schema = custom({
			type: 'object',
			required: ['size'],
			properties: {
				size: {type: 'integer', maximum: 10},
				mode: {type: 'string', enum: ['fast', 'slow']},
				code: {type: 'string', pattern: '^[a-z]+$'},
				tags: {type: 'array', items: {type: 'string'}, 'x-kubernetes-list-type': 'set'},
			},
		});
		expect(validate(schema, widget(given), null).map(({field, message}) => `${field}: ${message}`)).toEqual(expected);
	});

	test('once in the text, as often as it was found in the causes', () => {
		const problem = {reason: 'FieldValueRequired', message: 'Required value', field: 'spec.a'} as const;
		const {failure} = invalidError({group: 'apps', version: 'v1', kind: 'Deployment'}, 'web', [problem, problem]);
		expect(failure.message).toBe('Deployment.apps "web" is invalid: spec.a: Required value');
		expect(failure.details?.causes).toHaveLength(2);
	});
});
