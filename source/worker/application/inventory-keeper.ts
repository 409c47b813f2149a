import {type InventoryRecord, inventoryName, readInventory, writeInventory} from '../../engine/inventory/record.ts';
import type {Application} from '../../model/application.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import {type KubernetesObject, keyOf} from '../../model/object.ts';
import type {InventoryEntry} from '../../model/plan.ts';
import type {ApplicationContext} from './context.ts';

const maximumTries = 5;

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
	session.forgetInventory(application.destination.namespace, name);
}

function takeInventory(context: ApplicationContext, configMap: KubernetesObject): void {
	const {state} = context;
	const record = readInventory(configMap);
	if ('code' in record) throw new HoldfastError(record);
	state.inventory = record;
	state.fieldManager = record.fieldManager;
	state.syncedRevision ??= record.syncedRevision;
	state.syncedAt ??= record.syncedAt;
}

/**
 * Writes the names that a sync is about to create, before the first of them is written (cli-utils' write-ahead): a crash
 * in between can orphan nothing. Costs no request when all names are there already.
 */
export async function writeAhead(context: ApplicationContext, entries: readonly InventoryEntry[]): Promise<void> {
	const {state} = context;
	const known = new Set(state.inventory.entries.map(entry => keyOf(entry.ref)));
	const added = entries.filter(entry => !known.has(keyOf(entry.ref)));
	if (added.length === 0 && state.inventory.resourceVersion !== undefined) return;
	await saveInventory(context, current => [...current, ...added.filter(entry => !current.some(sameObject(entry)))]);
}

function sameObject(entry: InventoryEntry): (other: InventoryEntry) => boolean {
	const key = keyOf(entry.ref);
	return other => keyOf(other.ref) === key;
}

/**
 * Writes the inventory by compare-and-swap. `change` gets the entries as they are now, so that two operators on two
 * bastions cannot undo each other's entries; it may be called more than once.
 */
export async function saveInventory(
	context: ApplicationContext,
	change: (entries: readonly InventoryEntry[]) => readonly InventoryEntry[],
	synced?: {revision: string; at: number},
): Promise<void> {
	const {state, session, application} = context;
	for (let attempt = 1; ; attempt++) {
		const record = {
			...state.inventory,
			entries: change(state.inventory.entries),
			...(synced ? {syncedRevision: synced.revision, syncedAt: synced.at} : {}),
		};
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
