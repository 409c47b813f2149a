import {describe, expect, it} from 'vitest';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Cluster} from '../../../source/model/ports/cluster/cluster.ts';
import type {ObjectView} from '../../../source/model/ports/cluster/read.ts';
import type {WatchHandle} from '../../../source/model/ports/cluster/watch.ts';
import {plane} from '../shared-control-plane.ts';
import {byForce, connectTo, manager, problemOf, refTo, until, useCluster} from './helpers.ts';

describe.skipIf(!plane)('on a real API server, reading', () => {
	const used = useCluster('client-read');
	const object = (name: string, kind = 'ConfigMap', labels: Record<string, string> = {}): KubernetesObject => ({
		apiVersion: 'v1',
		kind,
		metadata: {name, namespace: used.namespace, labels},
		...(kind === 'Secret' ? {stringData: {password: 'canary-read'}} : {data: {key: 'canary-read'}}),
	});
	const kindOf = async (kind: string) => (await used.cluster.kind('', kind))!;

	it('finds every kind that kubectl finds', async () => {
		const listed = await plane!.kubectl(['api-resources', '--no-headers', '-o', 'name', '--cached=false']);
		const {cluster} = used;
		const ours = (await cluster.kinds()).map(kind => (kind.group ? `${kind.resource}.${kind.group}` : kind.resource));
		expect(ours.sort()).toEqual(listed.trim().split('\n').sort());
	});

	it('knows the cluster and its version', async () => {
		const uid = await plane!.kubectl(['get', 'namespace', 'kube-system', '-o', 'jsonpath={.metadata.uid}']);
		expect(await used.cluster.identity()).toEqual({uid, version: expect.stringMatching(/^v1\.\d+\.\d+/)});
		expect(Math.abs(await used.cluster.clockSkew())).toBeLessThan(5_000);
	});

	it('in pages brings everything once, and no page is larger than asked', async () => {
		const {cluster, namespace} = used;
		await Promise.all(
			Array.from({length: 25}, (_, number) =>
				cluster.apply(object(`page-${number}`, 'ConfigMap', {set: 'pages'}), byForce),
			),
		);
		const kind = await kindOf('ConfigMap');
		const selection = {namespace, labelSelector: 'set=pages', limit: 10} as const;
		const pages: KubernetesObject[][] = [];
		const streamed = await cluster.list(kind, {...selection, view: 'object', onPage: items => pages.push(items)});
		expect(pages.map(page => page.length)).toEqual([10, 10, 5]);
		expect(streamed.items).toEqual([]);
		const {items, resourceVersion} = await cluster.list(kind, {...selection, view: 'object'});
		expect(items).toEqual(pages.flat());
		expect(items[0]).toMatchObject({apiVersion: 'v1', kind: 'ConfigMap', data: {key: 'canary-read'}});
		expect(Number(resourceVersion)).toBeGreaterThan(0);
	});

	it.each(['ConfigMap', 'Secret'])(
		'metadata of a %s carries managedFields and no data, listed, read and watched',
		async kindName => {
			const {cluster, namespace} = used;
			const made = await cluster.apply(object('meta', kindName, {set: 'meta'}), byForce);
			const kind = await kindOf(kindName);
			const selection = {view: 'metadata' as ObjectView, namespace, labelSelector: 'set=meta'};
			const events: KubernetesObject[] = [];
			const lists: KubernetesObject[][] = [];
			const handle = cluster.watch(kind, selection, {
				onList: items => lists.push(items),
				onEvent: (_type, changed) => events.push(changed),
				onState: () => {},
			});
			await handle.ready;
			await cluster.apply(object('meta', kindName, {set: 'meta', more: 'yes'}), byForce);
			await until(() => events.length > 0);
			handle.stop();
			const {items} = await cluster.list(kind, selection);
			const read = await cluster.get(refTo(made), 'metadata');
			for (const found of [...lists[0]!, ...items, ...events, read!]) {
				expect(found).toMatchObject({
					apiVersion: 'v1',
					kind: kindName,
					metadata: {name: 'meta', uid: made.metadata.uid},
				});
				expect(found.metadata.managedFields?.[0]?.manager).toBe(manager);
				expect(Object.keys(found).sort()).toEqual(['apiVersion', 'kind', 'metadata']);
				expect(JSON.stringify(found)).not.toMatch(/canary-read|Y2FuYXJ5/);
			}
		},
	);

	it('a watch tells additions, changes and deletions in order, and what leaves the selection', async () => {
		const {cluster, namespace} = used;
		const log: string[] = [];
		const handle: WatchHandle = cluster.watch(
			await kindOf('ConfigMap'),
			{view: 'object', namespace, labelSelector: 'set=watched'},
			{
				onList: items => log.push(`list ${items.length}`),
				onEvent: (type, changed) => log.push(`${type} ${changed.metadata.name}`),
				onState: state => log.push(state.state),
			},
		);
		await until(() => log.includes('live'));
		const one = await cluster.apply(object('w1', 'ConfigMap', {set: 'watched'}), byForce);
		await cluster.apply(object('w2', 'ConfigMap', {set: 'watched'}), byForce);
		await cluster.apply(object('w2', 'ConfigMap', {set: 'watched', more: 'yes'}), byForce);
		await cluster.apply(object('w2', 'ConfigMap', {set: 'other'}), byForce);
		await cluster.remove(refTo(one), {uid: one.metadata.uid!, propagation: 'background'});
		await until(() => log.includes('DELETED w1'));
		handle.stop();
		expect(log).toEqual(['list 0', 'live', 'ADDED w1', 'ADDED w2', 'MODIFIED w2', 'DELETED w2', 'DELETED w1']);
	});

	it('a continue token of nobody is an error, not an endless list', async () => {
		const {cluster} = used;
		const kind = {...(await kindOf('ConfigMap')), resource: 'nothings'};
		expect(await problemOf(cluster.list(kind, {view: 'object'}))).toMatchObject({code: 'KindNotServed'});
	});
});

