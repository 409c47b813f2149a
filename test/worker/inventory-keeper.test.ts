import {expect, it} from 'vitest';
import {readInventory} from '../../source/engine/inventory/record.ts';
import {HoldfastError} from '../../source/model/errors.ts';
import {type KubernetesObject, keyOf} from '../../source/model/object.ts';
import type {ApplicationContext} from '../../source/worker/application/context.ts';
import {emptyInventory, noteInventory, saveInventory} from '../../source/worker/application/inventory-keeper.ts';

const application = {
	name: 'shop',
	source: {repoURL: 'https://example.com/shop.git', path: ''},
	destination: {namespace: 'shop'},
} as ApplicationContext['application'];

/** Keeps one ConfigMap by compare-and-swap, as the API server does, each answer a turn later. */
function createServer() {
	let kept: KubernetesObject | null = null;
	let hear: (object: KubernetesObject) => void = () => {};
	let version = 0;
	let writes = 0;
	const problem = (code: string) => new HoldfastError({code, message: code});
	const keep = (object: KubernetesObject): KubernetesObject => {
		kept = {...object, metadata: {...object.metadata, uid: 'one', resourceVersion: String(++version)}};
		// The watch may be faster than the answer.
		hear(kept);
		return kept;
	};
	const cluster = {
		async create(object: KubernetesObject) {
			writes++;
			await Promise.resolve();
			if (kept) throw problem('AlreadyExists');
			return keep(object);
		},
		async replace(object: KubernetesObject) {
			writes++;
			await Promise.resolve();
			if (object.metadata.resourceVersion !== kept?.metadata.resourceVersion) throw problem('Conflict');
			return keep(object);
		},
	};
	return {
		session: {cluster, readInventory: async () => kept, watches: {disown() {}}},
		record: () => readInventory(kept!),
		writes: () => writes,
		onChange(listener: (object: KubernetesObject) => void) {
			hear = listener;
		},
	};
}

function contextOn(session: unknown): ApplicationContext {
	const own = {fieldManager: 'holdfast-abc234', applySetId: 'applyset-shop-v1'};
	return {
		application,
		session,
		services: {clock: () => 0},
		log: {warn() {}},
		state: {...own, inventory: emptyInventory(application, own), objects: new Map(), blocked: []},
		requestPass() {},
	} as unknown as ApplicationContext;
}

it('keeps what many of one worker write at the same moment, without racing against itself', async () => {
	const server = createServer();
	const context = contextOn(server.session);
	const keys = Array.from({length: 40}, (_, index) => `note${index}`);
	const note = (key: string) =>
		saveInventory(context, record => ({...record, extraData: {...record.extraData, [key]: 'kept'}}));
	await Promise.all(keys.map(note));
	expect(server.record()).toMatchObject({extraData: Object.fromEntries(keys.map(key => [key, 'kept']))});
	expect(server.writes()).toBe(keys.length);
});

it('goes on after a write that failed', async () => {
	const server = createServer();
	const context = contextOn(server.session);
	const failed = saveInventory(context, () => {
		throw new Error('no');
	});
	const next = saveInventory(context, record => ({...record, hooks: 'ran'}));
	await expect(failed).rejects.toThrow('no');
	await next;
	expect(server.record()).toMatchObject({hooks: 'ran'});
});

it('does not take its own write for news, even when the watch tells of it before the answer', async () => {
	const server = createServer();
	const context = contextOn(server.session);
	const heard: Promise<boolean>[] = [];
	server.onChange(configMap => heard.push(noteInventory(context, configMap)));
	const ref = {group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'never-made'};
	await saveInventory(context, record => ({...record, entries: [{ref, uid: ''}]}));
	await saveInventory(context, record => ({...record, entries: []}));
	expect(await Promise.all(heard)).toEqual([false, false]);
	expect([...context.state.objects.keys()]).toEqual([]);
});

it('learns of what another operator put there, and looks for it in the cluster', async () => {
	const server = createServer();
	const context = contextOn(server.session);
	const other = contextOn(server.session);
	const heard: Promise<boolean>[] = [];
	server.onChange(configMap => heard.push(noteInventory(context, configMap)));
	const ref = {group: '', version: 'v1', kind: 'Service', namespace: 'shop', name: 'theirs'};
	await saveInventory(other, record => ({...record, entries: [{ref, uid: 'one'}]}));
	expect(await Promise.all(heard)).toEqual([true]);
	expect([...context.state.objects.keys()]).toEqual([keyOf(ref)]);
	expect(context.state.needsLearning).toBe(true);
});
