import type {Socket} from 'node:net';
import {Emitter, type Message, type MessageReader, type MessageWriter} from 'vscode-jsonrpc/node';
import {HoldfastError} from '../model/errors.ts';
import {toResponseError} from './failure.ts';
import {createFrameDecoder} from './framing.ts';

/** A request is a few names. */
export const maximumRequestBytes = 1024 * 1024;
/** An answer may list tens of thousands of objects. */
export const maximumAnswerBytes = 64 * 1024 * 1024;

export interface Transport {
	readonly reader: MessageReader;
	readonly writer: MessageWriter;
}

/**
 * JSON-RPC messages over one socket. vscode-jsonrpc's own reader takes messages and headers of any size, and its own
 * writer queues without a bound behind a peer that does not read; these two have limits. Anything that is no message
 * ends the connection: `reader.onError` says why, then the socket is destroyed.
 *
 * @param onWritten Called after each message was handed to the socket, whose `writableLength` then tells what waits.
 */
export function createTransport(
	socket: Socket,
	options: {readonly maximumReadBytes: number; readonly maximumWriteBytes: number; readonly onWritten?: () => void},
): Transport {
	const errors = new Emitter<Error>();
	const writeErrors = new Emitter<[Error, Message | undefined, number | undefined]>();
	const closed = new Emitter<void>();
	socket.once('close', () => closed.fire());
	socket.on('error', error => errors.fire(error));
	return {
		reader: {
			onError: errors.event,
			onClose: closed.event,
			onPartialMessage: () => ({dispose() {}}),
			listen(callback) {
				const decode = createFrameDecoder(options.maximumReadBytes, body => callback(parseMessage(body)));
				const onData = (chunk: Buffer) => {
					try {
						decode(chunk);
					} catch (error) {
						socket.off('data', onData);
						errors.fire(error instanceof Error ? error : new Error(String(error)));
						socket.destroy();
					}
				};
				socket.on('data', onData);
				return {dispose: () => socket.off('data', onData)};
			},
			dispose() {
				errors.dispose();
				closed.dispose();
			},
		},
		writer: {
			onError: writeErrors.event,
			onClose: closed.event,
			async write(message) {
				if (!socket.writable) throw new Error('the connection is closed');
				const body = encode(message, options.maximumWriteBytes);
				socket.cork();
				socket.write(`Content-Length: ${body.length}\r\n\r\n`, 'latin1');
				socket.write(body);
				socket.uncork();
				options.onWritten?.();
			},
			end: () => socket.end(),
			dispose() {
				writeErrors.dispose();
				socket.destroy();
			},
		},
	};
}

function encode(message: Message, maximumBytes: number): Buffer {
	const body = Buffer.from(JSON.stringify(message));
	if (body.length <= maximumBytes) return body;
	const problem = new HoldfastError({
		code: 'AnswerTooLarge',
		message: `The answer has ${Math.ceil(body.length / 2 ** 20)} MiB, at most ${Math.floor(maximumBytes / 2 ** 20)} MiB are sent`,
		hint: 'Ask for less: one application, a shorter time, or a limit',
	});
	// Whoever waits for this answer must hear of it; for anything else the writer of the message does.
	if (!('id' in message) || 'method' in message) throw problem;
	return Buffer.from(JSON.stringify({jsonrpc: '2.0', id: message.id, error: toResponseError(problem).toJson()}));
}

/**
 * @throws Error for what is no JSON-RPC message: vscode-jsonrpc would go on after some of them, and throw inside for others.
 */
function parseMessage(body: Buffer): Message {
	const value: unknown = JSON.parse(body.toString('utf8'));
	if (!isRecord(value) || value.jsonrpc !== '2.0') throw new Error('no JSON-RPC message');
	const {id, method, params} = value;
	const isAnswer = method === undefined && isId(id) && ('result' in value || isRecord(value.error));
	const isCall = typeof method === 'string' && (id === undefined || isId(id)) && isParameters(params);
	// The one notification that vscode-jsonrpc looks into before any handler sees it.
	const isCancel = method === '$/cancelRequest' && !(isRecord(params) && isId(params.id));
	if ((!isAnswer && !isCall) || isCancel) throw new Error('no JSON-RPC message');
	return value as unknown as Message;
}

function isRecord(value: unknown): value is Record<string, unknown> {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isId(id: unknown): boolean {
	return typeof id === 'string' || typeof id === 'number';
}

function isParameters(parameters: unknown): boolean {
	return parameters === undefined || typeof parameters === 'object';
}
