import type {InventoryRecord} from '../../engine/inventory/types.ts';
import type {SyncPlan, SyncStep} from '../../engine/plan/types.ts';
import {HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import {keyOf, nameOf, type ObjectKey} from '../../model/object.ts';
import type {InventoryEntry} from '../../model/plan.ts';
import type {OperationState} from '../../model/status.ts';
import {isChildKey} from './children.ts';
import type {ApplicationContext} from './context.ts';
import {hooksInGit} from './hook-record.ts';
import {saveInventory, trackInventory, writeAhead} from './inventory-keeper.ts';
import {HookRunner} from './run-hook.ts';
import {runStep} from './run-step.ts';
import {RunningOperation, type SyncRequest, workingSteps} from './running-operation.ts';
import {endedCodes} from './sync-stop.ts';
import {applyTracked, desiredBody, exclusively, forget} from './writer.ts';

/**
 * Executes a plan: names into the inventory first, then step by step, then the inventory as it is now. Never rejects: what
 * went wrong is said by the operation. Others may end it meanwhile, see {@link RunningSync}.
 */
export async function runPlan(
	context: ApplicationContext,
	plan: SyncPlan,
	request: SyncRequest,
): Promise<OperationState> {
	const operation = new RunningOperation(context, plan, request);
	const {promise: ended, resolve} = Promise.withResolvers<OperationState>();
	context.state.running = {stop: operation.stop, ended, lookNow: null};
	const state = await carryOut(context, plan, operation);
	context.state.running = null;
	resolve(state);
	return state;
}

async function carryOut(
	context: ApplicationContext,
	plan: SyncPlan,
	operation: RunningOperation,
): Promise<OperationState> {
	const {stop} = operation;
	const hooks = new HookRunner({context, report: operation, stop, revision: plan.revision});
	/** What is gone for good: the only entries that the inventory loses. */
	const gone = new Set<ObjectKey>(plan.gone);
	const steps = workingSteps(plan);
	let hasBegun = false;
	let problem: Problem | undefined;
	try {
		refuse(plan, steps);
		forgetGone(context, plan);
		if (steps.length > 0) {
			await ensureNamespace(context, plan);
			await writeAhead(context, plannedEntries(context, plan), {runsHooks: plan.counts.hooks > 0});
		}
		hasBegun = steps.length > 0;
		for (const [index, step] of steps.entries()) {
			operation.beginStep(step, index);
			await runStep(context, step, {operation, hooks, gone});
		}
		if (steps.length > 0) await settleInventory(context, plan, gone, !operation.hasFailures);
		if (!operation.hasFailures && !plan.isSelective) {
			context.state.syncedRevision = plan.revision;
			context.state.syncedAt = context.services.clock();
		}
	} catch (error) {
		problem = toProblem(error);
		context.log.warn({problem}, 'sync failed');
	}
	if (hasBegun && (problem || operation.hasFailures) && !endedCodes.has(problem?.code ?? '')) {
		await runOnFailure(context, plan, operation, hooks);
	}
	await hooks.clearAway();
	if (hasBegun && problem) await settleAfterFailure(context, plan, gone);
	return operation.finish(problem);
}

/** What stands in the way of the whole plan. */
function refuse(plan: SyncPlan, steps: readonly SyncStep[]): void {
	if (plan.deletion.type === 'refused') {
		throw new HoldfastError({code: 'DeletionRefused', message: plan.deletion.reason});
	}
	const hook = plan.blocked.find(({isHook}) => isHook);
	if (!hook || steps.length === 0) return;
	throw new HoldfastError({
		code: 'HookBlocked',
		message: `the hook ${nameOf(hook.ref)} cannot run: ${hook.problem.message}`,
		hint: 'nothing was synced without it',
		object: nameOf(hook.ref),
	});
}

async function runOnFailure(
	context: ApplicationContext,
	plan: SyncPlan,
	operation: RunningOperation,
	hooks: HookRunner,
): Promise<void> {
	try {
		for (const step of plan.onFailure) {
			operation.beginFailureStep(step);
			await hooks.run(step);
		}
	} catch (error) {
		context.log.warn({problem: toProblem(error)}, 'a SyncFail hook failed');
	}
}

async function settleInventory(
	context: ApplicationContext,
	plan: SyncPlan,
	gone: ReadonlySet<ObjectKey>,
	isSynced: boolean,
): Promise<void> {
	await saveInventory(context, record => ({
		...record,
		entries: settledEntries(context, record.entries, gone),
		...(isSynced && !plan.isSelective ? syncedRecord(context, plan) : {}),
	}));
	// Somebody's write in the middle of the sync may have named again what was gone by then.
	trackInventory(context);
}

/** The uids of what was made until then; without them the next sync finds the names at least. */
async function settleAfterFailure(
	context: ApplicationContext,
	plan: SyncPlan,
	gone: ReadonlySet<ObjectKey>,
): Promise<void> {
	if (context.session.cluster.connection.state === 'stale') return;
	try {
		await settleInventory(context, plan, gone, false);
	} catch (error) {
		context.log.warn({problem: toProblem(error)}, 'the inventory could not be brought up to date');
	}
}

/** What is neither in Git nor in the cluster any more; the next write of the inventory leaves it out. */
function forgetGone(context: ApplicationContext, plan: SyncPlan): void {
	for (const key of plan.gone) {
		const tracked = context.state.objects.get(key);
		if (tracked && tracked.desired === null) forget(context, tracked);
	}
}

/** `CreateNamespace=true`: made when it is not there, never changed and never deleted, as Argo CD does. */
async function ensureNamespace(context: ApplicationContext, plan: SyncPlan): Promise<void> {
	const {application, session, state} = context;
	const name = application.destination.namespace;
	const ref = {group: '', version: 'v1', kind: 'Namespace', namespace: '', name};
	if (state.inventory.resourceVersion !== undefined && plan.counts.create + plan.counts.hooks === 0) return;
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
	{application: {source}, services, state}: ApplicationContext,
	plan: SyncPlan,
): Pick<InventoryRecord, 'hooks' | 'syncedRevision' | 'syncedAt'> & Partial<Pick<InventoryRecord, 'source'>> {
	// While deletions wait, the record still names the source that they came from.
	const takesSource = plan.deletion.type === 'none' || plan.deletion.type === 'allowed';
	return {
		hooks: hooksInGit(state),
		syncedRevision: plan.revision,
		syncedAt: services.clock(),
		...(takesSource ? {source: {repoURL: source.repoURL, path: source.path}} : {}),
	};
}

function plannedEntries(context: ApplicationContext, plan: SyncPlan): InventoryEntry[] {
	return plan.steps.flatMap(step =>
		step.items
			.filter(({action, key}) => (action === 'create' || action === 'change') && !isChildKey(context, key))
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
