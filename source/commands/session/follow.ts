import type {JournalEntry, JournalQuery} from '../../model/journal.ts';
import type {Session} from './connect.ts';
import {workerGone} from './tracker.ts';

/** Enough to recognise a drift that changes its state; a follower may run for weeks. */
const rememberedEntries = 10_000;

/** Follows the journal from the moment it is made; `run` prints what came after the entries already shown. */
export interface Follower {
	/** Never resolves by itself: a signal ends the command, or the worker does (WorkerGone). */
	run(shown: readonly JournalEntry[], print: (entry: JournalEntry) => void): Promise<never>;
}

export function followJournal({client}: Pick<Session, 'client'>, query: JournalQuery): Follower {
	const early: JournalEntry[] = [];
	let take = (entry: JournalEntry): void => void early.push(entry);
	client.onJournal(entry => {
		if (matches(entry, query)) take(entry);
	});
	const gone = new Promise<never>((_resolve, reject) => {
		client.onClose(() => reject(workerGone()));
	});
	gone.catch(() => {});
	return {
		run(shown, print) {
			const seen = new Map(shown.map(entry => [entry.id, stateOf(entry)]));
			take = entry => {
				const state = stateOf(entry);
				if (seen.get(entry.id) === state) return;
				seen.set(entry.id, state);
				if (seen.size > rememberedEntries) seen.delete(seen.keys().next().value ?? '');
				print(entry);
			};
			for (const entry of early) take(entry);
			return gone;
		},
	};
}

function matches(entry: JournalEntry, {application, types}: JournalQuery): boolean {
	if (types && !types.includes(entry.type)) return false;
	return application === undefined || entry.application === application;
}

/** What was done about a drift may change, and a revert goes on: then it comes again under the same id. */
function stateOf(entry: JournalEntry): string {
	switch (entry.type) {
		case 'drift':
			return `${entry.event.action} ${entry.event.reason ?? ''}`;
		case 'revert':
			return entry.phase;
		default:
			return '';
	}
}
