/** Which proxy leads to an API server: the kubeconfig's `proxy-url`, else the environment's, as kubectl does. */
import {BlockList, isIP} from 'node:net';

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy's address, or null for a direct connection. Addresses of this machine never go through the environment's. */
export function findProxy(server: string, proxyUrl: string, environment: Environment = process.env): string | null {
	if (proxyUrl) return proxyUrl;
	const {protocol, hostname, port} = new URL(server);
	const name = protocol === 'https:' ? 'HTTPS_PROXY' : 'HTTP_PROXY';
	const proxy = environment[name] || environment[name.toLowerCase()];
	if (!proxy) return null;
	const host = hostname.replace(/^\[|\]$/g, '').toLowerCase();
	if (host === 'localhost' || host === '::1' || host.startsWith('127.')) return null;
	const exceptions = (environment.NO_PROXY || environment.no_proxy || '').toLowerCase().split(',');
	const isDirect = exceptions.some(exception =>
		matches(exception.trim(), host, port || (protocol === 'https:' ? '443' : '80')),
	);
	if (isDirect) return null;
	return proxy.includes('://') ? proxy : `http://${proxy}`;
}

/** Go's rules: `*`, `host`, `.domain` and `domain` (both with what is below), `host:port`, an address, a CIDR block. */
function matches(exception: string, host: string, port: string): boolean {
	if (exception === '') return false;
	if (exception === '*') return true;
	if (exception.includes('/')) return isInBlock(exception, host);
	const [, name = '', onlyPort = ''] = /^(.*?)(?::(\d+))?$/.exec(isIP(exception) === 6 ? '' : exception) ?? [];
	if (isIP(exception) !== 0) return exception === host;
	if (onlyPort && onlyPort !== port) return false;
	const domain = name.replace(/^\*?\./, '');
	return domain !== '' && ((!name.startsWith('.') && host === domain) || host.endsWith(`.${domain}`));
}

function isInBlock(block: string, host: string): boolean {
	const [network = '', length = ''] = block.split('/');
	const family = isIP(network);
	if (family === 0 || isIP(host) !== family || !/^\d{1,3}$/.test(length)) return false;
	const type = family === 4 ? 'ipv4' : 'ipv6';
	if (Number(length) > (family === 4 ? 32 : 128)) return false;
	const list = new BlockList();
	list.addSubnet(network, Number(length), type);
	return list.check(host, type);
}
