import {inventoryName} from '../../engine/inventory/record.ts';
import type {SyncPlan} from '../../engine/plan/types.ts';
import type {Problem} from '../../model/errors.ts';
import {printScope} from '../../model/hold.ts';
import {keyOf, type ObjectKey} from '../../model/object.ts';
import type {ObjectResult, OperationState} from '../../model/status.ts';
import {type ApplicationContext, setCondition} from './context.ts';
import {hasHookRun, noteHookRun, runDeletionHooks} from './deletion-hooks.ts';
import {currentHolds} from './holds.ts';
import {emptyInventory, saveInventory, trackInventory} from './inventory-keeper.ts';
import {watchKinds} from './knowledge.ts';
import {type PlanOptions, planSync} from './planning.ts';
import {refreshSource} from './source.ts';
import {runPlan} from './sync-operation.ts';

/** Why an object may stay behind for good when its application goes: it, or somebody else, says so. */
const lastingReasons: ReadonlySet<string> = new Set([
	'PruneDisabled',
	'UidDiffers',
	'LabelGone',
	'SystemNamespace',
	'StillInUse',
	'SameObject',
]);

const deletionPhases = ['PreDelete', 'PostDelete'] as const;

/** How far an application came with leaving. */
export interface LeaveOutcome {
	readonly plan: SyncPlan;
	readonly operation: OperationState;
	/** What it waits for; null: it is gone. */
	readonly obstacle: Problem | null;
}

/** `overridesHolds`: a person said to delete also what is held. */
export type LeaveOptions = Pick<PlanOptions, 'confirmation' | 'overridesHolds'> & {
	/** A person, who was told that its hooks cannot be known, lets it go without them. */
	readonly withoutHooks?: boolean;
};

/** One try to delete everything that the application made, with the hooks before and after it, and its inventory at last. */
export async function leaveOnce(context: ApplicationContext, options: LeaveOptions): Promise<LeaveOutcome> {
	const {application} = context;
	await beginLeaving(context);
	await watchKinds(context);
	const plan = await planSync(context, {...options, prune: true, isLeaving: true, overridesHolds: true});
	const isBlocked = plan.deletion.type === 'needs-confirmation';
	let refused = await learnHooks(context, options);
	if (!isBlocked) refused ??= heldProblem(context, options) ?? (await preDelete(context));
	const operation = await runPlan(context, refused ? {...plan, steps: []} : plan, {
		initiatedBy: 'automated',
		attempt: 1,
		overridesHolds: options.overridesHolds ?? false,
	});
	const held = context.state.heldBack.size > 0 ? heldProblem(context, options) : null;
	let obstacle = refused ?? held ?? whatIsLeft(context, plan, operation);
	obstacle ??= hookProblem(application.name, await runDeletionHooks(context, 'PostDelete'));
	setCondition(context, 'Leaving', [
		obstacle ?? {code: 'Leaving', message: `${application.name} left Git and is gone`},
	]);
	if (!obstacle) await removeInventory(context);
	return {plan, operation, obstacle};
}

/** A commit may let an application go, but not from under the hands of whoever holds it or a part of it. */
function heldProblem(context: ApplicationContext, {overridesHolds}: LeaveOptions): Problem | null {
	const [hold] = currentHolds(context);
	if (!hold || overridesHolds) return null;
	const {name} = context.application;
	const end = hold.until === null ? '' : ` until ${new Date(hold.until).toISOString()}`;
	return {
		code: 'Held',
		message: `${name} left Git, and stays while ${printScope(hold.scope)} is held by ${hold.owner}${end}`,
		hint: `holdfast resume ${name}, or holdfast sync ${name} --override-hold`,
	};
}

/** Once: a try that has to be repeated does not run them again. */
async function preDelete(context: ApplicationContext): Promise<Problem | null> {
	const problem = hookProblem(context.application.name, await runDeletionHooks(context, 'PreDelete'));
	if (!problem) await noteHookRun(context, 'PreDelete');
	return problem;
}

