import type {CommandRunner} from './definition.ts';
import {withWorker} from './session/connect.ts';
import {selectApplications} from './session/selection.ts';
import {settle} from './session/settle.ts';
import {showStatus} from './session/show-status.ts';
import {readingCode} from './status.ts';
import {startProgress} from './terminal/progress.ts';

/** `holdfast refresh [APPLICATION…] [--hard]`. */
export const run: CommandRunner = (line, terminal) =>
	withWorker(line, terminal, async session => {
		const {client, tracker, held} = session;
		const {words, flags} = line;
		selectApplications(tracker, words);
		const isHard = flags.hard === true;
		if (held.type === 'one-shot' && !isHard) {
			// A worker that has just started is pulling and comparing already.
			await settle(session, words, terminal);
		} else {
			const progress = startProgress(terminal, isHard ? 'comparing every object by dry run' : 'pulling and comparing');
			tracker.take(await client.refresh({applications: words, hard: isHard}).finally(() => progress.end()));
		}
		await showStatus(session, words, flags.output, terminal);
		return readingCode(session, words);
	});
