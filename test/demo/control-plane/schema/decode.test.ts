import {describe, expect, test} from 'vitest';
import {decodeObject, unknownFields} from '../../../../demo/control-plane/schema/index.ts';
import {parseJson, stringifyJson} from '../../../../source/model/json.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {builtIn, configMap, custom, widget} from '../kinds.ts';

function deployment(container: Record<string, unknown>): KubernetesObject {
	return {
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web', namespace: 'shop'},
		spec: {selector: {matchLabels: {app: 'web'}}, template: {spec: {containers: [{name: 'c', ...container}]}}},
	};
}

function containerOf(object: KubernetesObject): Record<string, unknown> {
	const spec = object.spec as {template: {spec: {containers: Record<string, unknown>[]}}};
	return spec.template.spec.containers[0]!;
}

describe('an object of a built-in kind is held', () => {
	test.each<[string, Record<string, unknown>, Record<string, unknown>]>([
		['pulling always without a tag', {image: 'nginx'}, {imagePullPolicy: 'Always'}],
		['pulling always with the tag latest', {image: 'host:5000/nginx:latest'}, {imagePullPolicy: 'Always'}],
		['pulling if absent with another tag', {image: 'nginx:1.27'}, {imagePullPolicy: 'IfNotPresent'}],
		['pulling if absent with a digest', {image: 'nginx@sha256:00'}, {imagePullPolicy: 'IfNotPresent'}],
		['with TCP as the protocol', {ports: [{containerPort: 80}]}, {ports: [{containerPort: 80, protocol: 'TCP'}]}],
		['without an empty value', {env: [{name: 'A', value: ''}]}, {env: [{name: 'A'}]}],
		['with an empty structure', {securityContext: {}}, {securityContext: {}, resources: {}}],
		[
			'with quantities in their one spelling',
			{resources: {requests: {cpu: '1000m', memory: '1024Mi'}}},
			{resources: {requests: {cpu: '1', memory: '1Gi'}}},
		],
	])('%s', (_name, given, expected) => {
		expect(containerOf(decodeObject(builtIn('apps/v1/Deployment'), deployment(given)))).toMatchObject(expected);
	});

	test.each<[string, Record<string, unknown>, string]>([
		['without an empty list', {args: []}, 'args'],
		['without a null', {command: null}, 'command'],
		['without a false that is the same as nothing', {tty: false}, 'tty'],
		['without an unknown field', {imagee: 'x'}, 'imagee'],
	])('%s', (_name, given, field) => {
		const object = decodeObject(builtIn('apps/v1/Deployment'), deployment(given));
		expect(containerOf(object)).not.toHaveProperty(field);
	});

	test('with stringData over data, and no stringData left', () => {
		const secret = decodeObject(builtIn('v1/Secret'), {
			apiVersion: 'v1',
			kind: 'Secret',
			metadata: {name: 's'},
			stringData: {a: 'é'},
			data: {a: 'eA==', b: 'eQ=='},
		});
		expect(secret).toMatchObject({type: 'Opaque', data: {a: 'w6k=', b: 'eQ=='}});
		expect(secret).not.toHaveProperty('stringData');
	});

	test('with integers beyond 2^53 digit by digit', () => {
		const schema = custom({type: 'object', properties: {id: {type: 'integer', format: 'int64'}}});
		const given = parseJson(
			'{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},"spec":{"id":9007199254740993}}',
		);
		expect(stringifyJson(decodeObject(schema, given as KubernetesObject))).toContain('9007199254740993');
	});

	test.each<[string, Record<string, unknown>, RegExp]>([
		['a quantity that is none', {resources: {limits: {cpu: 'one'}}}, /^quantities must match/],
		[
			'a text for a number',
			{ports: [{containerPort: 'x'}]},
			/^json: cannot unmarshal string into Go struct field ContainerPort\.spec\.template\.spec\.containers\.ports\.containerPort of type int32$/,
		],
	])('but not %s', (_name, given, message) => {
		expect(() => decodeObject(builtIn('apps/v1/Deployment'), deployment(given))).toThrow(message);
	});
});

describe('a custom resource is held', () => {
	const schema = custom({
		type: 'object',
		properties: {
			mode: {type: 'string', default: 'slow'},
			note: {type: 'string', nullable: true},
			size: {type: 'integer'},
			free: {type: 'object', 'x-kubernetes-preserve-unknown-fields': true},
			parts: {type: 'array', items: {type: 'object', properties: {kind: {type: 'string', default: 'part'}}}},
		},
	});

	test.each<[string, unknown, unknown]>([
		['with defaults', {}, {mode: 'slow'}],
		['with defaults in lists', {parts: [{}]}, {parts: [{kind: 'part'}], mode: 'slow'}],
		['with the default for null', {mode: null}, {mode: 'slow'}],
		['with a null that is allowed', {note: null}, {note: null, mode: 'slow'}],
		['without a null that is not', {size: null}, {mode: 'slow'}],
		['without unknown fields', {typo: 1}, {mode: 'slow'}],
		['with unknown fields where they are preserved', {free: {a: {b: 1}}}, {free: {a: {b: 1}}, mode: 'slow'}],
	])('%s', (_name, given, expected) => {
		expect(decodeObject(schema, widget(given)).spec).toEqual(expected);
	});

	test('with a null that an apply left, for validation to refuse', () => {
		expect(decodeObject(schema, widget({size: null}), 'apply').spec).toEqual({size: null, mode: 'slow'});
	});
});

describe('unknown fields', () => {
	test('are named by their paths', () => {
		const object = deployment({imagee: 'x'});
		expect(unknownFields(builtIn('apps/v1/Deployment'), {...object, extra: 1})).toEqual([
			'spec.template.spec.containers[0].imagee',
			'extra',
		]);
	});

	test('are not keys of free maps', () => {
		expect(unknownFields(builtIn('v1/ConfigMap'), configMap({anything: 'x'}))).toEqual([]);
	});
});
