import {inventoryName} from '../../engine/inventory/record.ts';
import type {SyncPlan} from '../../engine/plan/types.ts';
import type {Problem} from '../../model/errors.ts';
import {keyOf, type ObjectKey} from '../../model/object.ts';
import type {OperationState} from '../../model/status.ts';
import type {ApplicationContext} from './context.ts';
import {trackInventory} from './inventory-keeper.ts';

/** Why an object may stay behind for good when its application goes: it, or somebody else, says so. */
const lastingReasons: ReadonlySet<string> = new Set([
	'PruneDisabled',
	'UidDiffers',
	'LabelGone',
	'SystemNamespace',
	'StillInUse',
	'SameObject',
]);

/** From now on Git wants nothing of what the application made. */
export function beginLeaving(context: ApplicationContext): void {
	const {state} = context;
	if (state.isLeaving) return;
	state.isLeaving = true;
	state.children = new Map();
	for (const tracked of state.objects.values()) {
		tracked.desired = null;
		tracked.drift = null;
	}
	state.blocked = [];
	trackInventory(context);
}

/** What keeps the application from being gone; null: nothing is left but what stays on purpose. */
export function whatIsLeft(
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
export async function removeInventory({session, application, state}: ApplicationContext): Promise<void> {
	const {uid} = state.inventory;
	if (uid === undefined) return;
	const {namespace} = application.destination;
	const ref = {group: '', version: 'v1', kind: 'ConfigMap', namespace, name: inventoryName(application.name)};
	await session.cluster.remove(ref, {uid, propagation: 'background'});
}

function isLasting(code: string): boolean {
	return lastingReasons.has(code) || code.startsWith('Owned');
}
