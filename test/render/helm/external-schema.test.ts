import {createServer} from 'node:http';
import type {AddressInfo} from 'node:net';
import {gzipSync} from 'node:zlib';
import {describe, expect, test} from 'vitest';
import {findExternalSchema} from '../../../source/render/helm/external-schema.ts';
import {defaultRenderLimits} from '../../../source/render/limits.ts';
import {createRenderer} from '../../../source/render/renderer.ts';
import {type Entry, memoryTree} from '../tools/memory-tree.ts';
import {realProgram} from '../tools/programs.ts';
import {manifestsOf, request} from '../tools/requests.ts';

/** A `.tgz` with the given files, as `helm package` makes them. */
function archive(entries: Readonly<Record<string, string | Buffer>>): Buffer {
	const blocks: Buffer[] = [];
	for (const [name, content] of Object.entries(entries)) {
		const bytes = Buffer.from(content);
		const header = Buffer.alloc(512);
		header.write(name, 0);
		header.write('0000644\0', 100);
		header.write(`${bytes.length.toString(8).padStart(11, '0')}\0`, 124);
		header.write('        0', 148);
		header.write('ustar\x0000', 257);
		const sum = header.reduce((total, byte) => total + byte, 0);
		header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
		blocks.push(header, bytes, Buffer.alloc((512 - (bytes.length % 512)) % 512));
	}
	return gzipSync(Buffer.concat([...blocks, Buffer.alloc(1024)]));
}

const external = '{"properties": {"a": {"$ref": "http://127.0.0.1/x.json"}}}';
const find = (entries: Record<string, Entry>) => findExternalSchema(memoryTree(entries), 'chart', defaultRenderLimits);

describe('a schema that refers to', () => {
	test.each<[string, string]>([
		['another host', external],
		['a file', '{"$ref": "file:///etc/hosts"}'],
		['a file beside it', '{"allOf": [{"$ref": "defs.json"}]}'],
		['a dialect of its own', '{"$schema": "http://127.0.0.1/dialect"}'],
		['something in disguise', '{"\\u0024ref": "http://127.0.0.1/"}'],
		['something dynamic', '{"$dynamicRef": "http://127.0.0.1/#x"}'],
		['something deep down', `${'{"a":['.repeat(500)}${external}${']}'.repeat(500)}`],
	])('%s is found', async (_title, schema) => {
		expect(await find({'chart/values.schema.json': schema})).toMatchObject({
			code: 'SchemaNotChecked',
			file: 'chart/values.schema.json',
		});
	});

	test.each<[string, string]>([
		['its own parts', '{"$schema": "http://json-schema.org/draft-07/schema#", "$ref": "#/definitions/a"}'],
		['nothing', '{"properties": {"$ref": {"type": "string"}}}'],
	])('%s is not', async (_title, schema) => {
		expect(await find({'chart/values.schema.json': schema})).toBeNull();
	});

	test.each<[string, Record<string, Entry>]>([
		['a chart in a folder', {'chart/charts/sub/values.schema.json': external}],
		['a chart behind a link', {'chart/charts/sub': {link: '../../lib'}, 'lib/values.schema.json': external}],
		['a schema behind a link', {'chart/values.schema.json': {link: '../lib.json'}, 'lib.json': external}],
		['an archive', {'chart/charts/sub-1.0.0.tgz': archive({'sub/values.schema.json': external})}],
		[
			'an archive in an archive',
			{'chart/charts/sub-1.0.0.tgz': archive({'sub/charts/x.tgz': archive({'x/values.schema.json': external})})},
		],
		['an archive that is broken', {'chart/charts/sub-1.0.0.tgz': gzipSync('nonsense'.repeat(100))}],
	])('also in %s', async (_title, entries) => {
		expect(await find(entries)).toMatchObject({code: 'SchemaNotChecked'});
	});

	test('an archive without is fine', async () => {
		const content = archive({'sub/Chart.yaml': 'name: sub', 'sub/values.schema.json': '{"$ref": "#/a"}'});
		expect(await find({'chart/charts/sub-1.0.0.tgz': content})).toBeNull();
	});

	test('an archive bomb is not unpacked', async () => {
		const limits = {...defaultRenderLimits, applicationBytes: 1_000_000};
		const tree = memoryTree({'chart/charts/bomb-1.0.0.tgz': gzipSync(Buffer.alloc(50_000_000))});
		expect(await findExternalSchema(tree, 'chart', limits)).toMatchObject({code: 'SchemaNotChecked'});
	});
});

describe.each(['helm', 'helm3'] as const)('%s', name => {
	const program = realProgram(name);

	test.skipIf(!program)('asks nobody for a schema', async () => {
		let asked = 0;
		const server = createServer((_request, response) => {
			asked++;
			response.end('{}');
		});
		await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
		try {
			const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/x.json`;
			const tree = memoryTree({
				'chart/Chart.yaml': 'apiVersion: v2\nname: x\nversion: 0.1.0\n',
				'chart/values.schema.json': JSON.stringify({$ref: url}),
				'chart/templates/a.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n',
				'chart/charts/sub-1.0.0.tgz': archive({
					'sub/Chart.yaml': 'apiVersion: v2\nname: sub\nversion: 1.0.0\n',
					'sub/values.schema.json': JSON.stringify({$ref: url}),
					'sub/templates/b.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\n',
				}),
			});
			const result = await createRenderer({helm: program!}).render(request(tree, 'chart'));
			expect(manifestsOf(result)).toHaveLength(2);
			expect(result.ok && result.notices).toMatchObject([{code: 'SchemaNotChecked'}]);
			expect(asked).toBe(0);
		} finally {
			server.close();
		}
	});
});
