/** Sends single requests over the pools and hands back answers; knows nothing of Kubernetes but its authentication. */
import type {Dispatcher} from 'undici';
import type {SelectedContext} from './contexts.ts';
import type {CredentialSource, Credentials} from './credentials.ts';
import {openPools, type Pools} from './dispatcher.ts';
import {NetworkFailure, toNetworkFailure} from './network-failures.ts';
import type {Timing} from './timing.ts';

export interface Exchange {
	readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
	/** With query, percent-encoded, below the server's address. */
	readonly path: string;
	readonly accept: string;
	readonly contentType?: string;
	readonly body?: string;
	readonly etag?: string;
	/** Until the headers come, and between two pieces of the body. */
	readonly timeoutMilliseconds: number;
	/** Between two pieces of the body, when that differs. */
	readonly bodyTimeoutMilliseconds?: number;
	readonly signal?: AbortSignal;
}

export interface Answer {
	readonly status: number;
	readonly contentType: string;
	/** As sent: seconds or a date. */
	readonly retryAfter: string;
	readonly etag: string;
	/** The server's clock, as sent: an HTTP date. */
	readonly date: string;
	/** Our clock when the request was sent: epoch milliseconds. */
	readonly sentAt: number;
	readonly text: string;
	/** What the request was authenticated with; for renewing it after a 401. */
	readonly credentials: Credentials;
}

/** An answer whose body is still coming. */
export interface OpenAnswer extends Omit<Answer, 'text'> {
	readonly body: Dispatcher.ResponseData['body'];
}

export interface Transport {
	/** Rejects with NetworkFailure, or AuthenticationFailed when there are no credentials. Redirects are not followed. */
	send(exchange: Exchange): Promise<Answer>;
	/** For watches: other connections, and the body comes as it comes. */
	open(exchange: Exchange): Promise<OpenAnswer>;
	/** Ends everything at once. */
	destroy(): Promise<void>;
}

export function createTransport(
	context: SelectedContext,
	credentials: CredentialSource,
	options: {userAgent: string; timing: Timing},
): Transport {
	const {origin, pathname} = new URL(context.server);
	const prefix = pathname.replace(/\/+$/, '');
	/** Of former certificates: they end with their last request. */
	const retired = new Set<Pools>();
	let current: {tlsKey: string; pools: Pools} | null = null;
	let isDestroyed = false;

	const retire = async (pools: Pools): Promise<void> => {
		retired.add(pools);
		await Promise.allSettled([pools.requests.close(), pools.watches.close()]);
		retired.delete(pools);
	};
	const poolsFor = (ready: Credentials): Pools => {
		if (isDestroyed) throw closedFailure();
		if (current?.tlsKey === ready.tlsKey) return current.pools;
		if (current) void retire(current.pools);
		current = {tlsKey: ready.tlsKey, pools: openPools(context, ready.tls, options.timing)};
		return current.pools;
	};

	const dispatch = async (exchange: Exchange, pool: keyof Pools): Promise<OpenAnswer> => {
		let ready = credentials.current();
		if (ready instanceof Promise) ready = await ready;
		const pools = poolsFor(ready);
		const headers: Record<string, string | string[]> = {
			'user-agent': options.userAgent,
			...ready.headers,
			accept: exchange.accept,
		};
		if (exchange.contentType) headers['content-type'] = exchange.contentType;
		if (exchange.etag) headers['if-none-match'] = exchange.etag;
		const sentAt = Date.now();
		const response = await pools[pool].request({
			origin,
			path: prefix + exchange.path,
			method: exchange.method,
			headers,
			body: exchange.body ?? null,
			headersTimeout: exchange.timeoutMilliseconds,
			bodyTimeout: exchange.bodyTimeoutMilliseconds ?? exchange.timeoutMilliseconds,
			...(exchange.signal ? {signal: exchange.signal} : {}),
		});
		return {
			status: response.statusCode,
			contentType: single(response.headers['content-type']),
			retryAfter: single(response.headers['retry-after']),
			etag: single(response.headers.etag),
			date: single(response.headers.date),
			sentAt,
			body: response.body,
			credentials: ready,
		};
	};

	/** Problems of authentication keep their own code; everything else is the network's. */
	const failure = (error: unknown): unknown => {
		if (error instanceof Error && 'problem' in error) return error;
		return isDestroyed ? closedFailure(error) : toNetworkFailure(context.server, error);
	};
	const closedFailure = (cause?: unknown): NetworkFailure => {
		const message = `the connection to ${context.server} is closed`;
		return new NetworkFailure('closed', {code: 'ClusterClosed', message}, {cause});
	};

	return {
		async send(exchange) {
			try {
				const {body, ...answer} = await dispatch(exchange, 'requests');
				return {...answer, text: await body.text()};
			} catch (error) {
				throw failure(error);
			}
		},
		async open(exchange) {
			try {
				return await dispatch(exchange, 'watches');
			} catch (error) {
				throw failure(error);
			}
		},
		async destroy() {
			isDestroyed = true;
			const all = [...retired];
			if (current) all.push(current.pools);
			await Promise.all(all.map(destroyPools));
		},
	};
}

async function destroyPools(pools: Pools): Promise<void> {
	await Promise.all([pools.requests.destroy(), pools.watches.destroy()]);
}

function single(header: string | string[] | undefined): string {
	return (Array.isArray(header) ? header[0] : header) ?? '';
}
