/**
 * One request from beginning to end: waits for a place, is sent, is tried again when that makes sense, authenticates again
 * after a 401, and ends as an answer of success or as an error with a code.
 */
import {setMaxListeners} from 'node:events';
import {HoldfastError} from '../model/errors.ts';
import {parseJson} from '../model/json.ts';
import type {ClusterCounters} from '../model/ports/cluster/cluster.ts';
import {boundedText} from '../model/text.ts';
import {ApiError, createApiError} from './api-error.ts';
import type {Connection} from './connection.ts';
import {type CredentialSource, isSame} from './credentials.ts';
import type {Limiter} from './limiter.ts';
import {NetworkFailure} from './network-failures.ts';
import {pause} from './pause.ts';
import {isRetryable, mostTries, readRetryAfter, type Safety, waitBeforeRetry} from './retry-rules.ts';
import {readStatus} from './status.ts';
import {nothing, type Subject} from './subject.ts';
import type {Timing} from './timing.ts';
import type {Answer, Exchange, Transport} from './transport.ts';

export interface ApiRequest extends Exchange {
	readonly subject: Subject;
	readonly safety: Safety;
	readonly counts: 'reads' | 'writes' | 'dryRuns';
}

export interface Requester {
	/** Resolves with an answer of success or 304. Rejects with ApiError, or HoldfastError when there was no answer. */
	send(request: ApiRequest): Promise<Answer>;
	/** The same, with the body parsed; anything but a JSON object is an UnexpectedAnswer. */
	json(request: ApiRequest): Promise<Record<string, unknown>>;
}

export interface RequesterParts {
	readonly transport: Transport;
	readonly credentials: CredentialSource;
	readonly limiter: Limiter;
	readonly connection: Connection;
	readonly counters: ClusterCounters;
	readonly timing: Timing;
	/** For hints. */
	readonly context: string;
	/** Aborts when the cluster is closed. */
	readonly closed: AbortSignal;
	readonly onKindNotServed: () => void;
}

type Outcome = {answer: Answer} | {error: HoldfastError};

export function createRequester(parts: RequesterParts): Requester {
	const {transport, limiter, connection, counters, timing, closed} = parts;

	const attempt = async (request: ApiRequest): Promise<Outcome> => {
		try {
			const turn = limiter.acquire(request.signal);
			if (turn) await turn;
		} catch {
			return {error: aborted(request.subject)};
		}
		try {
			return {answer: await transport.send(request)};
		} catch (error) {
			// The transport throws nothing else.
			return {error: error as HoldfastError};
		} finally {
			limiter.release();
		}
	};

	const send = async (request: ApiRequest): Promise<Answer> => {
		counters[request.counts]++;
		// One signal for a whole sync has hundreds of listeners, and Node would warn on the terminal.
		if (request.signal) setMaxListeners(0, request.signal);
		// While the API server does not answer, nobody waits for the tries of every single request.
		const limit = connection.current.state === 'stale' ? 1 : mostTries;
		const deadline = performance.now() + timing.retryBudgetMilliseconds;
		let isRepeated = false;
		let isRenewed = false;
		for (let tries = 1; ; tries++) {
			const outcome = await attempt(request);
			if ('answer' in outcome && isSuccess(outcome.answer.status)) {
				connection.answered();
				return outcome.answer;
			}
			if ('answer' in outcome && outcome.answer.status === 401 && !isRenewed) {
				isRenewed = true;
				const {credentials} = outcome.answer;
				// Its own failure is told by the next try, which asks for credentials again.
				const renewed = await parts.credentials.renew(credentials).catch(() => null);
				if (!renewed || !isSame(renewed, credentials)) {
					counters.retries++;
					continue;
				}
			}
			const verdict = judge(parts, request, outcome);
			const wait =
				verdict.isRetryable && tries < limit && !request.signal?.aborted && !closed.aborted
					? waitBeforeRetry({
							tries,
							firstMilliseconds: timing.retryFirstMilliseconds,
							retryAfterMilliseconds: verdict.retryAfterMilliseconds,
							random: Math.random(),
						})
					: null;
			if (wait === null || performance.now() + wait > deadline) {
				if (verdict.error instanceof ApiError) verdict.error.isRepeated = isRepeated;
				throw verdict.error;
			}
			isRepeated ||= verdict.error instanceof NetworkFailure && verdict.error.type !== 'not-sent';
			counters.retries++;
			await pause(wait, closed, request.signal);
		}
	};

	return {
		send,
		async json(request) {
			const {text, contentType} = await send(request);
			return parseAnswer(text, contentType);
		},
	};
}

