import {setTimeout as sleep} from 'node:timers/promises';
import {afterEach, beforeEach, describe, expect, test} from 'vitest';
import {type EmbeddedControlPlane, startControlPlane} from '../../../demo/control-plane/start.ts';
import {ApiError, type ControllerClient} from '../../../demo/control-plane/types.ts';
import type {KubernetesObject, OwnerReference} from '../../../source/model/object.ts';

let plane: EmbeddedControlPlane;
let client: ControllerClient;

beforeEach(async () => {
	plane = await startControlPlane();
	client = plane.client;
});
afterEach(() => plane.stop());

const writer = {manager: 'test'};

function create(name: string, metadata: object = {}, namespace = 'default'): KubernetesObject {
	return client.create(
		{apiVersion: 'v1', kind: 'ConfigMap', metadata: {name, namespace, ...metadata}, data: {a: '1'}},
		writer,
	);
}

const ownerOf = ({apiVersion, kind, metadata}: KubernetesObject): OwnerReference & {blockOwnerDeletion: boolean} => ({
	apiVersion,
	kind,
	name: metadata.name,
	uid: metadata.uid ?? '',
	blockOwnerDeletion: true,
});

const read = (name: string, namespace = 'default'): KubernetesObject | null => client.get('ConfigMap', namespace, name);

async function until(isSo: () => boolean): Promise<void> {
	while (!isSo()) await sleep(5);
}

function codeOf(work: () => unknown): number {
	try {
		work();
		return 0;
	} catch (error) {
		if (error instanceof ApiError) return error.failure.code;
		throw error;
	}
}

describe('an owner that is deleted', () => {
	test('takes its dependents along, in the background', async () => {
		const owner = create('owner');
		create('dependent', {ownerReferences: [ownerOf(owner)]});
		client.remove('ConfigMap', 'default', 'owner');
		expect(read('owner')).toBeNull();
		await until(() => read('dependent') === null);
	});

	test('leaves what another owner still has', async () => {
		const [first, second] = [create('first'), create('second')];
		create('shared', {ownerReferences: [ownerOf(first), ownerOf(second)]});
		client.remove('ConfigMap', 'default', 'first');
		await until(() => read('shared')?.metadata.ownerReferences?.length === 1);
		expect(read('shared')?.metadata.ownerReferences?.[0]?.name).toBe('second');
	});

	test('waits for its dependents in the foreground', async () => {
		const owner = create('owner');
		create('held', {ownerReferences: [ownerOf(owner)], finalizers: ['example.com/hold']});
		client.remove('ConfigMap', 'default', 'owner', {propagation: 'Foreground'});
		await until(() => read('held')?.metadata.deletionTimestamp !== undefined);
		expect(read('owner')?.metadata.finalizers).toEqual(['foregroundDeletion']);
		const held = read('held')!;
		client.update({...held, metadata: {...held.metadata, finalizers: []}}, writer);
		expect(read('held')).toBeNull();
		await until(() => read('owner') === null);
	});

	test('is taken out of its dependents when they are to stay', async () => {
		const owner = create('owner');
		create('orphan', {ownerReferences: [ownerOf(owner)]});
		client.remove('ConfigMap', 'default', 'owner', {propagation: 'Orphan'});
		await until(() => read('owner') === null);
		expect(read('orphan')?.metadata.ownerReferences).toBeUndefined();
	});

	test('or never was there, leaves nothing behind', async () => {
		create('lost', {ownerReferences: [{...ownerOf(create('owner')), uid: 'nobody-has-this'}]});
		await until(() => read('lost') === null);
	});
});

describe('a namespace that is deleted', () => {
	beforeEach(() => {
		client.create({apiVersion: 'v1', kind: 'Namespace', metadata: {name: 'shop'}}, writer);
	});

	test('refuses new objects, says what holds it, and goes when nothing does', async () => {
		create('held', {finalizers: ['example.com/hold']}, 'shop');
		client.remove('Namespace', '', 'shop');
		expect(codeOf(() => create('late', {}, 'shop'))).toBe(403);
		const conditions = (): {type: string; message: string}[] =>
			(client.get('Namespace', '', 'shop')?.status as {conditions?: {type: string; message: string}[]})?.conditions ??
			[];
		await until(() => conditions().length > 0);
		const remaining = conditions().find(({type}) => type === 'NamespaceFinalizersRemaining');
		expect(remaining?.message).toMatch(/example\.com\/hold in 1 resource instances/);
		const held = read('held', 'shop')!;
		client.update({...held, metadata: {...held.metadata, finalizers: []}}, writer);
		await until(() => client.get('Namespace', '', 'shop') === null);
	});
});

describe('a write', () => {
	test('with a version that is not the current one is refused', () => {
		const before = create('settings');
		client.update({...before, data: {a: '2'}}, writer);
		expect(codeOf(() => client.update({...before, data: {a: '3'}}, writer))).toBe(409);
	});

	test('that changes nothing keeps the version', () => {
		const before = create('settings');
		expect(client.update(before, writer).metadata.resourceVersion).toBe(before.metadata.resourceVersion);
	});

	test('is told to every watcher in order, and objects cannot be changed behind the back of the server', () => {
		const seen: string[] = [];
		const end = client.watch(({type, object}) => seen.push(`${type} ${object.metadata.name}`));
		const made = create('settings');
		client.update({...made, data: {a: '2'}}, writer);
		client.remove('ConfigMap', 'default', 'settings');
		end();
		create('unseen');
		expect(seen).toEqual(['ADDED settings', 'MODIFIED settings', 'DELETED settings']);
		expect(() => Object.assign(read('unseen')?.data as object, {a: 'x'})).toThrow(TypeError);
	});
});

describe('a Pod that is deleted', () => {
	test('has its time to end once a node runs it, and is gone when its kubelet says so', () => {
		const pod = {
			apiVersion: 'v1',
			kind: 'Pod',
			metadata: {name: 'web', namespace: 'default'},
			spec: {nodeName: 'node-1', containers: [{name: 'app', image: 'nginx'}]},
		} as KubernetesObject;
		client.create(pod, writer);
		client.remove('Pod', 'default', 'web');
		expect(client.get('Pod', 'default', 'web')?.metadata).toMatchObject({deletionGracePeriodSeconds: 30});
		client.remove('Pod', 'default', 'web');
		expect(client.get('Pod', 'default', 'web')).toBeNull();
	});
});
