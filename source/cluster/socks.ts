/**
 * Connections through a SOCKS5 proxy (RFC 1928, passwords by RFC 1929). Our own, because the client library's throws past
 * every handler when the server is an IP address, and undici's is experimental and says so on standard error.
 */
import {connect, type Socket} from 'node:net';
import {buildConnector} from 'undici';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import type {TlsIdentity} from './credentials.ts';

const version = 5;
const connectCommand = 1;
const withoutLogin = 0;
const withPassword = 2;
const domainName = 3;
const addressBytes: Readonly<Record<number, number>> = {1: 4, 4: 16};

/** RFC 1928, section 6. */
const replies: Readonly<Record<number, string>> = {
	1: 'general failure',
	2: 'not allowed by its rules',
	3: 'network unreachable',
	4: 'host unreachable',
	5: 'connection refused',
	6: 'it took too long',
	7: 'it cannot connect',
	8: 'address type not supported',
};

/** A connector for undici. Names are resolved by the proxy, as kubectl does. Throws ContextInvalid for SOCKS4. */
export function createSocksConnector(
	proxy: string,
	tls: TlsIdentity,
	timeoutMilliseconds: number,
): buildConnector.connector {
	const address = new URL(proxy);
	if (!/^socks5?h?:$/.test(address.protocol)) {
		throw new HoldfastError({
			code: 'ContextInvalid',
			message: `proxies of the kind ${boundedText(address.protocol, 20)} are not supported`,
			hint: 'use http, https or socks5 in proxy-url',
		});
	}
	const secure = buildConnector({...tls, allowH2: false, timeout: timeoutMilliseconds});
	return (options, callback) => {
		const isSecure = options.protocol === 'https:';
		const port = Number(options.port) || (isSecure ? 443 : 80);
		openTunnel(address, options.hostname.replace(/^\[|\]$/g, ''), port, timeoutMilliseconds).then(
			socket => (isSecure ? secure({...options, httpSocket: socket}, callback) : callback(null, socket)),
			(error: Error) => callback(error, null),
		);
	};
}

async function openTunnel(proxy: URL, host: string, port: number, timeoutMilliseconds: number): Promise<Socket> {
	const socket = connect({
		host: proxy.hostname.replace(/^\[|\]$/g, ''),
		port: Number(proxy.port) || 1080,
		keepAlive: true,
		keepAliveInitialDelay: 30_000,
	});
	const timer = setTimeout(
		() => socket.destroy(failure('no connection through the proxy in time')),
		timeoutMilliseconds,
	);
	try {
		await greet(socket, proxy);
		const name = Buffer.from(host);
		if (name.length > 255) throw failure('the name is too long');
		socket.write(Buffer.from([version, connectCommand, 0, domainName, name.length, ...name, port >> 8, port & 0xff]));
		const [, reply = 1, , type = 1] = await read(socket, 4);
		if (reply !== 0) throw failure(`the proxy answered: ${replies[reply] ?? `code ${reply}`}`);
		// The address it connected from, which nobody needs.
		const length = type === domainName ? (await read(socket, 1))[0]! : (addressBytes[type] ?? 4);
		await read(socket, length + 2);
		return socket;
	} catch (error) {
		socket.destroy();
		throw error;
	} finally {
		clearTimeout(timer);
	}
}

async function greet(socket: Socket, proxy: URL): Promise<void> {
	const user = Buffer.from(decodeURIComponent(proxy.username));
	const password = Buffer.from(decodeURIComponent(proxy.password));
	const methods = user.length > 0 ? [withoutLogin, withPassword] : [withoutLogin];
	socket.write(Buffer.from([version, methods.length, ...methods]));
	const [spoken, method] = await read(socket, 2);
	if (spoken !== version) throw failure('the proxy does not speak SOCKS5');
	if (method === withoutLogin) return;
	if (method !== withPassword || user.length === 0 || user.length > 255 || password.length > 255) {
		throw failure('the proxy wants another login');
	}
	socket.write(Buffer.from([1, user.length, ...user, password.length, ...password]));
	const [, status] = await read(socket, 2);
	if (status !== 0) throw failure('the proxy refused user and password');
}

/** Exactly so many bytes; rejects when the connection ends before. */
function read(socket: Socket, length: number): Promise<Buffer> {
	return new Promise((resolve, reject) => {
		const forget = (): void => {
			socket.off('readable', take);
			socket.off('error', fail);
			socket.off('close', cut);
		};
		const take = (): void => {
			const bytes = socket.read(length) as Buffer | null;
			if (!bytes) return;
			forget();
			resolve(bytes);
		};
		const fail = (error: Error): void => {
			forget();
			reject(error);
		};
		const cut = (): void => fail(failure('the proxy closed the connection'));
		socket.on('readable', take);
		socket.on('error', fail);
		socket.on('close', cut);
		take();
	});
}

function failure(message: string): Error {
	return Object.assign(new Error(message), {code: 'ERR_SOCKS'});
}
