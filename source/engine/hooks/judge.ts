import {groupKindOf, type KubernetesObject, type ObjectRef, refOf} from '../../model/object.ts';
import {valueAt} from '../desired/tree.ts';
import type {HookDeletePolicy, HookOptions} from '../desired/types.ts';
import {assessHealth, type HealthContext, hasHealth} from '../health/assess.ts';

export type HookState =
	| {readonly type: 'running'; readonly message: string}
	| {readonly type: 'succeeded'}
	| {readonly type: 'failed'; readonly message: string};

/**
 * How far a hook is, by its health: what has none is done as soon as it is there, Degraded is failed, everything else is
 * still on its way (Argo CD takes Unknown for failed; here it is what nobody has reported on yet).
 */
export function judgeHook(live: KubernetesObject, times: HealthContext): HookState {
	const ref = refOf(live);
	if (!hasHealth(ref.group, ref.kind)) return {type: 'succeeded'};
	const {status, message} = assessHealth(live, times);
	if (status === 'Healthy') return {type: 'succeeded'};
	if (status === 'Degraded') return {type: 'failed', message: message ?? 'it failed'};
	return {type: 'running', message: message ?? status};
}

/** Kinds that do their work once: an object of an earlier sync tells of that sync only. */
const runOnceKinds: ReadonlySet<string> = new Set([
	'Job.batch',
	'Pod',
	'Workflow.argoproj.io',
	'PipelineRun.tekton.dev',
	'TaskRun.tekton.dev',
]);

export function runsOnce(ref: Pick<ObjectRef, 'group' | 'kind'>): boolean {
	return runOnceKinds.has(groupKindOf(ref));
}

/**
 * What becomes of a hook's object that an earlier sync left. `delete`: its policy wants it gone before, or wanted it gone
 * then. `apply`: it is written again. `keep`: somebody wanted to keep it, and what it says is not about this sync.
 */
export function judgeLeftOver(
	live: KubernetesObject,
	{deletePolicies}: HookOptions,
	times: HealthContext,
): 'delete' | 'apply' | 'keep' {
	if (deletePolicies.includes('BeforeHookCreation')) return 'delete';
	if (!runsOnce(refOf(live))) return 'apply';
	return isDeletedAfter(judgeHook(live, times), deletePolicies) ? 'delete' : 'keep';
}

/** Whether a hook is deleted once it has ended this way. */
export function isDeletedAfter({type}: HookState, policies: readonly HookDeletePolicy[]): boolean {
	if (type === 'running') return false;
	return policies.includes(type === 'succeeded' ? 'HookSucceeded' : 'HookFailed');
}

const defaultLimitMilliseconds = 5 * 60_000;
/** Between a Job's own deadline and its condition that says so. */
const reportMilliseconds = 30_000;

/** How long a hook is waited for, in milliseconds: five minutes, or what a Job gives itself. */
export function hookTimeLimit(body: KubernetesObject): number {
	const seconds = valueAt(body, ['spec', 'activeDeadlineSeconds']);
	if (typeof seconds !== 'number' || !(seconds > 0)) return defaultLimitMilliseconds;
	return Math.min(seconds * 1_000 + reportMilliseconds, 2 ** 31 - 1);
}

/** Whether an object that is gone may have ended well and been cleared away: it names a time to live. */
export function clearsItselfAway(body: KubernetesObject): boolean {
	return valueAt(body, ['spec', 'ttlSecondsAfterFinished']) !== undefined;
}
