import {toProblem} from '../../model/errors.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import type {Changes} from '../../protocol/messages.ts';
import {createBatcher} from './batch.ts';
import type {MonitorData} from './data.ts';
import type {Store} from './store.ts';

/** Data waits for the screen, never the other way round: four renders a second are live to a reader. */
const batchMilliseconds = 250;
const firstRetryMilliseconds = 500;
const longestRetryMilliseconds = 5_000;

/** The worker that is talked to now, and what ends the conversation. */
export interface WorkerLink {
	client(): ProtocolClient | null;
	close(): void;
}

export type Connect = () => Promise<ProtocolClient>;

/** Keeps what a worker says in the store. When it goes away the data stays, with its age, and it is called again. */
export function followWorker(connect: Connect, store: Store<MonitorData>): WorkerLink {
	let client: ProtocolClient | null = null;
	let isClosed = false;
	let retryMilliseconds = firstRetryMilliseconds;
	let timer: NodeJS.Timeout | undefined;
	const batcher = createBatcher<Changes>(batchMilliseconds, changes => {
		store.setState(data => changes.reduce(applyChanges, data));
	});
	const lose = (error?: unknown) => {
		client = null;
		if (isClosed) return;
		const problem = error === undefined ? undefined : toProblem(error);
		store.setState(data => ({
			...data,
			link: {type: 'lost', since: data.link.type === 'lost' ? data.link.since : Date.now(), problem},
		}));
		timer = setTimeout(call, retryMilliseconds);
		retryMilliseconds = Math.min(longestRetryMilliseconds, retryMilliseconds * 2);
	};
	const call = async () => {
		try {
			const connected = await connect();
			if (isClosed) return connected.close();
			client = connected;
			retryMilliseconds = firstRetryMilliseconds;
			const {worker, applications} = connected.initial;
			store.setState(data => ({
				...data,
				link: {type: 'live'},
				worker,
				applications: new Map(applications.map(application => [application.name, application])),
			}));
			connected.onChanges(changes => batcher.add(changes));
			connected.onClose(() => {
				batcher.flush();
				lose();
			});
		} catch (error) {
			lose(error);
		}
	};
	void call();
	return {
		client: () => client,
		close() {
			isClosed = true;
			clearTimeout(timer);
			batcher.end();
			client?.close();
		},
	};
}

/** Applications that did not change stay the same objects: their rows are not drawn again. */
export function applyChanges(data: MonitorData, changes: Changes): MonitorData {
	return {
		...data,
		worker: changes.worker ?? data.worker,
		applications: applicationsAfter(data.applications, changes),
	};
}

function applicationsAfter(
	before: MonitorData['applications'],
	{applications, removed}: Changes,
): MonitorData['applications'] {
	if (applications.length === 0 && removed.length === 0) return before;
	const after = new Map<string, ApplicationStatus>(before);
	for (const application of applications) after.set(application.name, application);
	for (const name of removed) after.delete(name);
	return after;
}
