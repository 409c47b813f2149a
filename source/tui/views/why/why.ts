import {isSyncedAndHealthy} from '../../../model/standing.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import {describeSince} from '../../present/since.ts';
import {nextActions} from './actions.ts';
import {conditionFindings} from './conditions.ts';
import {historyFindings} from './history.ts';
import {driftFindings, objectFindings} from './objects.ts';
import {standingFindings} from './standing.ts';
import {type Evidence, type Finding, findingCodes, type Why} from './types.ts';

const rankOf = new Map(findingCodes.map((code, index) => [code, index]));

/**
 * Why an application is as it is: what is wrong, the worst first, each a sentence that rests on something that can be
 * looked at; then the commit, what was before, whether healing is on; then what to do. Says only what it was given.
 */
export function why(evidence: Evidence): Why {
	const {application} = evidence;
	const troubles = [
		...standingFindings(evidence),
		...conditionFindings(evidence),
		...objectFindings(evidence),
		...driftFindings(evidence),
	];
	// Nothing found is not the same as nothing wrong.
	const isWell = troubles.length === 0 && isSyncedAndHealthy(application);
	const all: Finding[] = [...(isWell ? [allWell(application)] : troubles), ...historyFindings(evidence)];
	const findings = all
		.map((finding, index) => ({finding, index}))
		.sort(worstFirst)
		.map(({finding}) => finding);
	return {title: titleOf(application, isWell, evidence.now), findings, actions: nextActions(findings, evidence)};
}

function worstFirst(one: {finding: Finding; index: number}, other: {finding: Finding; index: number}): number {
	return (rankOf.get(one.finding.code) ?? 0) - (rankOf.get(other.finding.code) ?? 0) || one.index - other.index;
}

function allWell({counts, name}: ApplicationStatus): Finding {
	const objects = counts.objects === 1 ? 'its one object is' : `all ${counts.objects} objects are`;
	return {code: 'AllWell', text: `${objects} as Git says, and healthy`, jump: {type: 'sync', application: name}};
}

/** `Why is checkout Degraded since 11:02?`: the word that is worst. */
function titleOf(
	{name, syncStatus, health, syncSince, healthSince}: ApplicationStatus,
	isWell: boolean,
	now: number,
): string {
	const isIll = health.status !== 'Healthy' && health.status !== 'Suspended';
	const state = isIll
		? `${health.status}${describeSince(healthSince, now)}`
		: `${syncStatus}${describeSince(syncSince, now)}`;
	return isWell ? `${safeText(name)} is Synced and Healthy` : `Why is ${safeText(name)} ${state}?`;
}
