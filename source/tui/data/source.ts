import type {JournalEntry} from '../../model/journal.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import type {Changes} from '../../protocol/messages.ts';
import {createPacer} from '../../protocol/pacer.ts';
import {countAbsence} from './absence.ts';
import {maximumEntries, takeChanges, takeEntries, takeSnapshot} from './changes.ts';
import {createDetailFetcher, type DetailFetcher} from './details.ts';
import type {LastSeen} from './last-seen.ts';
import {createWorkerLink, type WorkerLink} from './link.ts';
import {initialData, type ScreenData} from './state.ts';

/** The screen is told at most so often, whatever the worker sends: each telling costs a frame. */
const tellMilliseconds = 200;
const seenMilliseconds = 10_000;

export interface DataSource {
	get(): ScreenData;
	/** Returns what ends it. */
	subscribe(listener: () => void): () => void;
	/** The worker as it answers now; null while it does not. */
	readonly client: ProtocolClient | null;
	readonly details: DetailFetcher;
	start(): void;
	/** Tries to reach a lost worker at once. */
	retry(): void;
	/** The sentence about the absence was read. */
	dismissAbsence(): void;
	stop(): void;
}

/** Everything the screen knows, kept current from the worker; the one place where its messages become state. */
export function createDataSource(options: {
	readonly connect: () => Promise<ProtocolClient>;
	readonly now: () => number;
	readonly lastSeen: LastSeen;
}): DataSource {
	const {now, lastSeen} = options;
	let data = initialData;
	let waitingChanges: Changes[] = [];
	let waitingEntries: JournalEntry[] = [];
	let seenTimer: NodeJS.Timeout | undefined;
	const listeners = new Set<() => void>();

	const set = (next: ScreenData): void => {
		if (next === data) return;
		data = {...next, version: data.version + 1};
		for (const listener of [...listeners]) listener();
	};
	const take = (): void => {
		let next = data;
		for (const changes of waitingChanges) next = takeChanges(next, changes);
		next = takeEntries(next, waitingEntries);
		const isOfSelected = waitingChanges.some(({applications}) =>
			applications.some(({name}) => name === data.details?.application),
		);
		waitingChanges = [];
		waitingEntries = [];
		set(next);
		if (isOfSelected) details.refresh();
	};
	const pacer = createPacer(tellMilliseconds, take);

	const details = createDetailFetcher({
		client: () => link.client,
		now,
		current: () => data.details,
		update: next => set({...data, details: next}),
	});

	const readHistory = async (client: ProtocolClient): Promise<void> => {
		const since = data.isHistoryLoaded ? null : lastSeen.read();
		try {
			const entries = await client.history({limit: maximumEntries});
			if (link.client !== client) return;
			const absence = since === null ? data.absence : countAbsence(entries, {since, until: now()});
			set({...takeEntries(data, entries), isHistoryLoaded: true, absence});
			lastSeen.write(now());
		} catch {
			// What happens from now on is heard anyway; the next attaching asks for the history again.
		}
	};

	const link: WorkerLink = createWorkerLink({
		connect: options.connect,
		now,
		onLink: state => set({...data, link: state}),
		onClient(client) {
			waitingChanges = [];
			waitingEntries = [];
			client.onChanges(changes => {
				waitingChanges.push(changes);
				pacer.request();
			});
			client.onJournal(entry => {
				waitingEntries.push(entry);
				pacer.request();
			});
			set(takeSnapshot(data, client.initial, now()));
			details.refresh();
			void readHistory(client);
		},
	});

	return {
		get: () => data,
		subscribe(listener) {
			listeners.add(listener);
			return () => void listeners.delete(listener);
		},
		get client() {
			return link.client;
		},
		details,
		start() {
			link.start();
			seenTimer = setInterval(() => {
				if (data.isHistoryLoaded) lastSeen.write(now());
			}, seenMilliseconds);
			seenTimer.unref();
		},
		retry: () => link.retry(),
		dismissAbsence: () => set(data.absence ? {...data, absence: null} : data),
		stop() {
			clearInterval(seenTimer);
			pacer.stop();
			link.stop();
			if (data.isHistoryLoaded) lastSeen.write(now());
			listeners.clear();
		},
	};
}
