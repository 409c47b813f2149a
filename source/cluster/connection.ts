/**
 * Whether the API server answers, and since when not. Outcomes of requests and watches report here; while it does not
 * answer, a probe with a growing pause finds out when it does again.
 */
import {type Problem, toProblem} from '../model/errors.ts';
import type {Timing} from './timing.ts';

export interface ConnectionState {
	state: 'connecting' | 'live' | 'stale';
	/** Epoch milliseconds: since when in this state; stale: when the API server was heard last. */
	since: number;
	problem?: Problem;
}

export interface Connection {
	readonly current: ConnectionState;
	/** The API server said something: it is there. */
	answered(): void;
	/** A request had no answer: a probe decides, so that one lost connection raises no alarm. */
	suspect(): void;
	/** Nothing will work: no probe is needed to know. */
	failed(problem: Problem): void;
	/** Called on every change of state. */
	onChange(listener: () => void): void;
	/** Called once, when the API server answers again or we close; the function returned forgets the listener. */
	onceLive(listener: () => void): () => void;
	close(): void;
}

/** A credential plugin that fails does not heal by itself, and running it may open a browser. */
const longestAuthenticationPauseMilliseconds = 300_000;

/** @param probe rejects while the API server does not answer as it should. */
export function createConnection(probe: () => Promise<void>, timing: Timing): Connection {
	let current: ConnectionState = {state: 'connecting', since: Date.now()};
	const listeners: (() => void)[] = [];
	const waiting = new Set<() => void>();
	let timer: NodeJS.Timeout | undefined;
	let isProbing = false;
	let isClosed = false;
	let pauseMilliseconds = timing.probeFirstMilliseconds;
	let answeredAt = performance.now();
	// A server that hangs, or a network that swallows, leaves open watches silent: without this, what was seen last would
	// be shown as live until the next bookmark is overdue. client-go's HTTP/2 health check serves the same end.
	const heartbeat = setInterval(() => {
		if (current.state === 'live' && performance.now() - answeredAt >= timing.heartbeatMilliseconds) void runProbe();
	}, timing.heartbeatMilliseconds / 4);
	heartbeat.unref();

	/** What is shown is as old as the last answer, not as the moment that we noticed. */
	const heardAt = (): number =>
		current.state === 'live' ? Date.now() - Math.round(performance.now() - answeredAt) : Date.now();
	const change = (state: ConnectionState): void => {
		current = state;
		for (const listener of listeners) {
			try {
				listener();
			} catch {
				// A listener's fault is its own: the state of the connection goes on.
			}
		}
	};
	const wakeAll = (): void => {
		const woken = [...waiting];
		waiting.clear();
		for (const listener of woken) listener();
	};
	const answered = (): void => {
		answeredAt = performance.now();
		if (current.state === 'live' || isClosed) return;
		clearTimeout(timer);
		timer = undefined;
		pauseMilliseconds = timing.probeFirstMilliseconds;
		change({state: 'live', since: Date.now()});
		wakeAll();
	};
	const failed = (problem: Problem): void => {
		if (isClosed) return;
		// A new reason keeps the old time: nothing was heard since then.
		if (current.state !== 'stale') change({state: 'stale', since: heardAt(), problem});
		else if (current.problem?.code !== problem.code) change({...current, problem});
		schedule();
	};
	const schedule = (): void => {
		if (timer || isProbing || isClosed) return;
		const longest =
			current.problem?.code === 'AuthenticationFailed'
				? longestAuthenticationPauseMilliseconds
				: timing.probeLongestMilliseconds;
		timer = setTimeout(
			() => {
				timer = undefined;
				void runProbe();
			},
			pauseMilliseconds * (0.8 + Math.random() * 0.4),
		);
		timer.unref();
		pauseMilliseconds = Math.min(pauseMilliseconds * 2, longest);
	};
	const runProbe = async (): Promise<void> => {
		if (isProbing || isClosed) return;
		isProbing = true;
		try {
			await probe();
			isProbing = false;
			answered();
		} catch (error) {
			isProbing = false;
			failed(toProblem(error, 'Unreachable'));
		}
	};

	return {
		get current() {
			return current;
		},
		answered,
		suspect() {
			if (current.state !== 'stale') void runProbe();
		},
		failed,
		onChange: listener => {
			listeners.push(listener);
		},
		onceLive(listener) {
			waiting.add(listener);
			return () => waiting.delete(listener);
		},
		close() {
			isClosed = true;
			clearTimeout(timer);
			clearInterval(heartbeat);
			wakeAll();
		},
	};
}
