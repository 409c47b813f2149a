import {shortRevision} from '../../../model/ages.ts';
import type {LoggedCommit} from '../../../model/commit.ts';
import type {Evidence, Finding, FindingCode, NextAction} from './types.ts';

const revert: (evidence: Evidence) => NextAction | null = ({application, commits}) => {
	const live = commits.find(({id}) => id === application.syncedRevision);
	// Taking back a commit that is not known, or is a first one, cannot be offered honestly.
	if (!live || live.parents.length === 0) return null;
	return {command: 'revert', text: `revert ${shortRevision(live.id)}${countsOf(live)}`};
};
/** Goes where the line itself leads. */
const follow =
	(text: string) =>
	(_evidence: Evidence, {jump}: Finding): NextAction | null =>
		jump && {command: 'open', text, jump};
const always = (command: string, text: string) => (): NextAction => ({command, text});

/** What helps with each kind of trouble, the best first. */
const remedies: Partial<Record<FindingCode, readonly ((evidence: Evidence, finding: Finding) => NextAction | null)[]>> =
	{
		WorkerLost: [always('retry-worker', 'try to reach the worker now')],
		ClusterUnreachable: [
			always('holdfast doctor', 'check kubeconfig, network and rights in another terminal'),
			always('refresh', 'ask again now'),
		],
		SourceError: [always('refresh', 'pull again now'), always('holdfast doctor', 'check access to the repository')],
		RenderError: [
			always('focus-commits', 'see which commit broke it'),
			always('refresh', 'pull again once it is fixed'),
		],
		ComparisonError: [always('worker-log', 'see what the worker says'), always('refresh', 'compare again now')],
		GuardViolation: [always('worker-log', 'see what was refused')],
		OwnedByOther: [follow('see who owns which field of it')],
		DeletionBlocked: [always('sync', 'look at the list of deletions, and approve it')],
		AwaitingConfirmation: [always('sync', 'look at the list of deletions, and approve it')],
		SyncFailed: [
			always('sync', 'sync again after looking at the plan'),
			revert,
			always('worker-log', 'see what the worker says'),
		],
		ImagePull: [revert, always('hold', 'hold it while you look'), always('events', 'see the Kubernetes Events')],
		CrashLoop: [revert, always('events', 'see the Kubernetes Events'), always('hold', 'hold it while you look')],
		PodTrouble: [always('events', 'see the Kubernetes Events'), revert],
		ObjectTrouble: [always('events', 'see the Kubernetes Events'), revert],
		ObjectMissing: [always('sync', 'sync to create it')],
		Contested: [
			always('focus-drift', 'see who takes it back every time'),
			always('hold', 'hold the field'),
			always('adopt', 'make the live value a commit'),
		],
		Drift: [
			always('sync', 'sync to put it back'),
			always('adopt', 'make the live value a commit'),
			always('diff', 'see the difference'),
		],
		Held: [always('hold', 'resume it'), always('diff', 'see what waits')],
		SyncWindow: [always('sync', 'sync by hand, where the window lets people')],
		DependencyNotReady: [follow('go to what it waits for')],
		NotAutomated: [always('sync', 'look at the plan, and sync'), always('diff', 'see the difference')],
		WorkerObserves: [always('sync', 'look at the plan, and sync')],
		Pending: [always('diff', 'see the difference'), always('sync', 'sync now')],
		ToPrune: [always('sync', 'sync with prune')],
		Progressing: [always('events', 'see the Kubernetes Events')],
	};

const maximumActions = 4;

/** What to do next, for the worst trouble first; each command once. */
export function nextActions(findings: readonly Finding[], evidence: Evidence): NextAction[] {
	const actions = new Map<string, NextAction>();
	for (const finding of findings) {
		for (const remedy of remedies[finding.code] ?? []) {
			const action = remedy(evidence, finding);
			if (action && !actions.has(action.command)) actions.set(action.command, action);
		}
	}
	return [...actions.values()].slice(0, maximumActions);
}

function countsOf({objects}: LoggedCommit): string {
	if (!objects) return '';
	const count = objects.created + objects.changed + objects.deleted;
	const deleted = objects.created === 0 ? 'nothing deleted' : `${objects.created} deleted`;
	return ` (${count} object${count === 1 ? '' : 's'}, ${deleted})`;
}
