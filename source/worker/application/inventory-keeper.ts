import pLimit, {type LimitFunction} from 'p-limit';
import {isOlderVersion} from '../../engine/drift/resource-version.ts';
import {type InventoryRecord, inventoryName, readInventory, writeInventory} from '../../engine/inventory/record.ts';
import {withoutCredentials} from '../../engine/inventory/repository-url.ts';
import type {Application} from '../../model/application.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import {type KubernetesObject, keyOf} from '../../model/object.ts';
import type {InventoryEntry} from '../../model/plan.ts';
import {isFieldManager} from '../cluster-session.ts';
import type {ApplicationContext} from './context.ts';
import {trackObject} from './tracked-object.ts';

const maximumTries = 5;
/** Many objects may come back at once: their uids are written together. */
const uidDelayMilliseconds = 1_000;

/** The inventory of an application that was never synced. */
export function emptyInventory(
	application: Application,
	own: {fieldManager: string; applySetId: string},
): InventoryRecord {
	return {
		application: application.name,
		namespace: application.destination.namespace,
		...own,
		entries: [],
		holds: [],
		children: [],
		parent: null,
		leaving: null,
		hooks: null,
		syncedRevision: null,
		syncedAt: null,
		source: {repoURL: application.source.repoURL, path: application.source.path},
		extraData: {},
		extraLabels: {},
		extraAnnotations: {},
	};
}

/** Reads the application's inventory at the start. A mangled one is an error: nothing may be written or deleted by guess. */
export async function loadInventory(context: ApplicationContext): Promise<void> {
	const {application, session} = context;
	const name = inventoryName(application.name);
	const configMap = await session.inventory(application.destination.namespace, name);
	if (configMap) takeInventory(context, configMap);
}

/**
 * Somebody wrote the inventory: another operator, another worker, or we ourselves a moment ago. Resolves with whether it
 * is news; one that cannot be read is left to the next write, which says so. Waits for our own writes: their event may
 * come before their answer, and is not news.
 */
export function noteInventory(context: ApplicationContext, configMap: KubernetesObject): Promise<boolean> {
	return inWriteTurn(context, async () => {
		const known = context.state.inventory.resourceVersion ?? '';
		const version = configMap.metadata.resourceVersion ?? '';
		if (context.isStopped || version === known || isOlderVersion(version, known)) return false;
		try {
			if (takeInventory(context, configMap)) lookAtNewEntries(context);
			return true;
		} catch (error) {
			context.log.warn({problem: toProblem(error)}, 'the inventory was changed and cannot be read');
			return false;
		}
	});
}

/** What others put into the inventory is not in our Git: whether it is there at all is for the cluster to say. */
function lookAtNewEntries(context: ApplicationContext): void {
	context.state.needsLearning = true;
	context.requestPass();
}

/** Answers whether it names objects that were not known before. */
function takeInventory(context: ApplicationContext, configMap: KubernetesObject): boolean {
	const {state} = context;
	const record = readInventory(configMap);
	if ('code' in record) throw new HoldfastError(record);
	if (!isFieldManager(record.fieldManager)) {
		throw new HoldfastError({
			code: 'InventoryUnreadable',
			message: `the inventory of ${record.application} names a field manager that is not ours`,
			hint: 'restore ConfigMap data.fieldManager, or delete the ConfigMap: then a new one is made and nothing is deleted',
		});
	}
	state.inventory = record;
	state.fieldManager = record.fieldManager;
	state.syncedRevision ??= record.syncedRevision;
	state.syncedAt ??= record.syncedAt;
	return trackInventory(context);
}

/**
 * What left Git stays known while the inventory has it: it waits to be pruned, or is kept on purpose. Answers whether there
 * is something that was not known before.
 */
export function trackInventory(context: ApplicationContext): boolean {
	const {state, services, session} = context;
	const inventory = new Set<string>();
	let hasNews = false;
	// What cannot be written at present is in Git all the same.
	const blocked = new Set(state.blocked.map(({ref}) => keyOf(ref)));
	for (const entry of state.inventory.entries) {
		const key = keyOf(entry.ref);
		inventory.add(key);
		if (state.objects.get(key)?.desired || blocked.has(key)) continue;
		let tracked = state.objects.get(key);
		if (!tracked) {
			hasNews = true;
			tracked = trackObject(entry.ref, key, services.clock());
			state.objects.set(key, tracked);
		}
		if (!tracked.uid) tracked.uid = entry.uid;
	}
	for (const [key, tracked] of state.objects) {
		if (tracked.desired || (inventory.has(key) && !blocked.has(key))) continue;
		state.objects.delete(key);
		session.watches.disown(key);
	}
	return hasNews;
}

