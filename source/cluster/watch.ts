/**
 * A list and the watch that follows it, for ever: it resumes from the last version after everything but 410, which lists
 * again. It ends only when it is stopped.
 */
import {HoldfastError, type Problem, toProblem} from '../model/errors.ts';
import type {KubernetesObject} from '../model/object.ts';
import type {ClusterCounters} from '../model/ports/cluster/cluster.ts';
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import type {WatchHandle, WatchHandler, WatchOptions} from '../model/ports/cluster/watch.ts';
import {ApiError} from './api-error.ts';
import type {Connection} from './connection.ts';
import {type CredentialSource, isSame} from './credentials.ts';
import type {Lister} from './list.ts';
import {NetworkFailure} from './network-failures.ts';
import {collectionPath, query} from './paths.ts';
import {pause} from './pause.ts';
import {reportAnswer} from './requester.ts';
import type {Timing} from './timing.ts';
import type {Transport} from './transport.ts';
import {toObject, type Views} from './views.ts';
import {watchPause} from './watch-backoff.ts';
import {handlerFailed, isExpired, streamWatch, type WatchEnd} from './watch-stream.ts';

export interface WatchParts {
	readonly transport: Transport;
	readonly credentials: CredentialSource;
	readonly connection: Connection;
	readonly lister: Lister;
	readonly views: Views;
	readonly counters: ClusterCounters;
	readonly timing: Timing;
	readonly server: string;
	readonly context: string;
}

/** A server that ends watches at once, in order, would be asked again without a pause. */
const shortestHealthyMilliseconds = 1_000;
const wakeSpreadMilliseconds = 100;

/**
 * Exceptions of the handler are faults of ours: they are reported as stale, and a new list brings everything back into
 * step. `ready` resolves after the first list, or when the watch is stopped before.
 */
export function watchKind(
	parts: WatchParts,
	kind: ResourceKind,
	options: WatchOptions,
	handler: WatchHandler,
): WatchHandle {
	const {connection, timing} = parts;
	const stopped = new AbortController();
	const ready = Promise.withResolvers<void>();
	const report = createStateReporter(handler);
	let resourceVersion = '';
	let failures = 0;
	let silences = 0;
	/** Everything before was seen. Known only afterwards: a watch of an expired version opens well, then says so. */
	let seenUntil = Date.now();

	const relist = async (): Promise<void> => {
		const {view, namespace, labelSelector} = options;
		const list = await parts.lister.list(kind, {
			view,
			signal: stopped.signal,
			...(namespace === undefined ? {} : {namespace}),
			...(labelSelector === undefined ? {} : {labelSelector}),
		});
		if (stopped.signal.aborted) return;
		try {
			handler.onList(list.items);
		} catch (error) {
			throw handlerFailed(error);
		}
		resourceVersion = list.resourceVersion;
		seenUntil = Date.now();
		silences = 0;
		ready.resolve();
	};

	/** Whether this stream brought anything: only then are earlier failures forgotten. */
	let hasProgress = false;
	const stream = (): Promise<WatchEnd> => {
		parts.counters.watches++;
		hasProgress = false;
		const progress = (version: string): void => {
			hasProgress = true;
			seenUntil = Date.now();
			failures = 0;
			silences = 0;
			if (version) resourceVersion = version;
		};
		return streamWatch(parts.transport, requestFor(parts, kind, options, resourceVersion, stopped.signal), {
			onOpen() {
				connection.answered();
				report.live();
			},
			onEvent(type, object) {
				const taken: KubernetesObject = toObject(object, kind, options.view);
				handler.onEvent(type, taken);
				progress(taken.metadata.resourceVersion ?? '');
			},
			onBookmark: progress,
		});
	};

	const wait = async (error: HoldfastError, retryAfterMilliseconds: number | null): Promise<void> => {
		failures++;
		const milliseconds = watchPause(error, failures, Math.random(), retryAfterMilliseconds);
		// The API server's return ends the wait of all watches: a little apart from each other.
		const woken = new AbortController();
		const forget = connection.onceLive(() => woken.abort());
		await pause(milliseconds * timing.watchBackoffScale, stopped.signal, woken.signal);
		forget();
		if (woken.signal.aborted) await pause(Math.random() * wakeSpreadMilliseconds, stopped.signal);
	};

	const handleEnd = async (end: WatchEnd, lastedMilliseconds: number): Promise<void> => {
		switch (end.type) {
			case 'closed': {
				if (hasProgress || lastedMilliseconds >= shortestHealthyMilliseconds) {
					seenUntil = Date.now();
					failures = 0;
					return;
				}
				const message = `the API server ends the watch of ${kind.resource} as soon as it begins`;
				const error = new HoldfastError({code: 'WatchRefused', message});
				// Once is a server on its way out; more often the pauses are longer than what is watched.
				if (failures > 0) report.stale(error.problem, seenUntil);
				return wait(error, null);
			}
			case 'silent':
				report.stale(end.problem, seenUntil);
				connection.suspect();
				// A version from before a restored backup is in the future, and a watch there stays silent.
				if (++silences > 1) resourceVersion = '';
				return;
			case 'failed':
				return handleFailure(end);
		}
	};

	const handleFailure = async (end: Extract<WatchEnd, {type: 'failed'}>): Promise<void> => {
		const {error} = end;
		if (error instanceof ApiError && error.status === 406 && parts.views.giveUp(kind, options.view)) return;
		if (isExpired(error)) {
			report.stale(error.problem, seenUntil);
			resourceVersion = '';
			// The first time at once: it is part of a watch's life.
			if (failures++ === 0) return;
			return wait(error, null);
		}
		if (end.refused && failures === 0) {
			failures++;
			const renewed = await parts.credentials.renew(end.refused).catch(() => null);
			if (renewed && !isSame(renewed, end.refused)) return;
		}
		report.stale(error.problem, hasProgress ? Date.now() : seenUntil);
		if (error instanceof ApiError) reportAnswer(connection, error);
		else if (error instanceof NetworkFailure) connection.suspect();
		// What cannot be taken in at this version twice would come again for ever; a list goes past it.
		if (error.code === 'HandlerFailed' || (error.code === 'UnexpectedAnswer' && failures > 0)) resourceVersion = '';
		return wait(error, end.retryAfterMilliseconds);
	};

	const run = async (): Promise<void> => {
		while (!stopped.signal.aborted) {
			try {
				if (resourceVersion === '') await relist();
				if (stopped.signal.aborted) return;
				const startedAt = performance.now();
				const end = await stream();
				if (stopped.signal.aborted) return;
				await handleEnd(end, performance.now() - startedAt);
			} catch (thrown) {
				if (stopped.signal.aborted) return;
				const error = thrown instanceof HoldfastError ? thrown : new HoldfastError(toProblem(thrown));
				report.stale(error.problem, seenUntil);
				await wait(error, null);
			}
		}
	};
	void run();

	return {
		ready: ready.promise,
		stop() {
			report.end();
			stopped.abort();
			ready.resolve();
		},
	};
}

