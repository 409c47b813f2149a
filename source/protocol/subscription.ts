import type {Socket} from 'node:net';
import type {MessageConnection} from 'vscode-jsonrpc/node';
import type {JournalEntry} from '../model/journal.ts';
import {createChangeBatch} from './change-batch.ts';
import {JournalNotification} from './messages/history.ts';
import {type Changes, ChangesNotification} from './messages/state.ts';
import {createPacer} from './pacer.ts';

/** At most ten batches of changes a second. */
const changesIntervalMilliseconds = 100;
/** While so much waits for a client, its changes are held back. */
const heldBytes = 1024 * 1024;

/** What one client is told of by itself. Nothing here throws or waits. */
export interface Subscription {
	sendChanges(changes: Changes): void;
	/** Journal entries go out at once: each of them counts, and none replaces another. */
	sendJournal(entry: JournalEntry): void;
	/** Until then everything is kept back. */
	begin(): void;
	/** Sends the changes that wait, at once. */
	flush(): void;
	/** The same, and nothing after it. */
	finish(): void;
	stop(): void;
}

export function createSubscription(socket: Socket, connection: MessageConnection): Subscription {
	const batch = createChangeBatch();
	const pacer = createPacer(changesIntervalMilliseconds, sendBatch);
	const early: JournalEntry[] = [];
	/** `held`: so much waits for the client already that its changes are merged instead of sent. */
	let state: 'waiting' | 'running' | 'held' | 'stopped' = 'waiting';

	function notify(send: () => Promise<void>): void {
		// What cannot be sent now never can: the connection is closing, and a new one starts with a snapshot.
		try {
			send().catch(() => {});
		} catch {
			stop();
		}
	}

	function sendBatch(): void {
		if (state !== 'running') return;
		if (socket.writableLength > heldBytes) {
			state = 'held';
			socket.once('drain', () => {
				if (state !== 'held') return;
				state = 'running';
				pacer.request();
			});
			return;
		}
		const changes = batch.take();
		if (changes) notify(() => connection.sendNotification(ChangesNotification, changes));
	}

	function sendEntry(entry: JournalEntry): void {
		notify(() => connection.sendNotification(JournalNotification, entry));
	}

	function stop(): void {
		state = 'stopped';
		pacer.stop();
	}

	return {
		sendChanges(changes) {
			if (state === 'stopped') return;
			batch.add(changes);
			if (state === 'running') pacer.request();
		},
		sendJournal(entry) {
			if (state === 'waiting') early.push(entry);
			else if (state !== 'stopped') sendEntry(entry);
		},
		begin() {
			if (state !== 'waiting') return;
			state = 'running';
			for (const entry of early.splice(0)) sendEntry(entry);
			pacer.request();
		},
		flush: sendBatch,
		finish() {
			sendBatch();
			stop();
		},
		stop,
	};
}
