import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import {type EmbeddedControlPlane, startControlPlane} from '../../../demo/control-plane/start.ts';
import {type Response, send} from './recorded/send.ts';

let plane: EmbeddedControlPlane;
beforeAll(async () => {
	plane = await startControlPlane({token: 'admin'});
});
afterAll(() => plane.stop());

function ask(method: string, path: string, body?: string, type = 'application/json'): Promise<Response> {
	const headers = {authorization: 'Bearer admin', ...(body === undefined ? {} : {'content-type': type})};
	return send(plane, {method, path, headers, ...(body === undefined ? {} : {body})});
}

const configMaps = '/api/v1/namespaces/default/configmaps';
const deep = '['.repeat(200_000);

describe('what no client should send is refused, and the next request is answered', () => {
	test.each([
		['a broken escape in the path', 'GET', '/api/v1/namespaces/%E0%A4%A/pods', undefined, undefined, 400],
		['JSON that ends too early', 'POST', configMaps, '{"metadata":', undefined, 400],
		['JSON of another shape', 'POST', configMaps, '[1]', undefined, 400],
		['nothing', 'POST', configMaps, '', undefined, 400],
		['null', 'POST', configMaps, 'null', undefined, 400],
		['protobuf that is none', 'POST', configMaps, 'k8s\u0000\u00ff\u00ff', 'application/vnd.kubernetes.protobuf', 400],
		[
			'protobuf of a kind that is not read',
			'POST',
			configMaps,
			'k8s\u0000',
			'application/vnd.kubernetes.protobuf',
			415,
		],
		[
			'YAML that refers to itself without end',
			'PATCH',
			`${configMaps}/a?fieldManager=m`,
			'a: &a [*a]',
			'application/apply-patch+yaml',
			400,
		],
		[
			'a list of lists without end',
			'PATCH',
			`${configMaps}/a?fieldManager=m`,
			deep,
			'application/merge-patch+json',
			400,
		],
		['a method that no resource has', 'PUT', configMaps, '{}', undefined, 405],
		['a path outside the API', 'GET', '/../../etc/passwd', undefined, undefined, 404],
		['a selector that is none', 'GET', `${configMaps}?labelSelector=a%3D%3D%3D%28`, undefined, undefined, 400],
		['a number that is none', 'GET', `${configMaps}?resourceVersion=-1`, undefined, undefined, 500],
	])('%s', async (_what, method, path, body, type, code) => {
		const answer = await ask(method, path, body, type);
		expect(answer.code).toBe(code);
		expect((await ask('GET', configMaps)).code).toBe(200);
	});

	test('keys named like parts of every JavaScript object are only keys', async () => {
		const body = '{"metadata":{"name":"keys","labels":{"a":"1"}},"data":{"__proto__":"x","constructor":"y"}}';
		const answer = await ask('POST', `${configMaps}?fieldManager=m`, body);
		expect(answer.code).toBe(201);
		const {data} = (await ask('GET', `${configMaps}/keys`)).body as {data: object};
		expect(Object.entries(data).sort()).toEqual([
			['__proto__', 'x'],
			['constructor', 'y'],
		]);
		const selected = await ask('GET', `${configMaps}?labelSelector=toString`);
		expect((selected.body as {items: unknown[]}).items).toEqual([]);
		expect(({} as {x?: string}).x).toBeUndefined();
	});
});
