import type {ApplicationStatus, WorkerStatus} from '../model/status.ts';
import type {Changes} from '../protocol/messages/state.ts';

const batchMilliseconds = 100;

/**
 * Collects which applications look different and tells the clients at most ten times a second. Statuses are built only
 * when they are sent: an application that changes a thousand times during a sync is walked ten times a second.
 */
export class StateHub {
	readonly #statusOf: (name: string) => ApplicationStatus | undefined;
	readonly #workerStatus: () => WorkerStatus;
	readonly #hasAudience: () => boolean;
	readonly #send: (changes: Changes) => void;
	readonly #dirty = new Set<string>();
	#isWorkerDirty = false;
	#timer: NodeJS.Timeout | undefined;

	constructor(options: {
		statusOf: (name: string) => ApplicationStatus | undefined;
		workerStatus: () => WorkerStatus;
		/** Whether anybody would hear: without clients nothing is built, and whoever comes gets a snapshot. */
		hasAudience: () => boolean;
		send: (changes: Changes) => void;
	}) {
		this.#statusOf = options.statusOf;
		this.#workerStatus = options.workerStatus;
		this.#hasAudience = options.hasAudience;
		this.#send = options.send;
	}

	changed(name: string): void {
		this.#dirty.add(name);
		this.#arm();
	}

	workerChanged(): void {
		this.#isWorkerDirty = true;
		this.#arm();
	}

	#arm(): void {
		this.#timer ??= setTimeout(() => this.flush(), batchMilliseconds);
		this.#timer.unref();
	}

	flush(): void {
		clearTimeout(this.#timer);
		this.#timer = undefined;
		if (!this.#hasAudience()) {
			this.#dirty.clear();
			this.#isWorkerDirty = false;
		}
		if (this.#dirty.size === 0 && !this.#isWorkerDirty) return;
		const applications: ApplicationStatus[] = [];
		const removed: string[] = [];
		for (const name of this.#dirty) {
			const status = this.#statusOf(name);
			if (status) applications.push(status);
			else removed.push(name);
		}
		this.#dirty.clear();
		const worker = this.#isWorkerDirty ? {worker: this.#workerStatus()} : {};
		this.#isWorkerDirty = false;
		this.#send({...worker, applications, removed});
	}
}
