import {isSyncedAndHealthy, sortWorstFirst} from '../../model/standing.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import {messageOf} from '../print/status-table.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {Tracker} from './tracker.ts';

/**
 * Waits until every application named (none: all) is Synced and Healthy and none of them is being synced. False when the
 * time is over first; what is missing then stands on stderr.
 */
export async function waitForHealth(
	tracker: Tracker,
	names: readonly string[],
	options: {readonly timeoutMilliseconds: number; readonly terminal: Terminal; readonly isHeld: boolean},
): Promise<boolean> {
	const {timeoutMilliseconds, terminal, isHeld} = options;
	const missing = () => tracker.applications(names).filter(application => !isSyncedAndHealthy(application));
	const progress = startProgress(terminal, 'waiting');
	const look = () => {
		const left = sortWorstFirst(missing());
		if (left[0]) progress.update(`waiting for ${left.length}: ${describeState(left[0])}`);
		return left.length === 0;
	};
	const isDone = await tracker.waitUntil(look, timeoutMilliseconds).finally(() => progress.end());
	if (isDone) return true;
	const left = sortWorstFirst(missing());
	terminal.note(`not in time: ${left.length} of ${tracker.applications(names).length} not Synced and Healthy`);
	for (const application of left) terminal.note(`  ${describeState(application)}`);
	if (!isHeld && left.some(application => application.syncStatus === 'OutOfSync')) {
		terminal.note('  No worker holds this cluster, so nothing syncs by itself: holdfast sync, or holdfast worker');
	}
	return false;
}

/** `checkout is OutOfSync, Progressing: 1/3 ready`. */
export function describeState(application: ApplicationStatus): string {
	const message = messageOf(application);
	const state = `${application.name} is ${application.syncStatus}, ${application.health.status}`;
	return safeText(message ? `${state}: ${message}` : state);
}
