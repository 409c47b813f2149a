import {formatTime} from '../../model/ages.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import {exitCodes} from '../exit-codes.ts';
import {eventLines} from '../print/event-text.ts';
import {messageOf} from '../print/status-table.ts';
import {workerGone} from '../session/tracker.ts';
import type {Terminal} from '../terminal/terminal.ts';

/**
 * What the monitor is without a terminal: how every application stands, then a line for every change of state and for
 * everything that happens, until the worker ends or a signal comes.
 *
 * @throws HoldfastError WorkerGone
 */
export function followInLines(client: ProtocolClient, terminal: Terminal): Promise<number> {
	const states = new Map<string, string>();
	const note = (application: ApplicationStatus) => {
		const state = stateOf(application);
		if (states.get(application.name) === state) return;
		states.set(application.name, state);
		const message = messageOf(application);
		const why = message ? `: ${message}` : '';
		terminal.print(`${formatTime(terminal.now())} state ${safeText(`${application.name} ${state}${why}`)}`);
	};
	for (const application of client.initial.applications) note(application);
	const {promise, resolve, reject} = Promise.withResolvers<number>();
	client.onChanges(({applications, removed}) => {
		for (const name of removed) {
			states.delete(name);
			terminal.print(`${formatTime(terminal.now())} state ${safeText(name)} removed`);
		}
		for (const application of applications) note(application);
	});
	client.onJournal(entry => {
		for (const line of eventLines(entry, {surface: terminal.output, isWide: false})) terminal.print(line);
	});
	client.onClose(() => reject(workerGone()));
	terminal.signal.addEventListener('abort', () => {
		client.close();
		resolve(exitCodes.ok);
	});
	return promise;
}

function stateOf({syncStatus, health, holds}: ApplicationStatus): string {
	return `${syncStatus} ${health.status}${holds.length > 0 ? ' held' : ''}`;
}