function isSuccess(status: number): boolean {
	return (status >= 200 && status < 300) || status === 304;
}

interface Verdict {
	readonly error: HoldfastError;
	readonly isRetryable: boolean;
	readonly retryAfterMilliseconds: number | null;
}

/** What a failed try means for the request, and what it says about the connection. */
function judge(parts: RequesterParts, request: ApiRequest, outcome: Outcome): Verdict {
	const {connection} = parts;
	if ('error' in outcome) {
		const {error} = outcome;
		if (!(error instanceof NetworkFailure)) {
			if (error.code !== 'Aborted') connection.failed(error.problem);
			return {error, isRetryable: false, retryAfterMilliseconds: null};
		}
		if (error.type === 'refused') connection.failed(error.problem);
		else if (error.type !== 'aborted' && error.type !== 'closed') connection.suspect();
		return {error, isRetryable: isRetryable(error, request.safety), retryAfterMilliseconds: null};
	}
	const {answer} = outcome;
	const status = readStatus(answer.status, answer.contentType, answer.text);
	const error = createApiError(request.subject, status, parts.context);
	const retryAfterMilliseconds = readRetryAfter(answer.retryAfter, status, Date.now());
	reportAnswer(connection, error);
	if (error.code === 'KindNotServed') parts.onKindNotServed();
	return {
		error,
		isRetryable: isRetryable({answer: status, code: error.code, retryAfterMilliseconds}, request.safety),
		retryAfterMilliseconds,
	};
}

/** A refusal is an answer too. A gateway's 502 to 504 may mean anything: a probe decides. */
export function reportAnswer(connection: Connection, error: ApiError): void {
	if (error.status === 401) connection.failed(error.problem);
	else if (error.status >= 502 && error.status <= 504) connection.suspect();
	else connection.answered();
}

function aborted(subject: Subject): HoldfastError {
	return new HoldfastError({code: 'Aborted', message: `${subject.verb} ${subject.resource} was given up`});
}

/** Throws UnexpectedAnswer: a login page of a proxy is no object. */
export function parseAnswer(text: string, contentType: string): Record<string, unknown> {
	let document: unknown;
	try {
		document = parseJson(text);
	} catch {
		document = null;
	}
	if (typeof document === 'object' && document !== null && !Array.isArray(document)) {
		return document as Record<string, unknown>;
	}
	throw new HoldfastError({
		code: 'UnexpectedAnswer',
		message: `the server answered with ${boundedText(contentType || 'something unnamed', 60)} instead of a Kubernetes object`,
		hint: 'is this the address of a Kubernetes API server?',
	});
}

/** Asks whether the API server is ready. Anything below 500 but a 401 is an answer of a living server. */
export function createProbe(transport: Transport, credentials: CredentialSource, context: string, timing: Timing) {
	return async (): Promise<void> => {
		const answer = await transport.send({
			method: 'GET',
			path: '/readyz',
			accept: '*/*',
			timeoutMilliseconds: timing.probeMilliseconds,
		});
		if (answer.status < 500 && answer.status !== 401) return;
		if (answer.status === 401) await credentials.renew(answer.credentials);
		throw createApiError(nothing, readStatus(answer.status, answer.contentType, answer.text), context);
	};
}
