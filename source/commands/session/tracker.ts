import {HoldfastError} from '../../model/errors.ts';
import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import type {Changes, Snapshot} from '../../protocol/messages/state.ts';

/** What a worker says of its applications, kept current by its notifications. */
export interface Tracker {
	/** The newest of the applications named that still exist; none named: of all. */
	applications(names: readonly string[]): readonly ApplicationStatus[];
	worker(): WorkerStatus;
	/** Takes over what a newer snapshot says. */
	take(snapshot: Pick<Snapshot, 'worker' | 'applications'>): void;
	/** Calls back after every change, and when the worker is gone; returns what ends that. */
	onChange(listener: () => void): () => void;
	/**
	 * Resolves with true as soon as the condition holds, with false after the timeout (milliseconds; infinite waits for
	 * ever). Looks now and after every change. Rejects with WorkerGone when the worker ends meanwhile.
	 */
	waitUntil(isDone: () => boolean, timeoutMilliseconds: number): Promise<boolean>;
}

// setTimeout fires at once beyond 2^31-1 milliseconds.
const longestTimerMilliseconds = 2 ** 31 - 1;

export function createTracker(client: Pick<ProtocolClient, 'initial' | 'onChanges' | 'onClose'>): Tracker {
	const applications = new Map<string, ApplicationStatus>();
	const listeners = new Set<() => void>();
	let {worker} = client.initial;
	let isGone = false;
	const tell = () => {
		for (const listener of [...listeners]) listener();
	};
	const onChange = (listener: () => void) => {
		listeners.add(listener);
		return () => void listeners.delete(listener);
	};
	const take: Tracker['take'] = newer => {
		worker = newer.worker;
		for (const application of newer.applications) applications.set(application.name, application);
		tell();
	};
	take(client.initial);
	client.onChanges((changes: Changes) => {
		for (const name of changes.removed) applications.delete(name);
		take({worker: changes.worker ?? worker, applications: changes.applications});
	});
	client.onClose(() => {
		isGone = true;
		tell();
	});
	return {
		take,
		onChange,
		worker: () => worker,
		applications(names) {
			if (names.length === 0) return [...applications.values()];
			return names.flatMap(name => applications.get(name) ?? []);
		},
		waitUntil(isDone, timeoutMilliseconds) {
			return new Promise((resolve, reject) => {
				let timer: NodeJS.Timeout | undefined;
				const look = () => {
					if (isDone()) resolve(true);
					else if (isGone) reject(workerGone());
					else return;
					end();
				};
				const forget = onChange(look);
				const end = () => {
					clearTimeout(timer);
					forget();
				};
				if (timeoutMilliseconds <= longestTimerMilliseconds) {
					timer = setTimeout(() => {
						end();
						resolve(isDone());
					}, timeoutMilliseconds);
				}
				look();
			});
		},
	};
}

export function workerGone(): HoldfastError {
	return new HoldfastError({
		code: 'WorkerGone',
		message: 'the worker ended before it answered',
		hint: 'Its log file says why; holdfast doctor checks what it needs.',
	});
}
