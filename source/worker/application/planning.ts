import {guardProblem} from '../../engine/guards.ts';
import {type LiveHint, makePlan, type SyncPlan} from '../../engine/plan/make-plan.ts';
import {selectObjects} from '../../engine/plan/select.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import type {ObjectKey, ObjectRef} from '../../model/object.ts';
import {childEntries, childHint, childKnowledge, isChildKey} from './children.ts';
import type {ApplicationContext} from './context.ts';
import {heldProblem, plannedHold} from './held-items.ts';
import {haveHooksChanged} from './hook-record.ts';
import {hasOtherSource} from './inventory-keeper.ts';
import {knowledgeOf} from './knowledge.ts';

export interface PlanOptions {
	/** Whether what left Git may be deleted; absent: as the policy says. */
	readonly prune?: boolean;
	/** Token of an approved deletion list. */
	readonly confirmation?: string;
	/** The application itself goes, with everything it made. */
	readonly isLeaving?: boolean;
	/** Write also what is held. */
	readonly overridesHolds?: boolean;
	/** An automatic sync leaves standing drift to the healer. */
	readonly leavesDrift?: boolean;
	/** Whether the last wave is waited for too; absent: as the policy says. */
	readonly waitsForHealth?: boolean;
	/** Keys of the only objects to be written. */
	readonly only?: ReadonlySet<ObjectKey>;
}

/** Keys of the objects that a person named. Throws ObjectNotFound or ObjectAmbiguous. */
export function selectedKeys({state}: ApplicationContext, names: readonly string[]): ReadonlySet<ObjectKey> {
	const desired = [...state.objects.values()].filter(tracked => tracked.desired !== null);
	const selected = selectObjects(names, desired);
	if ('code' in selected) throw new HoldfastError(selected);
	return selected;
}

/** Plans a sync from what is known; asks the cluster only about objects that might be deleted. */
export async function planSync(context: ApplicationContext, options: PlanOptions): Promise<SyncPlan> {
	const {state, application, services} = context;
	const {isLeaving = false, overridesHolds = false} = options;
	const desired = [
		...[...state.objects.values()].flatMap(tracked => (tracked.desired ? [tracked.desired] : [])),
		...[...state.children.values()].map(child => child.desired),
	];
	const live = await readCandidates(context);
	return makePlan({
		application: application.name,
		revision: state.renderedRevision ?? '',
		desired: isLeaving ? [] : desired,
		blocked: isLeaving ? [] : state.blocked,
		hooks: isLeaving ? [] : state.hooks,
		isLeaving,
		state: key => {
			const tracked = state.objects.get(key);
			if (!tracked && isChildKey(context, key)) return childKnowledge(context, key);
			return tracked ? knowledgeOf(tracked, {leavesDrift: options.leavesDrift ?? false}) : {type: 'unknown'};
		},
		inventory: [...state.inventory.entries, ...childEntries(context)],
		liveOf: key => live.get(key) ?? childHint(context, key),
		applySetId: state.applySetId,
		inventoryNamespace: state.inventory.namespace,
		isPruneAllowed: options.prune ?? application.syncPolicy.automated?.prune ?? false,
		policy: hasOtherSource(context)
			? {...application.syncPolicy, deletionBudget: {count: 0, percent: 0}}
			: application.syncPolicy,
		isRenderComplete: isLeaving || state.isRenderComplete,
		haveHooksChanged: haveHooksChanged(state),
		waitsForHealth: options.waitsForHealth ?? application.syncPolicy.waitForHealth,
		isUnfinished: state.operation?.phase === 'Failed' && state.operation.revision === state.renderedRevision,
		...(options.only ? {only: options.only} : {}),
		holdOn: key => plannedHold(context, state.objects.get(key), overridesHolds),
		guard: ref =>
			guardProblem(application, context.session.cluster, ref) ?? (overridesHolds ? null : heldProblem(context, ref)),
		...(options.confirmation ? {confirmation: options.confirmation} : {}),
		hash: services.hash,
	});
}

/** The live metadata of everything in the inventory that left Git: a deletion rests on what is there now. */
async function readCandidates(context: ApplicationContext): Promise<Map<ObjectKey, LiveHint | 'unknown'>> {
	const live = new Map<ObjectKey, LiveHint | 'unknown'>();
	const {cluster} = context.session;
	await Promise.all(
		[...context.state.objects.values()]
			.filter(tracked => tracked.desired === null)
			.map(async tracked => {
				try {
					// Read at a version that is served: the one in the inventory may be history.
					const version = (await cluster.kind(tracked.ref.group, tracked.ref.kind))?.version ?? tracked.ref.version;
					const object = await cluster.get({...tracked.ref, version}, 'metadata');
					if (object) live.set(tracked.key, {...object.metadata, uid: object.metadata.uid ?? ''});
					else tracked.presence = 'missing';
				} catch (error) {
					if (toProblem(error).code === 'KindNotServed' && (await isKindGone(context, tracked.ref)))
						tracked.presence = 'missing';
					else live.set(tracked.key, 'unknown');
				}
			}),
	);
	return live;
}

/** A kind that no version serves has no objects left, unless its API server is only away. */
async function isKindGone({session}: ApplicationContext, ref: ObjectRef): Promise<boolean> {
	const kind = await session.cluster.kind(ref.group, ref.kind);
	return kind === null && !session.cluster.staleGroups().includes(ref.group);
}
