import {existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {startControlPlane} from '../../../demo/control-plane/start.ts';
import {send} from './recorded/send.ts';

let folder: string;
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'holdfast-embedded-'));
});
afterEach(() => rmSync(folder, {recursive: true, force: true}));

const writer = {manager: 'test'};
const configMap = (name: string) => ({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace: 'default'}});

test('objects, versions and CRDs outlive the process in a file that only its owner reads', async () => {
	const saveFile = join(folder, 'cluster.json');
	const first = await startControlPlane({saveFile});
	first.client.create(
		{
			apiVersion: 'apiextensions.k8s.io/v1',
			kind: 'CustomResourceDefinition',
			metadata: {name: 'widgets.example.com'},
			spec: {
				group: 'example.com',
				scope: 'Namespaced',
				names: {plural: 'widgets', singular: 'widget', kind: 'Widget'},
				versions: [{name: 'v1', served: true, storage: true, schema: {openAPIV3Schema: {type: 'object'}}}],
			},
		},
		writer,
	);
	const {metadata} = first.client.create(configMap('kept'), writer);
	await new Promise(setImmediate);
	first.client.create(
		{apiVersion: 'example.com/v1', kind: 'Widget', metadata: {name: 'wheel', namespace: 'default'}},
		writer,
	);
	await first.stop();
	expect(statSync(saveFile).mode & 0o777).toBe(0o600);
	const second = await startControlPlane({saveFile});
	expect(second.client.get('ConfigMap', 'default', 'kept')?.metadata).toEqual(metadata);
	expect(second.client.list('Widget.example.com', 'default')).toHaveLength(1);
	const later = second.client.create(configMap('later'), writer);
	expect(Number(later.metadata.resourceVersion)).toBeGreaterThan(Number(metadata.resourceVersion));
	await second.stop();
});

test('a file that is none of ours is refused and left alone', async () => {
	const saveFile = join(folder, 'other.json');
	writeFileSync(saveFile, 'not json');
	await expect(startControlPlane({saveFile})).rejects.toThrow();
	expect(readFileSync(saveFile, 'utf8')).toBe('not json');
	expect(existsSync(`${saveFile}.unfinished`)).toBe(false);
});

test('a port that is taken is refused', async () => {
	const first = await startControlPlane();
	await expect(startControlPlane({port: Number(new URL(first.url).port)})).rejects.toThrow(/EADDRINUSE/);
	await first.stop();
});

test.each([
	['no token', {}, 403],
	['a token that nobody has', {authorization: 'Bearer wrong'}, 401],
	['a user without rights', {authorization: 'Bearer limited'}, 403],
	['the administrator', {authorization: 'Bearer admin'}, 200],
])('%s lists Secrets: %o gives %i', async (_who, headers, code) => {
	const plane = await startControlPlane({
		token: 'admin',
		users: [{name: 'limited', token: 'limited', groups: ['developers']}],
	});
	const answer = await send(plane, {
		method: 'GET',
		path: '/api/v1/secrets',
		headers: headers as Record<string, string>,
	});
	await plane.stop();
	expect(answer.code).toBe(code);
});

test('it can be taken away and brought back on the same address with everything in it', async () => {
	const plane = await startControlPlane({token: 'admin'});
	plane.client.create(configMap('kept'), writer);
	const get = () =>
		send(plane, {
			method: 'GET',
			path: '/api/v1/namespaces/default/configmaps/kept',
			headers: {authorization: 'Bearer admin'},
		});
	await plane.pause();
	await expect(get()).rejects.toThrow(/ECONNREFUSED/);
	await plane.resume();
	expect((await get()).code).toBe(200);
	await plane.stop();
});
