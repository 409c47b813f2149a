import {execFileSync} from 'node:child_process';
import {existsSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, test} from 'vitest';
import {parseAllDocuments} from 'yaml';
import {labelsPatch, replicasPatch} from '../../source/config/kustomize-patches.ts';

test('nothing to add is no patch', () => {
	expect(labelsPatch({})).toEqual([]);
});

const kustomize = path.join(process.env.KUBEBUILDER_ASSETS ?? '', 'kustomize');
const hasKustomize = Boolean(process.env.KUBEBUILDER_ASSETS) && existsSync(kustomize);
if (!hasKustomize)
	process.stderr.write('!!! no kustomize in KUBEBUILDER_ASSETS: the patches are not tried out, SKIPPED\n');

const template = {metadata: {labels: {app: 'a'}}, spec: {containers: [{name: 'c', image: 'i'}]}};
const objects = [
	{
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web.x'},
		spec: {selector: {matchLabels: {app: 'a'}}, template},
	},
	{
		apiVersion: 'apps/v1',
		kind: 'Deployment',
		metadata: {name: 'web-x', labels: {team: 'old', keep: 'yes'}},
		spec: {replicas: 2, selector: {matchLabels: {app: 'a'}}, template},
	},
	{apiVersion: 'example.com/v1', kind: 'Thing', metadata: {name: 'thing'}, spec: {list: [1]}},
	{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'web.x'}, data: {a: 'b'}},
];

describe.skipIf(!hasKustomize)('by kustomize itself', () => {
	const build = (patches: readonly unknown[]) => {
		const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-patches-'));
		try {
			writeFileSync(path.join(folder, 'all.yaml'), objects.map(object => JSON.stringify(object)).join('\n---\n'));
			writeFileSync(path.join(folder, 'kustomization.yaml'), JSON.stringify({resources: ['all.yaml'], patches}));
			const output = execFileSync(kustomize, ['build', folder], {encoding: 'utf8'});
			const built = parseAllDocuments(output).map(document => document.toJS() as (typeof objects)[number]);
			return (kind: string, name: string) =>
				built.find(object => object.kind === kind && object.metadata.name === name);
		} finally {
			rmSync(folder, {recursive: true, force: true});
		}
	};

	test('labels reach every object and nothing but its metadata', () => {
		const find = build(labelsPatch({team: 'shop'}));
		for (const object of objects) {
			const {labels, ...rest} = object.metadata as {labels?: object; name: string};
			expect(find(object.kind, object.metadata.name)).toEqual({
				...object,
				metadata: {...rest, labels: {...labels, team: 'shop'}},
			});
		}
	});

	test('replicas reach what has replicas and exactly this name', () => {
		const find = build([replicasPatch('web.x', 4)]);
		expect(find('Deployment', 'web.x')?.spec).toMatchObject({replicas: 4});
		expect(find('Deployment', 'web-x')?.spec).toMatchObject({replicas: 2});
		expect(find('ConfigMap', 'web.x')).toEqual(objects[3]);
	});
});
