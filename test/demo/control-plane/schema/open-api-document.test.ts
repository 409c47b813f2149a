import {describe, expect, test} from 'vitest';
import {
	openAPIDocument,
	openAPIDocumentOfCustomKinds,
	openAPIGroupVersions,
	schemaOf,
} from '../../../../demo/control-plane/schema/index.ts';

/** What kubectl looks for before it leaves validation to the server. */
function mayValidate(paths: Readonly<Record<string, unknown>>, kind: string): boolean {
	return Object.values(
		paths as Record<string, Record<string, {parameters?: {name: string}[]} & Record<string, unknown>>>,
	).some(
		({patch}) =>
			(patch?.['x-kubernetes-group-version-kind'] as {kind?: string} | undefined)?.kind === kind &&
			patch?.parameters?.some(({name}) => name === 'fieldValidation'),
	);
}

describe('the OpenAPI document', () => {
	test.each(openAPIGroupVersions())('of %s refers to nothing that it lacks', groupVersion => {
		const [version = '', group = ''] = groupVersion.split('/').reverse();
		const document = openAPIDocument(group, version);
		const text = JSON.stringify(document?.components);
		const references = new Set(
			[...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(match => match[1]!),
		);
		const missing = [...references].filter(name => !Object.hasOwn(document!.components.schemas, name));
		expect(references.size).toBeGreaterThan(0);
		expect(missing).toEqual([]);
		expect(text).not.toMatch(/"description":"/);
	});

	test('says that a built-in kind can be validated by the server', () => {
		expect(mayValidate(openAPIDocument('apps', 'v1')!.paths, 'Deployment')).toBe(true);
	});

	test('of custom kinds has the kind, its fields and metadata', () => {
		const kind = {group: 'example.com', version: 'v1', kind: 'Widget'};
		const document = openAPIDocumentOfCustomKinds([
			{kind, resource: 'widgets', isNamespaced: true, schema: {type: 'object', properties: {spec: {type: 'object'}}}},
		]);
		expect(document.components.schemas['com.example.v1.Widget']).toMatchObject({
			properties: {spec: {type: 'object'}, kind: {type: 'string'}},
			'x-kubernetes-group-version-kind': [kind],
		});
		expect(mayValidate(document.paths, 'Widget')).toBe(true);
	});

	test('is missing for what was not recorded', () => {
		expect(openAPIDocument('nope.example.com', 'v1')).toBeNull();
		expect(schemaOf({group: 'apps', version: 'v9', kind: 'Deployment'})).toBeNull();
	});
});
