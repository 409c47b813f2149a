import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {Session} from './connect.ts';
import {selectApplications} from './selection.ts';

/**
 * Makes sure that the applications named (none: all) exist, and that each was compared with its cluster at least once: a
 * worker that has just started knows nothing yet.
 */
export async function settle({client, tracker}: Session, names: readonly string[], terminal: Terminal): Promise<void> {
	selectApplications(tracker, names);
	const progress = startProgress(terminal, 'comparing Git and cluster');
	const forget = tracker.onChange(() => {
		const applications = tracker.applications(names);
		const compared = applications.filter(application => application.clusterSeenAt !== null).length;
		progress.update(`comparing Git and cluster: ${compared} of ${applications.length} applications`);
	});
	try {
		tracker.take(await client.settled({applications: names}));
	} finally {
		forget();
		progress.end();
	}
}
