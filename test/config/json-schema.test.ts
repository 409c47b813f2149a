import {describe, expect, test} from 'vitest';
import {z} from 'zod';
import {applicationDocumentSchema, configurationSchema as documentSchema} from '../../source/config/holdfast/schema.ts';
import {configurationCodes, configurationSchema} from '../../source/config/load.ts';

interface Schema {
	readonly description?: string;
	readonly properties?: Record<string, Schema>;
	readonly items?: Schema;
	readonly anyOf?: Schema[];
	readonly additionalProperties?: unknown;
	readonly [key: string]: unknown;
}

const schema = configurationSchema() as Schema;
const [list, single] = schema.anyOf ?? [];
const application = list?.properties?.applications?.items;

const example = {
	apiVersion: 'holdfast.dev/v1alpha1',
	kind: 'Configuration',
	defaults: {interval: '30s', destination: {namespace: 'a'}},
	applications: [
		{
			name: 'shop',
			source: {repoURL: './a', helm: {values: {a: 1}, parameters: [{name: 'a', value: 'b'}]}},
			syncPolicy: {automated: {prune: true}, retry: {limit: -1, backoff: {duration: '5s'}}},
			drift: {mode: 'ask', rules: [{path: 'spec.replicas', mode: 'heal'}]},
			ignoreDifferences: [{kind: 'Secret', jsonPointers: ['/data']}],
			guards: {deniedKinds: ['Secret']},
		},
	],
};

describe('the JSON Schema for editors', () => {
	test('is a plain JSON value of its dialect', () => {
		expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
		expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
	});

	test('knows the keys of both kinds of document', () => {
		expect(Object.keys(list?.properties ?? {})).toEqual([
			'$schema',
			'apiVersion',
			'kind',
			'metadata',
			'productionContexts',
			'defaults',
			'applications',
		]);
		expect(Object.keys(single?.properties ?? {})).toEqual(['$schema', 'apiVersion', 'kind', 'metadata', 'spec']);
		const {name: _name, ...spec} = application?.properties ?? {};
		expect(Object.keys(single?.properties?.spec?.properties ?? {})).toEqual(Object.keys(spec));
		expect(Object.keys(spec)).toEqual([
			'source',
			'destination',
			'syncPolicy',
			'drift',
			'ignoreDifferences',
			'guards',
			'dependsOn',
			'syncWindows',
			'suspend',
		]);
		expect(application?.required).toEqual(['name', 'source']);
	});

	test('refuses unknown keys and describes every key of an application', () => {
		const undescribed: string[] = [];
		const walk = (at: Schema, path: string) => {
			for (const [key, child] of Object.entries(at.properties ?? {})) {
				if (!child.description && !['mode', 'backoff', 'apiVersion', 'kind'].includes(key))
					undescribed.push(`${path}.${key}`);
				walk(child, `${path}.${key}`);
			}
			if (at.properties) expect([path, at.additionalProperties]).toEqual([path, false]);
			if (at.items?.properties) walk(at.items, `${path}[]`);
		};
		walk(application as Schema, 'application');
		expect(undescribed).toEqual([]);
	});

	test('agrees with what is accepted when it is read back', () => {
		const back = z.fromJSONSchema(schema as never);
		expect(documentSchema.safeParse(example).success).toBe(true);
		expect(back.safeParse(example).success).toBe(true);
		const single = {
			apiVersion: example.apiVersion,
			kind: 'Application',
			metadata: {name: 'a'},
			spec: {source: {repoURL: './a'}},
		};
		expect(applicationDocumentSchema.safeParse(single).success).toBe(true);
		expect(back.safeParse(single).success).toBe(true);
		for (const wrong of [
			{...example, aplications: []},
			{...example, kind: 'Config'},
			{...example, defaults: {interval: 'soon'}},
			{...single, spec: {}},
		]) {
			expect(documentSchema.safeParse(wrong).success).toBe(false);
			expect(back.safeParse(wrong).success).toBe(false);
		}
	});
});

test('every code is explained', () => {
	for (const [code, meaning] of Object.entries(configurationCodes)) {
		expect(code).toMatch(/^[A-Z][A-Za-z]+$/);
		expect(meaning).toMatch(/^[A-Z].*\.$/);
	}
});