function requestFor(
	parts: WatchParts,
	kind: ResourceKind,
	options: WatchOptions,
	resourceVersion: string,
	signal: AbortSignal,
): Parameters<typeof streamWatch>[1] {
	const {timing} = parts;
	const {namespace = '', labelSelector} = options;
	const spread = timing.watchLongestSeconds - timing.watchShortestSeconds;
	const parameters = query({
		watch: 'true',
		allowWatchBookmarks: 'true',
		resourceVersion,
		labelSelector,
		// Not all watches of a cluster shall end, and begin again, in the same moment.
		timeoutSeconds: String(Math.round(timing.watchShortestSeconds + Math.random() * spread)),
	});
	return {
		path: collectionPath(kind, namespace) + parameters,
		accept: parts.views.accept(kind, options.view, false),
		subject: {verb: 'watch', group: kind.group, kind: kind.kind, resource: kind.resource, namespace, name: ''},
		headersMilliseconds: timing.readMilliseconds,
		silenceMilliseconds: timing.watchSilenceMilliseconds,
		signal,
		server: parts.server,
		context: parts.context,
	};
}

interface StateReporter {
	live(): void;
	/** While stale already a new reason keeps the old time, and the old reason is not repeated. */
	stale(problem: Problem, since: number): void;
	end(): void;
}

function createStateReporter(handler: WatchHandler): StateReporter {
	type State = Parameters<WatchHandler['onState']>[0];
	let current: State | null = null;
	let hasEnded = false;
	const tell = (state: State): void => {
		if (hasEnded) return;
		current = state;
		try {
			handler.onState(state);
		} catch {
			// Nothing of the cluster was lost with it, so the watch goes on.
		}
	};
	return {
		live() {
			if (current?.state !== 'live') tell({state: 'live', since: Date.now()});
		},
		stale(problem, since) {
			if (current?.state !== 'stale') tell({state: 'stale', since, problem});
			else if (current.problem?.code !== problem.code) tell({state: 'stale', since: current.since, problem});
		},
		end() {
			hasEnded = true;
		},
	};
}