/** After a start Git is asked which hooks there are: nothing goes without them unless a person, who was told, says so. */
async function learnHooks(context: ApplicationContext, {withoutHooks}: LeaveOptions): Promise<Problem | null> {
	const {state, application} = context;
	if (state.renderKey !== '' || deletionPhases.every(phase => hasHookRun(context, phase))) return null;
	const wasTold = [...state.conditions.values()].some(({problem}) => problem.code === 'HooksUnknown');
	const outcome = await refreshSource(context);
	if (outcome.type !== 'failed') return null;
	if (withoutHooks && wasTold) {
		for (const phase of deletionPhases) await noteHookRun(context, phase);
		return null;
	}
	const why = outcome.problems[0]?.message ?? 'its source cannot be read';
	return {
		code: 'HooksUnknown',
		message: `${application.name} is not gone yet: which hooks run before and after it goes is not known: ${why}`,
		hint: `mend its source; or holdfast sync ${application.name}, then it goes without hooks`,
	};
}

/** A hook that was not waited for to its end did not succeed either. */
function hookProblem(name: string, results: readonly ObjectResult[]): Problem | null {
	const failed = results.find(({result}) => result !== 'Succeeded');
	if (!failed) return null;
	const message = `${name} is not gone yet: ${failed.object}: ${failed.message ?? 'it failed'}`;
	return {code: 'DeletionHookFailed', message, hint: `Mend it, then holdfast sync ${name}`};
}

/** From now on Git wants nothing of what the application made, also after a restart. */
async function beginLeaving(context: ApplicationContext): Promise<void> {
	const {state} = context;
	if (state.inventory.leaving === null) {
		await saveInventory(context, record => ({...record, leaving: record.leaving ?? {hooksRun: []}}));
	}
	if (state.leaving === 'going-on') return;
	state.leaving = 'going-on';
	state.children = new Map();
	for (const tracked of state.objects.values()) {
		tracked.desired = null;
		tracked.drift = null;
	}
	state.blocked = [];
	trackInventory(context);
}

/** Whether it is to be deleted, or waits for that. */
export function isToLeave({state, services, application}: ApplicationContext): boolean {
	return state.leaving !== 'no' || services.children.originOf(application.name)?.isWithdrawn === true;
}

/**
 * Whether it began to leave before this worker started, and whoever made it leave did not say so again; then it says for
 * whom it waits.
 */
export function waitsForParent(context: ApplicationContext): boolean {
	const {name} = context.application;
	const origin = context.services.children.originOf(name);
	if (context.state.leaving !== 'remembered' || origin?.isWithdrawn) return false;
	const parent = origin?.parent.name ?? 'its parent';
	const message = `${name} is leaving, and goes on when ${parent} is synced to a commit that does not declare it`;
	setCondition(context, 'Leaving', [{code: 'Leaving', message, hint: `holdfast sync ${name} goes on now`}]);
	return true;
}

/** What keeps the application from being gone; null: nothing is left but what stays on purpose. */
function whatIsLeft(
	{state, application}: ApplicationContext,
	plan: SyncPlan,
	operation: OperationState,
): Problem | null {
	const {name} = application;
	if (plan.deletion.type === 'needs-confirmation') {
		return {
			code: 'DeletionNeedsConfirmation',
			message: `${name} left Git, and what it made waits for a word: ${plan.deletion.reason}`,
			hint: `holdfast sync ${name} --confirm-deletions ${plan.deletion.token}`,
		};
	}
	if (operation.phase === 'Failed')
		return {code: 'LeavingFailed', message: `${name} is not gone yet: ${operation.message}`};
	const settled = new Set<ObjectKey>([
		...plan.gone,
		...plan.kept.filter(({problem}) => isLasting(problem.code)).map(({ref}) => keyOf(ref)),
	]);
	const left = state.inventory.entries.filter(({ref}) => !settled.has(keyOf(ref)));
	if (left.length === 0) return null;
	return {
		code: 'StillTerminating',
		message: `${name} is not gone yet: ${left.length} of its objects are being deleted`,
	};
}

/** The inventory goes last, bound to its uid: with it goes the knowledge of what was ours. */
async function removeInventory({session, application, state}: ApplicationContext): Promise<void> {
	const {uid} = state.inventory;
	if (uid === undefined) return;
	const {namespace} = application.destination;
	const ref = {group: '', version: 'v1', kind: 'ConfigMap', namespace, name: inventoryName(application.name)};
	await session.cluster.remove(ref, {uid, propagation: 'background'});
	state.inventory = emptyInventory(application, state);
}

function isLasting(code: string): boolean {
	return lastingReasons.has(code) || code.startsWith('Owned');
}
