/** Connection pools: one for ordinary requests and one for watches, per TLS identity. */
import {KubeConfig} from '@kubernetes/client-node/dist/config.js';
import type {RequestContext} from '@kubernetes/client-node/dist/gen/http/http.js';
import {Agent, type Dispatcher, ProxyAgent} from 'undici';
import type {SelectedContext} from './contexts.ts';
import {singleContext, type TlsIdentity} from './credentials.ts';
import {textOf} from './kubeconfig-files.ts';
import {findProxy} from './proxy.ts';
import type {Timing} from './timing.ts';

export interface Pools {
	readonly requests: Dispatcher;
	readonly watches: Dispatcher;
}

/** Idle connections stay open: healing must not wait for a handshake. Below the 60 s of common load balancers. */
const idleMilliseconds = 50_000;
/** As client-go: finds connections that a firewall has forgotten. */
const keepAliveMilliseconds = 30_000;
/** No answer of an API server comes near; a string cannot hold much more. */
const largestAnswerBytes = 256 * 1024 * 1024;

export async function openPools(context: SelectedContext, tls: TlsIdentity, timing: Timing): Promise<Pools> {
	return {
		requests: await openPool(context, tls, timing, largestAnswerBytes),
		watches: await openPool(context, tls, timing, -1),
	};
}

/**
 * HTTP/1.1 on purpose: as fast as HTTP/2 in our measurements, and a connection that dies takes one request with it instead
 * of all of them.
 */
async function openPool(
	context: SelectedContext,
	tls: TlsIdentity,
	timing: Timing,
	maxResponseSize: number,
): Promise<Dispatcher> {
	const common = {
		allowH2: false,
		maxResponseSize,
		keepAliveTimeout: idleMilliseconds,
		keepAliveMaxTimeout: idleMilliseconds,
		connectTimeout: timing.connectMilliseconds,
	};
	const proxy = findProxy(context.server, textOf(context.cluster['proxy-url']));
	if (proxy?.startsWith('socks')) return openSocksPool(context.server, tls, proxy);
	const keepAlive = {keepAlive: true, keepAliveInitialDelay: keepAliveMilliseconds};
	if (!proxy) return new Agent({...common, connect: {...tls, ...keepAlive, timeout: timing.connectMilliseconds}});
	return new ProxyAgent({...common, uri: proxy, requestTls: {...tls, ...keepAlive}});
}

/** The client library has a SOCKS connector of its own; undici's is experimental and says so on standard error. */
async function openSocksPool(server: string, tls: TlsIdentity, proxy: string): Promise<Dispatcher> {
	const encoded = (part: Buffer | string | undefined): string | undefined =>
		part === undefined ? undefined : Buffer.from(part).toString('base64');
	const cluster = {
		server,
		'proxy-url': proxy,
		'certificate-authority-data': encoded(tls.ca),
		'tls-server-name': tls.servername,
		'insecure-skip-tls-verify': tls.rejectUnauthorized === false,
	};
	const user = {'client-certificate-data': encoded(tls.cert), 'client-key-data': encoded(tls.key)};
	const config = new KubeConfig();
	config.loadFromString(JSON.stringify(singleContext(cluster, user)));
	let made: Dispatcher | undefined;
	const receiver = {
		setHeaderParam: () => {},
		setDispatcher: (dispatcher: Dispatcher) => {
			made = dispatcher;
		},
	};
	await config.applySecurityAuthentication(receiver as unknown as RequestContext);
	return made ?? new Agent({allowH2: false});
}
