/** One watch request, from its headers to its end. */
import {HoldfastError, type Problem} from '../model/errors.ts';
import {parseJson} from '../model/json.ts';
import {ApiError, createApiError} from './api-error.ts';
import {asMap, textOf} from './kubeconfig-files.ts';
import {createLineSplitter} from './lines.ts';
import {NetworkFailure, toNetworkFailure} from './network-failures.ts';
import {readRetryAfter} from './retry-rules.ts';
import {readStatus, readStatusObject} from './status.ts';
import type {Subject} from './subject.ts';
import type {OpenAnswer, Transport} from './transport.ts';

export type WatchEventType = 'ADDED' | 'MODIFIED' | 'DELETED';

export interface WatchRequest {
	readonly path: string;
	readonly accept: string;
	readonly subject: Subject;
	readonly headersMilliseconds: number;
	/** Between two events or bookmarks. */
	readonly silenceMilliseconds: number;
	readonly signal: AbortSignal;
	/** For messages and hints. */
	readonly server: string;
	readonly context: string;
}

export interface WatchListener {
	/** The API server has accepted the watch. */
	onOpen(): void;
	/** Exceptions end the stream with code HandlerFailed. `object` is as sent. */
	onEvent(type: WatchEventType, object: Record<string, unknown>): void;
	/** Nothing up to this version is missing. */
	onBookmark(resourceVersion: string): void;
}

/**
 * `closed`: the server ended it in order. `silent`: nothing came for too long. `failed`: everything else; `error` is an
 * ApiError when the API server said it.
 */
export type WatchEnd =
	| {readonly type: 'closed'}
	| {readonly type: 'silent'; readonly problem: Problem}
	| {
			readonly type: 'failed';
			readonly error: HoldfastError;
			readonly retryAfterMilliseconds: number | null;
			/** Present after a 401. */
			readonly refused?: OpenAnswer['credentials'];
	  };

/** Larger than any object that etcd takes, with room for what conversion adds. */
const longestLineBytes = 64 * 1024 * 1024;
const longestErrorBytes = 1024 * 1024;

/** Resolves when the stream has ended, for whatever reason; never rejects. */
export async function streamWatch(
	transport: Transport,
	request: WatchRequest,
	listener: WatchListener,
): Promise<WatchEnd> {
	let answer: OpenAnswer;
	try {
		answer = await transport.open({
			method: 'GET',
			path: request.path,
			accept: request.accept,
			timeoutMilliseconds: request.headersMilliseconds,
			bodyTimeoutMilliseconds: request.silenceMilliseconds,
			signal: request.signal,
		});
		if (answer.status !== 200) return await readRefusal(answer, request);
	} catch (error) {
		return ended(error, request);
	}
	try {
		listener.onOpen();
		await readEvents(answer.body, request, listener);
		return {type: 'closed'};
	} catch (error) {
		answer.body.destroy();
		return ended(error, request);
	}
}

/** Events go to the listener inside the data callback: no timer, no queue and no promise between socket and handler. */
function readEvents(body: OpenAnswer['body'], request: WatchRequest, listener: WatchListener): Promise<void> {
	const splitter = createLineSplitter(line => handleLine(line, request, listener), longestLineBytes);
	return new Promise((resolve, reject) => {
		let hasFailed = false;
		body.on('data', (chunk: Buffer) => {
			// After a failure nothing that is still coming may be taken in: the next stream begins before it.
			if (hasFailed || request.signal.aborted) return;
			try {
				splitter.push(chunk);
			} catch (error) {
				hasFailed = true;
				reject(error);
			}
		});
		body.once('end', resolve);
		body.once('error', reject);
		body.once('close', () => reject(new Error('the stream was cut off')));
	});
}

function handleLine(line: string, request: WatchRequest, listener: WatchListener): void {
	// The handler may have stopped the watch at the line before.
	if (request.signal.aborted) return;
	let event: Record<string, unknown>;
	try {
		event = asMap(parseJson(line));
	} catch (error) {
		throw unreadable(request, error);
	}
	const object = asMap(event.object);
	switch (event.type) {
		case 'ADDED':
		case 'MODIFIED':
		case 'DELETED':
			try {
				listener.onEvent(event.type, object);
			} catch (error) {
				throw handlerFailed(error);
			}
			return;
		case 'BOOKMARK':
			listener.onBookmark(textOf(asMap(object.metadata).resourceVersion));
			return;
		case 'ERROR':
			throw createApiError(request.subject, readStatusObject(object), request.context);
		default:
			throw unreadable(request);
	}
}

export function handlerFailed(error: unknown): HoldfastError {
	return new HoldfastError(
		{code: 'HandlerFailed', message: 'holdfast could not take in a change of the cluster; this is a fault of holdfast'},
		{cause: error},
	);
}

function unreadable(request: WatchRequest, cause?: unknown): HoldfastError {
	const message = `the watch of ${request.subject.resource} sent something that is no event`;
	return new HoldfastError({code: 'UnexpectedAnswer', message}, {cause});
}

async function readRefusal(answer: OpenAnswer, request: WatchRequest): Promise<WatchEnd> {
	let text = '';
	for await (const chunk of answer.body) {
		text += String(chunk);
		if (text.length > longestErrorBytes) break;
	}
	const status = readStatus(answer.status, answer.contentType, text);
	return {
		type: 'failed',
		error: createApiError(request.subject, status, request.context),
		retryAfterMilliseconds: readRetryAfter(answer.retryAfter, status, Date.now()),
		...(answer.status === 401 ? {refused: answer.credentials} : {}),
	};
}

function ended(thrown: unknown, request: WatchRequest): WatchEnd {
	const error = thrown instanceof HoldfastError ? thrown : toNetworkFailure(request.server, thrown);
	const isBodyTimeout = error instanceof NetworkFailure && codeOf(error.cause) === 'UND_ERR_BODY_TIMEOUT';
	if (!isBodyTimeout) return {type: 'failed', error, retryAfterMilliseconds: null};
	const seconds = Math.round(request.silenceMilliseconds / 1_000);
	return {
		type: 'silent',
		problem: {code: 'WatchSilent', message: `nothing was heard of ${request.subject.resource} for ${seconds} s`},
	};
}

function codeOf(error: unknown): unknown {
	return (error as {code?: unknown} | undefined)?.code;
}

/** Whether the API server said that the version is too old: only a new list helps. */
export function isExpired(error: HoldfastError): boolean {
	return error instanceof ApiError && (error.status === 410 || error.reason === 'Expired' || error.reason === 'Gone');
}
