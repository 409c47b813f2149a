import type {IncomingMessage, ServerResponse} from 'node:http';
import {createServer, type Server} from 'node:https';
import type {AddressInfo} from 'node:net';
import {anonymous, type User} from '../access/users.ts';
import type {Context} from '../api/context.ts';
import type {Audit} from '../audit/event.ts';
import {ApiError} from '../types.ts';
import {sendFailure, sendText} from './answer.ts';
import {auditExchange} from './audit-exchange.ts';
import type {Certificate} from './certificate.ts';
import type {Exchange} from './exchange.ts';
import {serveDiscovery} from './serve-discovery.ts';
import {serveResource} from './serve-resource.ts';
import {parseTarget} from './target.ts';

export interface HttpServer {
	/** `https://127.0.0.1:PORT`. */
	readonly url: string;
	/** Ends every connection, watches too. */
	close(): Promise<void>;
}

export interface HttpOptions {
	/** 0 or absent: any free one. */
	readonly port?: number;
	readonly users: readonly User[];
	readonly certificate: Certificate;
	/** Is told of every request after its answer. */
	readonly audit?: Audit;
}

/** Serves the API on loopback. Rejects when the port is taken. */
export async function serveHttp(context: Context, options: HttpOptions): Promise<HttpServer> {
	const usersByToken = new Map(options.users.map(user => [user.token, user]));
	const server = createServer(
		{key: options.certificate.key, cert: options.certificate.certificate},
		(request, response) => void serve(context, usersByToken, request, response, options.audit),
	);
	// Clients keep connections; one that is closed just when a request comes is an error they must see and repeat.
	server.keepAliveTimeout = 120_000;
	const port = await listen(server, options.port ?? 0);
	return {
		url: `https://127.0.0.1:${port}`,
		close: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

function listen(server: Server, port: number): Promise<number> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen({port, host: '127.0.0.1'}, () => resolve((server.address() as AddressInfo).port));
	});
}

async function serve(
	context: Context,
	users: ReadonlyMap<string, User>,
	request: IncomingMessage,
	response: ServerResponse,
	audit: Audit | undefined,
): Promise<void> {
	try {
		const {pathname, searchParams} = new URL(request.url ?? '/', 'http://127.0.0.1');
		const exchange: Exchange = {
			request,
			response,
			method: request.method ?? 'GET',
			path: pathname,
			query: searchParams,
			user: authenticate(users, request),
		};
		if (audit) auditExchange(exchange, audit);
		if (serveDiscovery(context, exchange)) return;
		const target = parseTarget(pathname);
		if (target) await serveResource(context, exchange, target);
		else sendText(response, 404, '404 page not found\n');
	} catch (error) {
		if (response.headersSent) response.destroy();
		else sendFailure(response, error);
	} finally {
		// What was not read of a body would be taken for the next request.
		request.resume();
	}
}

/** Who a request comes from, by its bearer token. Throws 401 for one that nobody has. */
function authenticate(users: ReadonlyMap<string, User>, request: IncomingMessage): User {
	const token = tokenOf(request);
	if (token === null) return anonymous;
	const user = users.get(token);
	if (user) return user;
	throw new ApiError({code: 401, reason: 'Unauthorized', message: 'Unauthorized'});
}

function tokenOf(request: IncomingMessage): string | null {
	return /^Bearer\s+(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? null;
}
