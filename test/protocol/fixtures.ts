import {mkdtempSync, rmSync} from 'node:fs';
import {createConnection, type Socket} from 'node:net';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {onTestFinished, vi} from 'vitest';
import {type ConnectOptions, connect, type ProtocolClient} from '../../source/protocol/client.ts';
import {protocolVersion} from '../../source/protocol/messages/state.ts';
import {type Handlers, type ProtocolServer, serve} from '../../source/protocol/server.ts';
import {testHandlers} from './stand-ins.ts';

export function temporaryDirectory(): string {
	const directory = mkdtempSync(join(tmpdir(), 'hf-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}

export interface TestServer {
	readonly server: ProtocolServer;
	readonly socket: string;
	readonly counts: number[];
	/** Every log line: level and message. */
	readonly lines: string[];
	/** Fields and message of every log line, as text. */
	readonly text: () => string;
}

export async function startServer(options: {handlers?: Partial<Handlers>; socket?: string} = {}): Promise<TestServer> {
	const socket = options.socket ?? join(temporaryDirectory(), 'w.sock');
	const counts: number[] = [];
	const lines: string[] = [];
	const details: string[] = [];
	const write = (level: string) => (fields: object, message: string) => {
		lines.push(`${level}: ${message}`);
		details.push(JSON.stringify({level, ...fields, message}));
	};
	const server = await serve({
		socket,
		handlers: testHandlers(options.handlers),
		onClients: count => counts.push(count),
		log: {debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error')},
	});
	onTestFinished(() => server.close());
	return {server, socket, counts, lines, text: () => details.join('\n')};
}

export async function connectTo(socket: string, options: Partial<ConnectOptions> = {}): Promise<ProtocolClient> {
	const client = await connect({socket, client: 'ana@test', subscribe: true, timeoutMilliseconds: 5_000, ...options});
	onTestFinished(() => client.close());
	return client;
}

/** A connection without any manners. */
export async function openRaw(socket: string): Promise<{raw: Socket; received: () => string; closed: Promise<void>}> {
	const raw = createConnection(socket);
	onTestFinished(() => {
		raw.destroy();
	});
	const {promise: closed, resolve} = Promise.withResolvers<void>();
	let text = '';
	raw.on('data', chunk => {
		text += chunk.toString('utf8');
	});
	raw.on('error', () => {});
	raw.on('close', () => resolve());
	await vi.waitFor(() => {
		if (raw.connecting) throw new Error('connecting');
	});
	return {raw, received: () => text, closed};
}

export function frame(message: unknown): string {
	const body = typeof message === 'string' ? message : JSON.stringify(message);
	return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

export function attachFrame(fields: object = {}): string {
	const params = {protocolVersion, client: 'raw', subscribe: true, ...fields};
	return frame({jsonrpc: '2.0', id: 1, method: 'attach', params});
}
