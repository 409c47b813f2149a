import {formatProblem} from './errors.ts';
import {nameOf, type ObjectRef} from './object.ts';
import type {BlockedObject, Plan, PlanItem, PlanPhase} from './plan.ts';

/** Whether a sync of this plan would write or run anything. */
export function isEmptyPlan({counts}: Plan): boolean {
	return counts.create + counts.change + counts.delete + counts.hooks === 0;
}

/** `Deployment/web`; the namespace is named where it is not the application's own. */
export function objectName(ref: ObjectRef, application: {readonly namespace: string}): string {
	const isElsewhere = ref.namespace !== '' && ref.namespace !== application.namespace;
	return isElsewhere ? `${ref.kind}/${ref.namespace}/${ref.name}` : nameOf(ref);
}

/** `ConfigMap/web: it is owned by another application`. */
export function describeBlocked({ref, problem}: BlockedObject, application: {readonly namespace: string}): string {
	return `${objectName(ref, application)}: ${formatProblem({...problem, object: undefined})}`;
}

/** Objects that stay although Git does not have them any more; those that only wait for a word are in the verdict. */
export function keptObjects({kept}: Plan): BlockedObject[] {
	return kept.filter(({problem}) => problem.code !== 'DeletionNeedsConfirmation');
}

/** Every field that a plan takes over, and from whom. */
export function takeOversOf(plan: Plan): {item: PlanItem; path: string; manager: string}[] {
	return plan.steps.flatMap(step =>
		step.items.flatMap(item => (item.takeOver ?? []).map(({path, manager}) => ({item, path, manager}))),
	);
}

export function hooksOf(plan: Plan): {ref: ObjectRef; phase: PlanPhase}[] {
	return plan.steps.flatMap(({phase, items}) =>
		items.filter(({action}) => action === 'hook').map(({ref}) => ({ref, phase})),
	);
}

/** When a hook runs, for a person. */
export const hookMoments: Readonly<Record<PlanPhase, string>> = {
	PreSync: 'PreSync: before everything',
	Sync: 'Sync',
	PostSync: 'PostSync: when all is healthy',
	SyncFail: 'SyncFail: only if the sync fails',
	PreDelete: 'PreDelete: before deletions',
	Delete: 'Delete',
	PostDelete: 'PostDelete: after deletions',
};
