import {shortRevision} from '../../../model/ages.ts';
import {type Followed, hasCommit, judgeCommit, type PushedCommit} from '../../../model/followed.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import type {Follow, FollowStep, StepState} from '../follow-store.ts';

export interface PushedAct {
	/** `reverted 9f3c1a2`. */
	readonly done: string;
	readonly title: string;
	readonly pushed: PushedCommit;
}

const outcomeStates: Readonly<Record<Followed['outcome'], StepState>> = {
	healthy: 'done',
	failed: 'failed',
	'waits-for-person': 'left',
	'not-automated': 'left',
	held: 'left',
	'nobody-syncs': 'left',
	'not-in-time': 'failed',
};

/**
 * How far a pushed commit has come in one application: `reverted, pushed 5be1f0c, pulled, syncing 1/2, healthy`, each of
 * them a fact that the worker has told.
 */
export function stationsOf(
	name: string,
	application: ApplicationStatus | undefined,
	{done, title, pushed}: PushedAct,
): Follow {
	const followed = judgeCommit(name, application, pushed);
	const isPulled = application === undefined || hasCommit(application, pushed);
	const isSynced = application === undefined || (isPulled && application.syncedRevision === application.revision);
	const {operation} = application ?? {operation: null};
	const isSyncing = operation?.phase === 'Running' && isPulled;
	const stopped = followed && followed.outcome !== 'healthy' ? outcomeStates[followed.outcome] : null;
	const syncText = isSyncing ? `syncing ${operation.done}/${operation.total}` : isSynced ? 'synced' : 'sync';
	const steps: FollowStep[] = [
		{text: done, state: 'done'},
		{text: `pushed ${shortRevision(pushed.commit)}`, state: 'done'},
		{text: isPulled ? 'pulled' : 'pull', state: isPulled ? 'done' : 'running'},
		{
			text: syncText,
			state: isSynced ? 'done' : (stopped ?? (isSyncing ? 'running' : isPulled ? 'running' : 'waiting')),
		},
		healthStep(followed, application, isSynced && isPulled),
	];
	return {
		application: name,
		title,
		steps,
		message: followed?.message ?? '',
		isOver: followed !== null,
	};
}

function healthStep(
	followed: Followed | null,
	application: ApplicationStatus | undefined,
	isSynced: boolean,
): FollowStep {
	if (followed?.outcome === 'healthy') return {text: 'healthy', state: 'done'};
	if (!isSynced) return {text: 'healthy', state: 'waiting'};
	const isIll = application?.health.status === 'Degraded';
	return {text: isIll ? 'Degraded' : (application?.health.status ?? 'healthy'), state: isIll ? 'failed' : 'running'};
}
