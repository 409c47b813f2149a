import {formatProblem, toProblem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import type {ActPorts} from './ports.ts';

/** Pulls, renders and compares again; `isHard`: also by dry run what the fingerprints say is unchanged. Writes nothing. */
export async function refresh(ports: ActPorts, applications: readonly string[], isHard: boolean): Promise<void> {
	const what =
		applications.length === 1
			? applications[0]!
			: applications.length === 0
				? 'everything'
				: `${applications.length} applications`;
	await ports.turns.take(`refresh ${applications.join(', ')}`, async () => {
		const client = ports.client();
		if (!client) {
			ports.toast('the worker does not answer, so nothing is refreshed', 'toastBad');
			return;
		}
		ports.toast(safeText(isHard ? `comparing every object of ${what} by dry run` : `pulling and comparing ${what}`));
		try {
			const snapshot = await client.refresh({applications, hard: isHard});
			const asked = snapshot.applications.filter(({name}) => applications.length === 0 || applications.includes(name));
			const differing = asked.filter(({syncStatus}) => syncStatus !== 'Synced').length;
			ports.toast(safeText(`${what}: compared; ${differing === 0 ? 'all Synced' : `${differing} not Synced`}`));
		} catch (error) {
			ports.toast(safeText(`${what} was not refreshed: ${formatProblem(toProblem(error))}`), 'toastBad');
		}
	});
}
