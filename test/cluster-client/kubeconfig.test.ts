import {mkdirSync, mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {delimiter, join} from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {connectCluster, listContexts} from '../../source/cluster/connect.ts';
import {normaliseServer, selectContext} from '../../source/cluster/contexts.ts';
import {readKubeconfig} from '../../source/cluster/kubeconfig-files.ts';
import {findProxy} from '../../source/cluster/proxy.ts';
import type {HoldfastError} from '../../source/model/errors.ts';

const folder = mkdtempSync(join(tmpdir(), 'holdfast-kubeconfig-'));
afterAll(() => rmSync(folder, {recursive: true, force: true}));

function write(name: string, content: string): string {
	const file = join(folder, name);
	mkdirSync(join(file, '..'), {recursive: true});
	writeFileSync(file, content);
	return file;
}

const two = write(
	'two/config',
	`apiVersion: v1
kind: Config
current-context: staging
clusters:
- {name: s, cluster: {server: "https://staging.example.com:443/", certificate-authority: ca.crt}}
- {name: p, cluster: {server: "https://prod.example.com:6443"}}
users:
- {name: u, user: {client-certificate: certs/u.crt, client-key: /abs/u.key, exec: {command: ./bin/login}}}
contexts:
- {name: staging, context: {cluster: s, user: u, namespace: shop}}
- {name: production, context: {cluster: p, user: u}}
- {name: broken, context: {cluster: nowhere, user: u}}
- {name: userless, context: {cluster: p, user: nobody}}
`,
);

const codeOf = (action: () => unknown): string => {
	try {
		action();
	} catch (error) {
		return (error as HoldfastError).code;
	}
	return 'none';
};

describe('the kubeconfig', () => {
	it('is the file named, with paths relative to it', () => {
		const files = readKubeconfig(two, {});
		expect(files.clusters.get('s')?.['certificate-authority']).toBe(join(folder, 'two/ca.crt'));
		expect(files.users.get('u')).toMatchObject({
			'client-certificate': join(folder, 'two/certs/u.crt'),
			'client-key': '/abs/u.key',
			exec: {command: join(folder, 'two/bin/login')},
		});
	});

	it('is KUBECONFIG merged: the first that names something wins, missing files are skipped', () => {
		const first = write('first', 'clusters: [{name: p, cluster: {server: "https://first.example.com"}}]');
		const environment = {KUBECONFIG: [join(folder, 'missing'), first, two].join(delimiter)};
		const files = readKubeconfig(undefined, environment);
		expect(files.clusters.get('p')?.server).toBe('https://first.example.com');
		expect(files.clusters.get('s')?.server).toContain('staging');
		expect(files.currentContext).toBe('staging');
	});

	it('is the one in the home folder otherwise', () => {
		write('home/.kube/config', 'current-context: home');
		expect(readKubeconfig(undefined, {HOME: join(folder, 'home')}).currentContext).toBe('home');
	});

	it('lists its contexts, the incomplete ones too', () => {
		expect(listContexts(two)).toEqual([
			{name: 'staging', server: 'https://staging.example.com', namespace: 'shop', isCurrent: true},
			{name: 'production', server: 'https://prod.example.com:6443', namespace: '', isCurrent: false},
			{name: 'broken', server: '', namespace: '', isCurrent: false},
			{name: 'userless', server: 'https://prod.example.com:6443', namespace: '', isCurrent: false},
		]);
	});

	it.each([
		['a missing file', () => readKubeconfig(join(folder, 'nothing'), {}), 'KubeconfigNotFound'],
		['nothing at all', () => readKubeconfig(undefined, {HOME: join(folder, 'nobody')}), 'KubeconfigNotFound'],
		[
			'only missing files',
			() => readKubeconfig(undefined, {KUBECONFIG: join(folder, 'nothing')}),
			'KubeconfigNotFound',
		],
		['text that is no YAML', () => readKubeconfig(write('bad', 'a: [1\nb: 2'), {}), 'KubeconfigInvalid'],
		['a list', () => readKubeconfig(write('list', '- a'), {}), 'KubeconfigInvalid'],
	])('that is %s is an error with a code', (_what, action, code) => {
		expect(codeOf(action)).toBe(code);
	});

	it('that is no YAML is refused with its line', () => {
		const file = write('line', 'a: 1\nb: [\nc: {');
		expect(() => readKubeconfig(file, {})).toThrow(/line:\d+: |config/);
		try {
			readKubeconfig(file, {});
		} catch (error) {
			expect((error as HoldfastError).problem).toMatchObject({file, line: expect.any(Number)});
		}
	});

	it('with entries of the wrong shape is read as far as it goes', () => {
		const file = write('odd', 'clusters: [null, 3, {name: 5}, {name: ok, cluster: 7}]\nusers: {a: b}\ncontexts: text');
		const files = readKubeconfig(file, {});
		expect([...files.clusters.keys()]).toEqual(['ok']);
		expect(files.users.size + files.contexts.size).toBe(0);
	});
});

describe('a context', () => {
	const files = readKubeconfig(two, {});
	it.each([
		['the current one', {}, 'staging'],
		['named', {context: 'production'}, 'production'],
		['by its server', {server: 'https://PROD.example.com:6443/'}, 'production'],
		['by its server, the default port left out', {server: 'https://staging.example.com'}, 'staging'],
		['as the cluster that one is in', {server: 'https://kubernetes.default.svc'}, 'staging'],
		['named, with its own server', {context: 'production', server: 'https://prod.example.com:6443'}, 'production'],
	])('is chosen: %s', (_what, wanted, name) => {
		expect(selectContext(files, wanted).name).toBe(name);
	});

	it.each([
		['an unknown name', {context: 'prod'}, 'ContextNotFound'],
		['a name that is nearly right', {context: 'stagin'}, 'ContextNotFound'],
		['an unknown server', {server: 'https://other.example.com'}, 'ServerNotFound'],
		[
			'a name and the server of another',
			{context: 'staging', server: 'https://prod.example.com:6443'},
			'ServerNotFound',
		],
		['without its cluster', {context: 'broken'}, 'ContextInvalid'],
		['without its user', {context: 'userless'}, 'ContextInvalid'],
	])('is refused: %s', (_what, wanted, code) => {
		expect(codeOf(() => selectContext(files, wanted))).toBe(code);
	});

	it('that is misspelt is named rightly in the hint', () => {
		expect(() => selectContext(files, {context: 'stagin'})).toThrow(/did you mean staging\?/i);
	});

	it('makes no request when it is connected', async () => {
		const cluster = await connectCluster({kubeconfig: two, context: 'production', userAgent: 'test'});
		expect(cluster).toMatchObject({context: 'production', server: 'https://prod.example.com:6443'});
		expect(cluster.connection.state).toBe('connecting');
		expect(cluster.counters).toEqual({reads: 0, writes: 0, dryRuns: 0, watches: 0, retries: 0});
		await cluster.close();
	});
});

describe('a server', () => {
	it.each([
		['HTTPS://Host.Example:443/', 'https://host.example'],
		['https://host:6443', 'https://host:6443'],
		['https://rancher.example/k8s/clusters/c-1/', 'https://rancher.example/k8s/clusters/c-1'],
		['no url', 'no url'],
	])('%s is %s', (server, expected) => {
		expect(normaliseServer(server)).toBe(expected);
	});
});

describe('the proxy', () => {
	const proxy = 'http://proxy.example:3128';
	const cases: readonly (readonly [string, string, string, Record<string, string>, string | null])[] = [
		['none', 'https://api.example', '', {}, null],
		['of the kubeconfig', 'https://api.example', 'socks5://s:1', {HTTPS_PROXY: proxy, NO_PROXY: '*'}, 'socks5://s:1'],
		['of the environment', 'https://api.example', '', {HTTPS_PROXY: proxy}, proxy],
		['in small letters, without a scheme', 'https://api.example', '', {https_proxy: 'proxy:1'}, 'http://proxy:1'],
		['for http', 'http://api.example', '', {HTTPS_PROXY: proxy}, null],
		['never to this machine', 'https://127.0.0.1:6443', '', {HTTPS_PROXY: proxy}, null],
		['never to this machine by name', 'https://localhost:6443', '', {HTTPS_PROXY: proxy}, null],
		['but for *', 'https://api.example', '', {HTTPS_PROXY: proxy, NO_PROXY: '*'}, null],
		['but for a host', 'https://api.example', '', {HTTPS_PROXY: proxy, NO_PROXY: 'a.b, api.example'}, null],
		['but for what is below a domain', 'https://api.example', '', {HTTPS_PROXY: proxy, NO_PROXY: 'example'}, null],
		['but for what is below .domain', 'https://api.example', '', {HTTPS_PROXY: proxy, NO_PROXY: '.example'}, null],
		['.domain itself is not below it', 'https://example', '', {HTTPS_PROXY: proxy, NO_PROXY: '.example'}, proxy],
		['no mere ending', 'https://api.example', '', {HTTPS_PROXY: proxy, NO_PROXY: 'i.example'}, proxy],
		['another port', 'https://api.example:6443', '', {HTTPS_PROXY: proxy, NO_PROXY: 'api.example:443'}, proxy],
		['that port', 'https://api.example:6443', '', {HTTPS_PROXY: proxy, NO_PROXY: 'api.example:6443'}, null],
		['a block', 'https://10.1.2.3:6443', '', {HTTPS_PROXY: proxy, NO_PROXY: '10.0.0.0/8'}, null],
		['another block', 'https://10.1.2.3:6443', '', {HTTPS_PROXY: proxy, NO_PROXY: '192.168.0.0/16,10.0.0.0/99'}, proxy],
		['an IPv6 block', 'https://[fd00::1]:6443', '', {HTTPS_PROXY: proxy, NO_PROXY: 'fd00::/8'}, null],
	];
	it.each(cases)('%s', (_what, server, own, environment, expected) => {
		expect(findProxy(server, own, environment)).toBe(expected);
	});
});
