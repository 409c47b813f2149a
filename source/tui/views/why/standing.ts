import {shortRevision} from '../../../model/ages.ts';
import {printScope} from '../../../model/hold.ts';
import {describeHold} from '../../../model/hold-text.ts';
import {safeText} from '../../../model/text.ts';
import {formatAge, formatLeft} from '../../store/ages.ts';
import type {Evidence, Finding} from './types.ts';

/** What is lost, what runs, failed or waits, who holds it, and what would have to happen by hand. */
export function standingFindings(evidence: Evidence): Finding[] {
	return [
		...linkFindings(evidence),
		...operationFindings(evidence),
		...holdFindings(evidence),
		...waitingFindings(evidence),
	];
}

function linkFindings({link, now}: Evidence): Finding[] {
	if (link.type !== 'lost') return [];
	const text = `the worker has not answered for ${formatAge(now - link.since)} (${safeText(link.problem.message)}): what follows is that old`;
	return [{code: 'WorkerLost', text, jump: null}];
}

function operationFindings({application, now}: Evidence): Finding[] {
	const {operation, syncStatus, name} = application;
	if (!operation) return [];
	const jump = {type: 'sync', application: name} as const;
	if (operation.phase === 'Running') {
		const text = `a sync by ${safeText(operation.initiatedBy)} is running: ${operation.done} of ${operation.total} objects, step ${operation.step + 1} of ${operation.steps}`;
		return [{code: 'Syncing', text, jump}];
	}
	if (syncStatus === 'Synced') return [];
	if (operation.phase === 'AwaitingConfirmation') {
		const deletions = operation.confirmation?.deletions ?? [];
		const named = deletions.slice(0, 3).map(safeText).join(', ');
		const list =
			deletions.length > 0
				? `: it would delete ${deletions.length} (${named}${deletions.length > 3 ? ', …' : ''})`
				: `: ${safeText(operation.message)}`;
		return [{code: 'AwaitingConfirmation', text: `the sync waits for a person${list}`, jump}];
	}
	if (operation.phase !== 'Failed') return [];
	const failed = operation.results.find(({result}) => result === 'Failed');
	const first = failed
		? `${safeText(failed.object)}${failed.message ? `: ${safeText(failed.message)}` : ''}`
		: safeText(operation.message);
	const retry =
		operation.retryAt === undefined
			? 'it is not tried again by itself'
			: `next try in ${formatLeft(operation.retryAt - now)}`;
	return [
		{code: 'SyncFailed', text: `the sync to ${shortRevision(operation.revision)} failed: ${first}; ${retry}`, jump},
	];
}

function holdFindings({application, now}: Evidence): Finding[] {
	return application.holds.slice(0, 3).map(hold => {
		const syncs = hold.includesSync ? '; new commits are not synced either' : '';
		return {
			code: 'Held' as const,
			text: `${safeText(printScope(hold.scope))} is ${describeHold(hold, now)}${syncs}`,
			jump: {type: 'application' as const, name: application.name},
		};
	});
}

function waitingFindings({application, worker}: Evidence): Finding[] {
	const {syncStatus, isAutomated, counts, revision, syncedRevision, name, conditions, health} = application;
	const findings: Finding[] = [];
	const diff = {type: 'diff', application: name} as const;
	if (syncStatus === 'OutOfSync') {
		const differing = counts.outOfSync > 0 ? `${counts.outOfSync} of ${counts.objects} objects differ from Git` : '';
		if (worker?.mode === 'observe') {
			findings.push({
				code: 'WorkerObserves',
				text: `the worker only observes: nothing is synced or healed by itself`,
				jump: null,
			});
		}
		if (!isAutomated && differing) {
			findings.push({code: 'NotAutomated', text: `${differing}, and only a person syncs this application`, jump: diff});
		} else if (differing && revision === syncedRevision) {
			findings.push({code: 'Pending', text: `${differing}, at the commit that is live`, jump: diff});
		} else if (differing && revision !== syncedRevision) {
			findings.push({
				code: 'Pending',
				text: `${shortRevision(revision)} is in Git, ${shortRevision(syncedRevision)} is live: ${differing}`,
				jump: diff,
			});
		}
		if (counts.toPrune > 0) {
			const objects = `${counts.toPrune} object${counts.toPrune === 1 ? ' is' : 's are'}`;
			findings.push({code: 'ToPrune', text: `${objects} no longer in Git and still in the cluster`, jump: diff});
		}
	}
	if (syncStatus === 'Unknown' && conditions.length === 0) {
		findings.push({code: 'ComparisonError', text: 'it has not been compared with the cluster yet', jump: null});
	}
	if (health.status === 'Suspended') {
		const why = health.message ? `: ${safeText(health.message)}` : '';
		findings.push({
			code: 'Suspended',
			text: `a part of it is suspended${why}`,
			jump: {type: 'sync', application: name},
		});
	}
	if (health.status === 'Progressing') {
		const why = health.message ? `: ${safeText(health.message)}` : '';
		findings.push({code: 'Progressing', text: `a rollout is under way${why}`, jump: {type: 'sync', application: name}});
	}
	return findings;
}
