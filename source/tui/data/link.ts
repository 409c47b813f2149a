import {HoldfastError, toProblem} from '../../model/errors.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import type {Link} from './state.ts';

/** Milliseconds before each further try; the last one stays. */
const waits = [500, 1_000, 2_000, 5_000, 10_000];

export interface LinkOptions {
	/** Attaches to the worker, and starts one where that is wanted. */
	readonly connect: () => Promise<ProtocolClient>;
	readonly now: () => number;
	readonly onLink: (link: Link) => void;
	/** A fresh conversation; `client.initial` is the whole picture. */
	readonly onClient: (client: ProtocolClient) => void;
}

/** The conversation with the worker, begun again whenever it ends. */
export interface WorkerLink {
	readonly client: ProtocolClient | null;
	start(): void;
	/** Tries now instead of at the next try. */
	retry(): void;
	stop(): void;
}

export function createWorkerLink(options: LinkOptions): WorkerLink {
	let client: ProtocolClient | null = null;
	let timer: NodeJS.Timeout | undefined;
	let isStopped = false;
	let isTrying = false;
	let failures = 0;
	let lostAt: number | null = null;

	const lost = (error: unknown): void => {
		if (isStopped) return;
		const wait = waits[Math.min(failures, waits.length - 1)] ?? 0;
		failures++;
		lostAt ??= options.now();
		options.onLink({type: 'lost', since: lostAt, problem: toProblem(error), nextTryAt: options.now() + wait});
		timer = setTimeout(() => void attempt(), wait);
	};

	const attempt = async (): Promise<void> => {
		if (isTrying || isStopped || client) return;
		isTrying = true;
		clearTimeout(timer);
		try {
			const attached = await options.connect();
			if (isStopped) {
				attached.close();
				return;
			}
			client = attached;
			failures = 0;
			lostAt = null;
			attached.onClose(() => {
				if (client !== attached) return;
				client = null;
				lost(new HoldfastError({code: 'WorkerGone', message: 'the worker ended the conversation'}));
			});
			// It may have closed while it was being attached to.
			if (client === attached) options.onClient(attached);
		} catch (error) {
			lost(error);
		} finally {
			isTrying = false;
		}
	};

	return {
		get client() {
			return client;
		},
		start: () => void attempt(),
		retry: () => void attempt(),
		stop() {
			isStopped = true;
			clearTimeout(timer);
			client?.close();
			client = null;
		},
	};
}
