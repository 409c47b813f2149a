import type {ApplicationStatus} from '../../model/status.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {Session} from './connect.ts';
import {selectApplications} from './selection.ts';

/** How long a worker that has just started may take to know something before it is shown that it does not. */
const graceMilliseconds = 2_000;

/**
 * Makes sure that the applications named (none: all) exist and that something is known of them. A private worker was
 * started to look, so it is waited for until it has. A worker that holds the cluster may be syncing a thousand objects
 * for the first time: whoever asks then wants to see that, not to wait for it.
 */
export async function settle(session: Session, names: readonly string[], terminal: Terminal): Promise<void> {
	const {client, tracker, held} = session;
	selectApplications(tracker, names);
	if (held.type === 'worker') {
		await tracker.waitUntil(() => tracker.applications(names).every(isKnown), graceMilliseconds);
		return;
	}
	const progress = startProgress(terminal, 'comparing Git and cluster');
	const forget = tracker.onChange(() => {
		const applications = tracker.applications(names);
		const compared = applications.filter(isKnown).length;
		progress.update(`comparing Git and cluster: ${compared} of ${applications.length} applications`);
	});
	try {
		tracker.take(await client.settled({applications: names}));
	} finally {
		forget();
		progress.end();
	}
}

/** Compared, or it says why not. */
function isKnown({clusterSeenAt, conditions}: ApplicationStatus): boolean {
	return clusterSeenAt !== null || conditions.length > 0;
}
