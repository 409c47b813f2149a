import type {JournalEntry} from '../../model/journal.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import type {Changes} from '../../protocol/messages/state.ts';
import {createPacer} from '../../protocol/pacer.ts';
import {createStore, type Store} from '../store/store.ts';
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
	readonly store: Store<ScreenData>;
	/** The worker as it answers now; null while it does not. */
	readonly client: ProtocolClient | null;
	readonly details: DetailFetcher;
	start(): void;
	/** Tries to reach a lost worker at once. */
	retry(): void;
	/** Takes at once what the worker has told: nobody acts on a picture that is older than an answer. */
	catchUp(): void;
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
	const store = createStore(initialData);
	let waitingChanges: Changes[] = [];
	let waitingEntries: JournalEntry[] = [];
	let seenTimer: NodeJS.Timeout | undefined;
	const change = (part: Partial<ScreenData>): void => store.setState(data => ({...data, ...part}));
	const take = (): void => {
		if (waitingChanges.length + waitingEntries.length === 0) return;
		const data = store.getState();
		const next = takeEntries(waitingChanges.reduce(takeChanges, data), waitingEntries);
		const isOfSelected = waitingChanges.some(({applications}) =>
			applications.some(({name}) => name === data.details?.application),
		);
		waitingChanges = [];
		waitingEntries = [];
		store.setState(next);
		if (isOfSelected) details.refresh();
	};
	const pacer = createPacer(tellMilliseconds, take);

	const details = createDetailFetcher({
		client: () => link.client,
		now,
		current: () => store.getState().details,
		update: next => change({details: next}),
	});

	const readHistory = async (client: ProtocolClient): Promise<void> => {
		const since = store.getState().isHistoryLoaded ? null : lastSeen.read();
		try {
			const entries = await client.history({limit: maximumEntries});
			if (link.client !== client) return;
			const data = store.getState();
			const absence = since === null ? data.absence : countAbsence(entries, {since, until: now()});
			store.setState({...takeEntries(data, entries), isHistoryLoaded: true, absence});
			lastSeen.write(now());
		} catch {
			// What happens from now on is heard anyway; the next attaching asks for the history again.
		}
	};

	const link: WorkerLink = createWorkerLink({
		connect: options.connect,
		now,
		onLink: state => change({link: state}),
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
			store.setState(data => takeSnapshot(data, client.initial, now()));
			details.refresh();
			void readHistory(client);
		},
	});

	return {
		store,
		get client() {
			return link.client;
		},
		details,
		start() {
			link.start();
			seenTimer = setInterval(() => {
				if (store.getState().isHistoryLoaded) lastSeen.write(now());
			}, seenMilliseconds);
			seenTimer.unref();
		},
		retry: () => link.retry(),
		catchUp: take,
		dismissAbsence: () => store.setState(data => (data.absence ? {...data, absence: null} : data)),
		stop() {
			clearInterval(seenTimer);
			pacer.stop();
			link.stop();
			if (store.getState().isHistoryLoaded) lastSeen.write(now());
		},
	};
}
