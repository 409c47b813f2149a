import {Buffer} from 'node:buffer';
import type {IncomingMessage} from 'node:http';
import {request} from 'node:https';
import {clearTimeout, setTimeout} from 'node:timers';
import {parseJson} from '../../../../source/model/json.ts';

export interface Server {
	readonly url: string;
	/** PEM of its authority. */
	readonly certificate: string;
}

export interface Request {
	readonly method: string;
	/** With query. */
	readonly path: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
}

export interface Response {
	readonly code: number;
	readonly contentType: string;
	readonly warnings: readonly string[];
	/** Parsed when it is JSON, text otherwise. */
	readonly body: unknown;
}

function open(server: Server, {method, path, headers, body}: Request): Promise<IncomingMessage> {
	return new Promise((resolve, reject) => {
		const length = body === undefined ? {} : {'content-length': String(Buffer.byteLength(body))};
		const options = {method, headers: {...headers, ...length}, ca: server.certificate};
		const sent = request(`${server.url}${path}`, options, resolve);
		sent.on('error', reject);
		sent.end(body);
	});
}

async function textOf(message: IncomingMessage): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of message) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks).toString('utf8');
}

function responseOf(message: IncomingMessage, text: string): Response {
	const contentType = message.headers['content-type'] ?? '';
	const warning = message.headersDistinct.warning ?? [];
	const body = contentType.startsWith('application/json') && text ? parseJson(text) : text;
	return {code: message.statusCode ?? 0, contentType, warnings: warning, body};
}

export async function send(server: Server, exchange: Request): Promise<Response> {
	const message = await open(server, exchange);
	return responseOf(message, await textOf(message));
}

/** Opens a watch, does something while it is open, and resolves with its events once enough came or it ended. */
export async function watch(
	server: Server,
	exchange: Request,
	{expected, whileOpen}: {readonly expected: number; readonly whileOpen: () => Promise<void>},
): Promise<Response> {
	const message = await open(server, exchange);
	if (message.statusCode !== 200) return responseOf(message, await textOf(message));
	const events: unknown[] = [];
	// What does not come in time does not come; the comparison says what is missing.
	const deadline = setTimeout(() => message.destroy(), 10_000);
	const acting = whileOpen();
	let rest = '';
	message.setEncoding('utf8');
	try {
		for await (const chunk of message) {
			const lines = (rest + String(chunk)).split('\n');
			rest = lines.pop() ?? '';
			events.push(...lines.filter(Boolean).map(line => parseJson(line)));
			// A recorded watch that the client ended is ended when the last event is there.
			if (expected > 0 && events.length >= expected) break;
		}
	} catch {
		// Ended by the deadline.
	}
	clearTimeout(deadline);
	message.destroy();
	await acting;
	return {code: 200, contentType: message.headers['content-type'] ?? '', warnings: [], body: events};
}
