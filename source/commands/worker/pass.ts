import {exitCodes} from '../exit-codes.ts';
import type {Session} from '../session/connect.ts';
import {settle} from '../session/settle.ts';
import {showStatus} from '../session/show-status.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';

/** How long heals that have begun may take to end after the syncs are done. */
const healMilliseconds = 30_000;

/**
 * One full pass of a reconciling worker: its first comparison of each application includes the sync of those that are
 * automated. What is being healed then is waited for, too. Exit code 0 only when everything is Synced.
 */
export async function runPass(session: Session, terminal: Terminal): Promise<number> {
	const {tracker} = session;
	await settle(session, [], terminal);
	const progress = startProgress(terminal, 'waiting for syncs and heals to end');
	await tracker.waitUntil(() => !tracker.applications([]).some(isBusy), healMilliseconds).finally(() => progress.end());
	await showStatus(session, [], undefined, terminal);
	const applications = tracker.applications([]);
	if (applications.length === 0 && tracker.worker().problems.length > 0) return exitCodes.error;
	const isSynced = applications.every(application => application.syncStatus === 'Synced');
	return isSynced && tracker.worker().problems.length === 0 ? exitCodes.ok : exitCodes.differs;
}

function isBusy(application: ReturnType<Session['tracker']['applications']>[number]): boolean {
	return application.operation?.phase === 'Running' || application.drift.some(drift => drift.action === 'healing');
}
