import type {DriftAction, FieldChange} from '../../model/drift.ts';
import type {FieldDecision} from './field-decision.ts';

/** Why this is done, in words for a person: who, what stands in the way, and when it goes on. */
export function reasonFor(
	action: DriftAction,
	decisions: readonly FieldDecision[],
	{now, isHealingAllowed}: {now: number; isHealingAllowed: boolean},
): string {
	if (action === 'held') return heldReason(decisions);
	if (!isHealingAllowed) return 'healing is off';
	const left = new Set(decisions.filter(decision => decision.mode !== 'heal').map(decision => decision.mode));
	switch (action) {
		case 'contested':
			return contestedReason(decisions, now);
		case 'backing-off':
			return `changed again after it was healed, ${nextTry(decisions, now)}`;
		case 'asked':
			return 'mode is ask';
		case 'reported':
			return decisions.every(decision => decision.field.class === 'foreign-addition')
				? 'added by others, and foreignAdditions is observe'
				: 'mode is observe';
		default:
			return left.size > 0 ? `mode is heal, and ${[...left].join(' or ')} for some of the fields` : 'mode is heal';
	}
}

function heldReason(decisions: readonly FieldDecision[]): string {
	const hold = decisions.find(decision => decision.hold)?.hold;
	if (!hold) return 'held';
	const until = hold.until === null ? 'until somebody resumes it' : `until ${new Date(hold.until).toISOString()}`;
	return `held by ${hold.owner} ${until}${hold.reason ? `: ${hold.reason}` : ''}`;
}

function contestedReason(decisions: readonly FieldDecision[], now: number): string {
	const contested = decisions.filter(decision => decision.isContested);
	const parties = [...new Set(contested.map(({field}) => field.actor ?? field.manager))];
	const advice = contested.some(({field}) => isAutoscaled(field)) ? '; take replicas out of Git, or ignore it' : '';
	return `contested with ${parties.join(', ')}, ${nextTry(decisions, now)}${advice}`;
}

function isAutoscaled(field: FieldChange): boolean {
	return field.actor?.startsWith('HorizontalPodAutoscaler') ?? false;
}

function nextTry(decisions: readonly FieldDecision[], now: number): string {
	const waits = decisions.flatMap(decision => (decision.mode === 'heal' ? (decision.waitsUntil ?? []) : []));
	return waits.length > 0 ? `next try in ${printDelay(Math.min(...waits) - now)}` : 'healed once more now';
}

function printDelay(milliseconds: number): string {
	const seconds = Math.max(1, Math.ceil(milliseconds / 1000));
	if (seconds < 60) return `${seconds} s`;
	const rest = seconds % 60;
	return rest === 0 ? `${seconds / 60} min` : `${Math.floor(seconds / 60)} min ${rest} s`;
}
