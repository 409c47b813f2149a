import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Cluster} from '../../../source/model/ports/cluster/cluster.ts';
import {type ControlPlane, startControlPlane} from '../control-plane.ts';
import {plane as shared} from '../shared-control-plane.ts';
import {byForce, connectTo, problemOf, refTo, until} from './helpers.ts';

describe.skipIf(!shared)('when a real API server goes away', () => {
	let plane: ControlPlane;
	let cluster: Cluster;
	/** What a consumer knows from the watch alone: name → value. */
	const known = new Map<string, string>();
	const log: string[] = [];
	const object = (name: string, value: string): KubernetesObject => ({
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: {name, namespace: 'default', labels: {set: 'restart'}},
		data: {value},
	});
	const dataOf = (found: KubernetesObject): string => (found.data as {value: string}).value;

	beforeAll(async () => {
		plane = await startControlPlane({hasControllers: false, isFsyncOff: true});
		cluster = await connectTo(plane.kubeconfig);
		cluster.onConnectionChange(() => log.push(`connection ${cluster.connection.state}`));
		const handle = cluster.watch(
			(await cluster.kind('', 'ConfigMap'))!,
			{view: 'object', namespace: 'default', labelSelector: 'set=restart'},
			{
				onList(items) {
					log.push('list');
					known.clear();
					for (const item of items) known.set(item.metadata.name, dataOf(item));
				},
				onEvent(type, changed) {
					if (type === 'DELETED') known.delete(changed.metadata.name);
					else known.set(changed.metadata.name, dataOf(changed));
				},
				onState: state => log.push(`${state.state} ${state.problem?.code ?? ''}`.trim()),
			},
		);
		await handle.ready;
		await until(() => log.includes('live'));
	});
	afterAll(async () => {
		await cluster?.close();
		await plane?.stop();
	});

	it.each([true, false])(
		'suddenly: %s, its watches go on and miss nothing, and requests fail in the meantime',
		async isSudden => {
			await cluster.apply(object('kept', 'before'), byForce);
			await until(() => known.get('kept') === 'before');
			log.length = 0;
			await plane.stopApiServer({isSudden});
			const refused = await problemOf(cluster.get(refTo(object('kept', '')), 'object'));
			expect(refused).toMatchObject({code: 'Unreachable'});
			await until(() => cluster.connection.state === 'stale');
			await plane.startApiServer();
			await until(() => cluster.connection.state === 'live' && log.at(-1) !== 'stale Unreachable');
			await plane.kubectl(['-n', 'default', 'patch', 'configmap', 'kept', '-p', '{"data":{"value":"after"}}']);
			await until(() => known.get('kept') === 'after');
			expect(log).toContain('stale Unreachable');
			expect(log).toContain('connection stale');
			await until(() => log.at(-1)!.endsWith('live'));
		},
	);

	it('and has forgotten its history, its watches list again, say why, and miss nothing', async () => {
		await cluster.apply(object('gone', '1'), byForce);
		await until(() => known.has('gone'));
		// Other kinds move the cluster's version on; our watch is silent and keeps the old one, which then expires.
		for (let number = 0; number < 5; number++) await plane.kubectl(['create', 'namespace', `filler-${number}`]);
		log.length = 0;
		await plane.forgetHistory();
		await plane.kubectl(['-n', 'default', 'delete', 'configmap', 'gone']);
		await plane.kubectl(['-n', 'default', 'patch', 'configmap', 'kept', '-p', '{"data":{"value":"later"}}']);
		await until(() => log.includes('list') && log.at(-1)!.endsWith('live'));
		await until(() => !known.has('gone') && known.get('kept') === 'later');
		expect(log).toContain('stale Expired');
	});
});
