import type {CommandRunner} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {type Session, withWorker} from './session/connect.ts';
import {isUncertain} from './session/selection.ts';
import {settle} from './session/settle.ts';
import {showStatus} from './session/show-status.ts';
import {waitForHealth} from './session/wait.ts';
import type {Terminal} from './terminal/terminal.ts';

/** `holdfast status [APPLICATION…] [--wait]`. */
export const run: CommandRunner = (line, terminal) =>
	withWorker(line, terminal, async session => {
		const {words, flags} = line;
		await settle(session, words, terminal);
		const isDone = flags.wait === undefined || (await waitFor(session, words, flags.wait, terminal));
		await showStatus(session, words, flags.output, terminal);
		if (!isDone) return exitCodes.differs;
		return readingCode(session, words);
	});

function waitFor(session: Session, names: readonly string[], milliseconds: number, terminal: Terminal) {
	const isHeld = session.held.type === 'worker' && session.tracker.worker().mode === 'reconcile';
	return waitForHealth(session.tracker, names, {timeoutMilliseconds: milliseconds, terminal, isHeld});
}

/** 0 when what was printed is knowledge; 2 when it is not, or when the configuration could not be read at all. */
export function readingCode({tracker}: Session, names: readonly string[]): number {
	const worker = tracker.worker();
	const applications = tracker.applications(names);
	const isEmptyByError = applications.length === 0 && worker.problems.length > 0;
	return isEmptyByError || isUncertain(worker, applications) ? exitCodes.error : exitCodes.ok;
}
