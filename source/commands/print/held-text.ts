import {formatChange, formatManager} from '../../model/change-text.ts';
import {formatProblem, type Problem} from '../../model/errors.ts';
import {putBackAfter} from '../../model/held-drift.ts';
import {printScope} from '../../model/hold.ts';
import {describeHold} from '../../model/hold-text.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {Session} from '../session/connect.ts';
import type {Surface} from '../terminal/surface.ts';
import type {OwnedHold} from './hold-text.ts';

interface Options {
	readonly surface: Surface;
	/** Epoch milliseconds. */
	readonly now: number;
}

/** A hold that was just placed: what is held until when, and what goes on. */
export function heldText({application, hold}: OwnedHold, {surface, now}: Options): string[] {
	const mark = surface.paint(surface.glyph('paused'), 'warning');
	const syncs = hold.includesSync
		? 'automatic syncs are stopped'
		: hold.scope.type === 'application'
			? 'new commits are synced, and leave alone what drifted'
			: 'syncs of the rest leave it alone';
	return [
		`${mark} ${safeText(application)}: ${safeText(printScope(hold.scope))} ${describeHold(hold, now)}`,
		`  Drift is still seen and recorded, not healed; ${syncs}.`,
	];
}

/** Whether anybody is there to honour the hold: it is kept in the cluster, not in this process. */
export function holderLine({held, tracker}: Pick<Session, 'held' | 'tracker'>): string {
	const {pid, mode} = tracker.worker();
	if (held.type === 'one-shot') {
		return 'No worker is running here; the hold is kept in the cluster, and every worker that comes honours it.';
	}
	return mode === 'reconcile'
		? `Worker ${pid} honours it; it is kept in the cluster, where every other worker sees it too.`
		: `Worker ${pid} only observes; the hold is kept in the cluster, and every worker that heals honours it.`;
}

/** A hold that was just ended, before its time. */
export function resumedText({application, hold}: OwnedHold, {surface, now}: Options): string[] {
	const mark = surface.paint(surface.glyph('good'), 'good');
	const was = describeHold(hold, now);
	return [`${mark} ${safeText(application)}: ${safeText(printScope(hold.scope))} is not held any more; it was ${was}`];
}

/**
 * What healing will now put back, as far as drift stands and nobody else holds it; nothing where the application does not
 * heal. `ended` are the ids of the holds that are over.
 */
export function healsNow(application: ApplicationStatus, ended: readonly string[], surface: Surface): string[] {
	if (!application.isHealing) return [`  ${safeText(application.name)} does not heal by itself; its drift stays.`];
	return putBackAfter(application, ended).map(({object, field}) => {
		const change = formatChange({...field, was: field.now, now: field.was}, surface.glyph('arrow'));
		return `  ${surface.glyph('drift')} put back now: ${safeText(object)} ${change}, set by ${formatManager(field)}`;
	});
}

export function problemLines(
	problems: readonly {readonly application: string; readonly problem: Problem}[],
	surface: Surface,
): string[] {
	const mark = surface.paint(surface.glyph('bad'), 'bad');
	return problems.map(({application, problem}) => `${mark} ${safeText(`${application}: ${formatProblem(problem)}`)}`);
}
