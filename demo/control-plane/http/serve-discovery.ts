import type {Context} from '../api/context.ts';
import {noSuchResource} from '../api/failures.ts';
import {groupDiscoveryList} from '../discovery/aggregated.ts';
import {apiGroup, apiGroupList, apiResourceList, apiVersions} from '../discovery/legacy.ts';
import {openApiDocument, openApiIndex} from '../discovery/open-api.ts';
import {cutDiscovery} from '../kinds/data.ts';
import {sendObject, sendText} from './answer.ts';
import type {Exchange} from './exchange.ts';
import {parseAccept} from './negotiate.ts';

const aggregatedType = 'application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList';

/** Serves what is not about objects. Returns false for a path that it does not know. */
export function serveDiscovery(context: Context, exchange: Exchange): boolean {
	const parts = exchange.path.split('/').filter(Boolean);
	const [root = '', group = '', version = '', rest] = parts;
	switch (root) {
		case 'version':
			return send(exchange, versionInfo());
		case 'healthz':
		case 'livez':
		case 'readyz':
			sendText(exchange.response, 200, 'ok');
			return true;
		case 'api':
			if (!group) return sendRoot(context, exchange, {isCore: true});
			if (version) return false;
			return sendFound(exchange, apiResourceList(context.registry, '', group));
		case 'apis':
			if (!group) return sendRoot(context, exchange, {isCore: false});
			if (rest) return false;
			return sendGroup(context, exchange, group, version);
		case 'openapi':
			return serveOpenApi(context, exchange, parts);
		default:
			return false;
	}
}

function sendGroup({registry}: Context, exchange: Exchange, group: string, version: string): boolean {
	const found = version ? apiResourceList(registry, group, version) : apiGroup(registry, group);
	if (!found && registry.isBuiltInGroup(group)) throw noSuchResource();
	return sendFound(exchange, found);
}

function serveOpenApi({registry}: Context, exchange: Exchange, [, kind, root, ...path]: readonly string[]): boolean {
	if (kind !== 'v3') return false;
	if (!root) return send(exchange, openApiIndex(registry));
	const [group = '', version = ''] = root === 'api' ? ['', path[0]] : path;
	return sendFound(exchange, version ? openApiDocument(registry, group, version) : null);
}

function sendRoot({registry}: Context, exchange: Exchange, {isCore}: {isCore: boolean}): boolean {
	const isAggregated = parseAccept(exchange.request.headers.accept).some(
		({parameters: {as, v, g}}) => as === 'APIGroupDiscoveryList' && g === 'apidiscovery.k8s.io' && v === 'v2',
	);
	if (isAggregated) {
		sendObject(exchange.response, 200, aggregatedType, groupDiscoveryList(registry, {isCore}));
		return true;
	}
	const address = exchange.request.headers.host ?? '';
	return send(exchange, isCore ? apiVersions(address) : apiGroupList(registry));
}

function send({response}: Exchange, value: object): boolean {
	sendObject(response, 200, 'application/json', value);
	return true;
}

function sendFound(exchange: Exchange, value: object | null): boolean {
	if (value) return send(exchange, value);
	sendText(exchange.response, 404, '404 page not found\n');
	return true;
}

function versionInfo(): object {
	const {major, minor, gitVersion} = cutDiscovery().version;
	return {
		major,
		minor,
		gitVersion,
		gitCommit: '',
		gitTreeState: 'clean',
		buildDate: '1970-01-01T00:00:00Z',
		goVersion: 'none',
		compiler: 'none',
		platform: 'embedded',
	};
}