describe.skipIf(!plane)('on a real API server, a user without rights', () => {
	const used = useCluster('client-limited');
	const withLimited = async <T>(action: (cluster: Cluster) => Promise<T>): Promise<T> => {
		const cluster = await connectTo(plane!.limitedKubeconfig);
		try {
			return await action(cluster);
		} finally {
			await cluster.close();
		}
	};

	it('is told the verb, the resource, the namespace, the user, and how to check', () =>
		withLimited(async cluster => {
			const object = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a', namespace: used.namespace}};
			const problem = await problemOf(cluster.apply(object, byForce));
			expect(problem?.code).toBe('Forbidden');
			expect(problem?.message).toMatch(/User "[^"]+" cannot patch resource "configmaps" in API group ""/);
			expect(problem?.message).toContain(`in the namespace "${used.namespace}"`);
			const command = /check with: kubectl (.*)$/.exec(problem?.hint ?? '')?.[1] ?? '';
			expect(command).toContain(`auth can-i patch configmaps -n ${used.namespace}`);
			const {runKubectl} = await import('../control-plane.ts');
			await expect(runKubectl(plane!.limitedKubeconfig, command.split(' '))).rejects.toThrow();
			const secrets = {group: '', version: 'v1', kind: 'Secret', namespace: 'default', name: 's'};
			expect((await problemOf(cluster.get(secrets, 'metadata')))?.message).toMatch(/cannot get resource "secrets"/);
		}));

	it('may ask what is allowed, and is live though everything is refused', () =>
		withLimited(async cluster => {
			expect(await cluster.mayI('list', {group: 'apps', resource: 'deployments'}, 'default')).toBe(false);
			expect(cluster.connection.state).toBe('live');
			expect(await used.cluster.mayI('list', {group: 'apps', resource: 'deployments'}, '')).toBe(true);
		}));

	it('gets an identity for the cluster from its address', () =>
		withLimited(async cluster => {
			expect(await cluster.identity()).toMatchObject({uid: expect.stringMatching(/^server-/)});
		}));

	it('has a watch that says why it is stale, and begins as soon as the right is there', async () => {
		const {cluster: admin, namespace} = used;
		const limited = await connectTo(plane!.limitedKubeconfig, {timing: {watchBackoffScale: 0.01}});
		const states: string[] = [];
		const kind = (await limited.kind('', 'ConfigMap'))!;
		const handle = limited.watch(
			kind,
			{view: 'metadata', namespace},
			{
				onList: () => states.push('list'),
				onEvent: () => {},
				onState: state => states.push(state.problem?.code ?? state.state),
			},
		);
		await until(() => states.includes('Forbidden'));
		const problem = await problemOf(limited.list(kind, {view: 'metadata', namespace}));
		const user = /User "([^"]+)"/.exec(problem?.message ?? '')?.[1] ?? '';
		await plane!.kubectl(['-n', namespace, 'create', 'rolebinding', 'viewer', '--clusterrole=view', `--user=${user}`]);
		await until(() => states.includes('live'));
		expect(states).toEqual(['Forbidden', 'list', 'live']);
		handle.stop();
		await limited.close();
		expect(admin.connection.state).toBe('live');
	});
});
