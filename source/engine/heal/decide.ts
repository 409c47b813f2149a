import type {DriftPolicy} from '../../model/application.ts';
import type {DriftAction, FieldChange} from '../../model/drift.ts';
import type {Hold} from '../../model/hold.ts';
import {keyOf, type ObjectRef} from '../../model/object.ts';
import {holdOn} from '../hold/coverage.ts';
import type {FieldDecision} from './field-decision.ts';
import {backOffUntil, type FlipHistory, flipsOf, isFight} from './flip-history.ts';
import {modeOf} from './modes.ts';
import {reasonFor} from './reason.ts';

export interface HealInput {
	readonly ref: ObjectRef;
	readonly fields: readonly FieldChange[];
	readonly policy: DriftPolicy;
	/** What was put back before; the drift at hand is not in it yet. */
	readonly history: FlipHistory;
	/** Epoch milliseconds. */
	readonly now: number;
	/** false: this worker only watches, or the application may not heal itself. */
	readonly isHealingAllowed: boolean;
	/** In force now; absent: none. */
	readonly holds?: readonly Hold[];
}

export interface HealDecision {
	/**
	 * `healing`: something is put back now. `contested`: all that could be is fought over; `healPaths` may still hold
	 * some, when their back-off is over. `backing-off`: all that could be has to wait. `held`: all that could be is held.
	 * `asked`: a person decides. `reported`: nothing is to be done.
	 */
	readonly action: DriftAction;
	/** Put back now, additions to remove among them. Printed paths; empty text is the object itself. */
	readonly healPaths: readonly string[];
	/** Drifted, and not to be written by this heal: give them to healBody. */
	readonly leavePaths: readonly string[];
	/** Fought over, whether put back now or later. */
	readonly contestedPaths: readonly string[];
	/** Epoch milliseconds when what has to wait may be put back; absent when nothing waits. */
	readonly notBefore?: number;
	/** For a person. */
	readonly reason: string;
}

/**
 * What to do about a drift, path by path: at once the first time; a path that keeps flipping waits longer each time (1 s,
 * 5 s, 30 s, 2 min, 5 min, never for ever) and from the third flip within ten minutes is contested.
 */
export function decideHeal(input: HealInput): HealDecision {
	const {ref, fields, policy, history, now, isHealingAllowed, holds = []} = input;
	const key = keyOf(ref);
	const decisions = fields.map((field): FieldDecision => {
		const flips = flipsOf(history, key, field.path, now);
		const until = backOffUntil(flips);
		return {
			field,
			mode: modeOf(policy, ref, field),
			isContested: isFight(flips, now),
			hold: holdOn(holds, ref, field),
			...(until !== undefined && until > now ? {waitsUntil: until} : {}),
		};
	});
	const healable = isHealingAllowed ? decisions.filter(({mode, hold}) => mode === 'heal' && !hold) : [];
	const due = healable.filter(decision => decision.waitsUntil === undefined);
	const waits = healable.flatMap(decision => decision.waitsUntil ?? []);
	const contested = healable.filter(decision => decision.isContested);
	const action = actionOf(decisions, {healable, due, isHealingAllowed});
	return {
		action,
		healPaths: due.map(decision => decision.field.path),
		leavePaths: decisions
			.filter(decision => !due.includes(decision) && decision.field.path !== '' && !isAddition(decision.field))
			.map(decision => decision.field.path),
		contestedPaths: contested.map(decision => decision.field.path),
		...(waits.length > 0 ? {notBefore: Math.min(...waits)} : {}),
		reason: reasonFor(action, decisions, {now, isHealingAllowed}),
	};
}

function actionOf(
	decisions: readonly FieldDecision[],
	{
		healable,
		due,
		isHealingAllowed,
	}: {healable: readonly FieldDecision[]; due: readonly FieldDecision[]; isHealingAllowed: boolean},
): DriftAction {
	if (due.some(decision => !decision.isContested)) return 'healing';
	if (healable.some(decision => decision.isContested)) return 'contested';
	if (healable.length > 0) return 'backing-off';
	if (decisions.some(({mode, hold}) => hold && mode !== 'observe')) return 'held';
	const isAsked = isHealingAllowed && decisions.some(decision => decision.mode === 'ask');
	return isAsked ? 'asked' : 'reported';
}

/** Server-side apply does not touch what others added; there is nothing to leave out of the body. */
function isAddition(field: FieldChange): boolean {
	return field.class === 'foreign-addition';
}
