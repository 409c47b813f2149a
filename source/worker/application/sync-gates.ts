import {unreadyDependencies} from '../../engine/dependencies/readiness.ts';
import {nextChange, windowVerdict} from '../../engine/windows/verdict.ts';
import type {SyncWindow} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import type {ApplicationContext} from './context.ts';

/**
 * Why windows deny a sync now; undefined: they do not. Healing is not their business: what Git said before goes on being
 * held.
 */
export function windowProblem(
	{application, services}: ApplicationContext,
	{isManual, ignoreWindows}: {isManual: boolean; ignoreWindows: boolean},
): Problem | undefined {
	const verdict = windowVerdict(application.syncWindows, services.clock(), {isManual, ignoreWindows});
	if (verdict.type === 'allowed') return undefined;
	const {until, window, isOverridable} = verdict;
	const end = until === null ? '' : ` until ${printTime(until)}`;
	const who = isManual ? 'syncs' : 'automatic syncs';
	const override = isManual ? 'wait, or sync with --ignore-window' : 'wait, or sync by hand with --ignore-window';
	return {
		code: 'SyncWindowClosed',
		message: `${who} of ${application.name} are closed${end} by ${describeWindow(window)}`,
		hint: isOverridable ? override : 'wait; this window lets nobody through, because manualSync is not set',
	};
}

/** Milliseconds until windows begin or cease to deny; null: not within what can be foreseen. */
export function untilWindowChange({application, services}: ApplicationContext): number | null {
	if (application.syncWindows.length === 0) return null;
	const now = services.clock();
	const change = nextChange(application.syncWindows, now);
	return change === null ? null : change - now;
}

/** Why the applications that this one depends on are not ready, one problem each. */
export function dependencyProblems({application, repository, state, statusOf}: ApplicationContext): Problem[] {
	return unreadyDependencies(
		application.dependsOn.map(name => ({name, status: statusOf(name)})),
		{repoURL: repository.url, target: application.source.target.value, revision: state.renderedRevision},
	);
}

function describeWindow({kind, schedule, timeZone, durationMilliseconds}: SyncWindow): string {
	const hours = Math.round(durationMilliseconds / 360_000) / 10;
	const length = hours >= 1 ? `${hours} h` : `${Math.round(durationMilliseconds / 60_000)} min`;
	return kind === 'deny'
		? `the deny window ${schedule} (${timeZone}) of ${length}`
		: `the allow window ${schedule} (${timeZone}) of ${length}, outside of which nothing is synced`;
}

/** `2026-11-25 10:00 UTC`. */
function printTime(milliseconds: number): string {
	return `${new Date(milliseconds).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
}
