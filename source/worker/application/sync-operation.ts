import type {InventoryRecord} from '../../engine/inventory/types.ts';
import type {SyncPlan, SyncStep} from '../../engine/plan/types.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import {keyOf, type ObjectKey} from '../../model/object.ts';
import type {InventoryEntry} from '../../model/plan.ts';
import type {OperationState} from '../../model/status.ts';
import {awaitGone, awaitReady} from './await-ready.ts';
import {declareChild, isChildKey, withdrawChild} from './children.ts';
import type {ApplicationContext} from './context.ts';
import {saveInventory, writeAhead} from './inventory-keeper.ts';
import {noteFailure, watchKinds} from './knowledge.ts';
import {RunningOperation, type SyncRequest, workingSteps} from './running-operation.ts';
import {deleteObject, writeObject} from './write-object.ts';
import {applyTracked, desiredBody, exclusively, forget} from './writer.ts';

/** How long a wave may take to become healthy before the sync gives up on what comes after it. */
const waveMilliseconds = 5 * 60_000;
const goneMilliseconds = 2 * 60_000;

/** Executes a plan: names into the inventory first, then step by step, then the inventory as it is now. */
export async function runPlan(
	context: ApplicationContext,
	plan: SyncPlan,
	request: SyncRequest,
): Promise<OperationState> {
	const operation = new RunningOperation(context, plan, request);
	/** What is gone for good: the only entries that the inventory loses. */
	const gone = new Set<ObjectKey>(plan.gone);
	try {
		if (plan.deletion.type === 'refused') {
			throw new HoldfastError({code: 'DeletionRefused', message: plan.deletion.reason});
		}
		forgetGone(context, plan);
		const steps = workingSteps(plan);
		if (steps.length > 0) {
			await ensureNamespace(context, plan);
			await writeAhead(context, plannedEntries(context, plan));
		}
		for (const [index, step] of steps.entries()) {
			operation.beginStep(index);
			await runStep(context, step, operation, gone);
		}
		if (steps.length > 0) {
			await saveInventory(context, record => ({
				...record,
				entries: settledEntries(context, record.entries, gone),
				...(operation.hasFailures ? {} : syncedRecord(context, plan)),
			}));
		}
		if (!operation.hasFailures) {
			context.state.syncedRevision = plan.revision;
			context.state.syncedAt = context.services.clock();
		}
		return operation.finish();
	} catch (error) {
		context.log.warn({problem: toProblem(error)}, 'sync failed');
		return operation.finish(toProblem(error));
	}
}

/** What is neither in Git nor in the cluster any more; the next write of the inventory leaves it out. */
function forgetGone(context: ApplicationContext, plan: SyncPlan): void {
	for (const key of plan.gone) {
		const tracked = context.state.objects.get(key);
		if (tracked && tracked.desired === null) forget(context, tracked);
	}
}

/** Applies and deletions that were made together; one object's failure stops nobody else's. */
async function runStep(
	context: ApplicationContext,
	step: SyncStep,
	operation: RunningOperation,
	gone: Set<ObjectKey>,
): Promise<void> {
	await Promise.all(
		step.items.map(async item => {
			try {
				if (item.action !== 'delete' && isChildKey(context, item.key)) {
					await declareChild(context, item);
				} else if (item.action === 'delete') {
					if (operation.hasFailures) {
						operation.add(item, 'Skipped', 'not deleted because something else failed in this sync');
						return;
					}
					if (isChildKey(context, item.key)) {
						const obstacle = await withdrawChild(context, item);
						if (obstacle) throw new HoldfastError(obstacle);
					} else if (await deleteObject(context, item)) gone.add(item.key);
				} else {
					await writeObject(context, item);
				}
				operation.add(item, 'Succeeded');
			} catch (error) {
				const tracked = context.state.objects.get(item.key);
				if (tracked) noteFailure(context, tracked, error);
				operation.fail(item, toProblem(error));
			}
		}),
	);
	if (step.awaits.length === 0) return;
	const deleted = step.items.filter(item => item.action === 'delete' && step.awaits.includes(item.key));
	if (deleted.length > 0) {
		const refs = deleted.map(item => item.ref);
		if (!operation.hasFailures) await awaitGone(context, refs, goneMilliseconds);
		return;
	}
	const isStage = step.items.some(({ref}) => ref.kind === 'CustomResourceDefinition' || ref.kind === 'Namespace');
	if (operation.hasFailures && !isStage) {
		throw new HoldfastError({
			code: 'WaveFailed',
			message: `${step.title} failed: ${operation.firstFailure ?? ''}`,
			hint: 'what comes after it was not applied',
		});
	}
	await awaitReady(context, step.awaits, waveMilliseconds);
	// Kinds that just came to be are listened to from here on.
	if (isStage) await watchKinds(context);
}

/** `CreateNamespace=true`: made when it is not there, never changed and never deleted, as Argo CD does. */
async function ensureNamespace(context: ApplicationContext, plan: SyncPlan): Promise<void> {
	const {application, session, state} = context;
	const name = application.destination.namespace;
	const ref = {group: '', version: 'v1', kind: 'Namespace', namespace: '', name};
	if (state.inventory.resourceVersion !== undefined && plan.counts.create === 0) return;
	if (await session.cluster.get(ref, 'metadata')) return;
	const own = state.objects.get(keyOf(ref));
	if (own?.desired) {
		// The application brings its namespace itself. The inventory lives in it, so it has to come first.
		await exclusively(context, own, async () => {
			await applyTracked(context, own, desiredBody(own), {force: false});
		});
		return;
	}
	if (!application.syncPolicy.createNamespace) {
		throw new HoldfastError({
			code: 'NamespaceNotFound',
			message: `namespace ${name} does not exist in ${session.cluster.context}`,
			hint: 'create it, add it to the application, or set the sync option CreateNamespace=true',
		});
	}
	await session.cluster.apply(
		{apiVersion: 'v1', kind: 'Namespace', metadata: {name}},
		{manager: state.fieldManager, force: false},
	);
}

/** What a sync that went well leaves in the inventory besides the objects. */
function syncedRecord(
	{application: {source}, services}: ApplicationContext,
	plan: SyncPlan,
): Pick<InventoryRecord, 'syncedRevision' | 'syncedAt'> & Partial<Pick<InventoryRecord, 'source'>> {
	// While deletions wait, the record still names the source that they came from.
	const takesSource = plan.deletion.type === 'none' || plan.deletion.type === 'allowed';
	return {
		syncedRevision: plan.revision,
		syncedAt: services.clock(),
		...(takesSource ? {source: {repoURL: source.repoURL, path: source.path}} : {}),
	};
}

function plannedEntries(context: ApplicationContext, plan: SyncPlan): InventoryEntry[] {
	return plan.steps.flatMap(step =>
		step.items
			.filter(item => item.action !== 'delete' && !isChildKey(context, item.key))
			.map(item => ({ref: item.ref, uid: context.state.objects.get(item.key)?.uid ?? ''})),
	);
}

/** The inventory after a sync: the uids that are known by now, without what is gone for good. */
function settledEntries(
	context: ApplicationContext,
	entries: readonly InventoryEntry[],
	gone: ReadonlySet<ObjectKey>,
): InventoryEntry[] {
	return entries.flatMap(entry => {
		const key = keyOf(entry.ref);
		if (gone.has(key)) return [];
		const tracked = context.state.objects.get(key);
		// Of what left Git the uid stays the one that we made: another object of that name is not ours to delete.
		if (!tracked?.desired || tracked.foreignOwner) return [entry];
		return [{ref: tracked.ref, uid: tracked.uid || entry.uid}];
	});
}
