/** Connection pools: one for ordinary requests and one for watches, per TLS identity. */
import {Agent, type Dispatcher, ProxyAgent} from 'undici';
import {HoldfastError} from '../model/errors.ts';
import type {SelectedContext} from './contexts.ts';
import type {TlsIdentity} from './credentials.ts';
import {textOf} from './kubeconfig-files.ts';
import {findProxy} from './proxy.ts';
import {createSocksConnector} from './socks.ts';
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

/** Throws ContextInvalid for a proxy that is not supported. */
export function openPools(context: SelectedContext, tls: TlsIdentity, timing: Timing): Pools {
	return {
		requests: openPool(context, tls, timing, largestAnswerBytes),
		watches: openPool(context, tls, timing, -1),
	};
}

/**
 * HTTP/1.1 on purpose: as fast as HTTP/2 in our measurements, and a connection that dies takes one request with it instead
 * of all of them.
 */
function openPool(context: SelectedContext, tls: TlsIdentity, timing: Timing, maxResponseSize: number): Dispatcher {
	const common = {
		allowH2: false,
		maxResponseSize,
		keepAliveTimeout: idleMilliseconds,
		keepAliveMaxTimeout: idleMilliseconds,
		connectTimeout: timing.connectMilliseconds,
	};
	const proxy = findProxy(context.server, textOf(context.cluster['proxy-url']));
	const keepAlive = {keepAlive: true, keepAliveInitialDelay: keepAliveMilliseconds};
	if (proxy && !URL.canParse(proxy)) {
		throw new HoldfastError({
			code: 'ContextInvalid',
			message: 'the address of the proxy is no URL',
			hint: 'check proxy-url and HTTPS_PROXY',
		});
	}
	if (proxy?.startsWith('socks')) {
		return new Agent({...common, connect: createSocksConnector(proxy, tls, timing.connectMilliseconds)});
	}
	if (!proxy) return new Agent({...common, connect: {...tls, ...keepAlive, timeout: timing.connectMilliseconds}});
	return new ProxyAgent({...common, uri: proxy, requestTls: {...tls, ...keepAlive}});
}