/** Whether the inventory was made from another repository or folder: then nothing in it is deleted without a word. */
export function hasOtherSource({state, application}: ApplicationContext): boolean {
	const {source, entries} = state.inventory;
	if (entries.length === 0) return false;
	const own = withoutCredentials(application.source.repoURL);
	return withoutCredentials(source.repoURL) !== own || source.path !== application.source.path;
}

/** An object was made anew: its new uid has to be in the inventory before the object ever leaves Git. */
export function saveUidsSoon(context: ApplicationContext): void {
	if (uidTimers.has(context)) return;
	const timer = setTimeout(() => {
		uidTimers.delete(context);
		if (context.isStopped) return;
		const {objects} = context.state;
		saveInventory(context, record => ({
			...record,
			entries: record.entries.map(entry => {
				const tracked = objects.get(keyOf(entry.ref));
				return tracked?.desired && !tracked.foreignOwner && tracked.uid ? {...entry, uid: tracked.uid} : entry;
			}),
		})).catch(error => context.log.warn({problem: toProblem(error)}, 'the inventory could not be brought up to date'));
	}, uidDelayMilliseconds);
	timer.unref();
	uidTimers.set(context, timer);
}

const uidTimers = new WeakMap<ApplicationContext, NodeJS.Timeout>();

/**
 * Writes the names that a sync is about to create, before the first of them is written (cli-utils' write-ahead): a crash
 * in between can orphan nothing. Costs no request when all names are there already, and no hooks run.
 */
export async function writeAhead(
	context: ApplicationContext,
	entries: readonly InventoryEntry[],
	{runsHooks}: {runsHooks: boolean},
): Promise<void> {
	const {state} = context;
	const known = new Set(state.inventory.entries.map(entry => keyOf(entry.ref)));
	const added = entries.filter(entry => !known.has(keyOf(entry.ref)));
	// Until they have all run, the hooks are due, whatever happens to this worker.
	const forgetsHooks = runsHooks && state.inventory.hooks !== null;
	if (added.length === 0 && !forgetsHooks && state.inventory.resourceVersion !== undefined) return;
	await saveInventory(context, record => ({
		...record,
		...(forgetsHooks ? {hooks: null} : {}),
		entries: [...record.entries, ...added.filter(entry => !record.entries.some(sameObject(entry)))],
	}));
}

function sameObject(entry: InventoryEntry): (other: InventoryEntry) => boolean {
	const key = keyOf(entry.ref);
	return other => keyOf(other.ref) === key;
}

/** Writes of one application's inventory, one after the other: a worker that raced against itself would run out of tries. */
const turns = new WeakMap<ApplicationContext, LimitFunction>();

/**
 * Writes the inventory by compare-and-swap. `change` gets the record as it is now, so that two operators on two bastions
 * cannot undo each other's entries and holds; it may be called more than once.
 */
export function saveInventory(
	context: ApplicationContext,
	change: (record: InventoryRecord) => InventoryRecord,
): Promise<void> {
	return inWriteTurn(context, () => swapInventory(context, change));
}

function inWriteTurn<Value>(context: ApplicationContext, work: () => Promise<Value>): Promise<Value> {
	const turn = turns.get(context) ?? pLimit(1);
	turns.set(context, turn);
	return turn(work);
}

async function swapInventory(
	context: ApplicationContext,
	change: (record: InventoryRecord) => InventoryRecord,
): Promise<void> {
	const {state, session, application} = context;
	for (let attempt = 1; ; attempt++) {
		const record = change(state.inventory);
		const configMap = writeInventory({...record, applySetId: state.applySetId});
		try {
			const options = {manager: `${state.fieldManager}-inventory`};
			const answer =
				record.resourceVersion === undefined
					? await session.cluster.create(configMap, options)
					: await session.cluster.replace(configMap, options);
			const {resourceVersion, uid} = answer.metadata;
			state.inventory = {...record, ...(resourceVersion ? {resourceVersion} : {}), ...(uid ? {uid} : {})};
			return;
		} catch (error) {
			const {code} = toProblem(error);
			const isRace =
				code === 'AlreadyExists' || code === 'StaleResourceVersion' || code === 'NotFound' || code === 'Conflict';
			if (!isRace || attempt >= maximumTries) throw error;
			const name = inventoryName(application.name);
			const current = await session.readInventory(application.destination.namespace, name);
			if (current) takeInventory(context, current);
			else state.inventory = withoutIdentity(state.inventory);
		}
	}
}

/** Somebody deleted the ConfigMap: it is made anew from what we know. */
function withoutIdentity(record: InventoryRecord): InventoryRecord {
	const {resourceVersion: _resourceVersion, uid: _uid, ...rest} = record;
	return rest;
}
