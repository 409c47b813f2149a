import {badRequest} from '../api/failures.ts';

/** What a path of the API names. */
export interface Target {
	readonly group: string;
	readonly version: string;
	/** Plural. */
	readonly resource: string;
	/** Empty: cluster-scoped, or all namespaces. */
	readonly namespace: string;
	/** Empty: the collection. */
	readonly name: string;
	readonly subresource: string;
}

/** Subresources of a namespace; anything else below its name is a resource in it. */
const ofNamespaces: ReadonlySet<string> = new Set(['status', 'finalize']);

/** Reads `/api/v1/…` and `/apis/GROUP/VERSION/…`; null for paths that name no resource. Throws 400 for broken escapes. */
export function parseTarget(path: string): Target | null {
	const parts = path.split('/').filter(Boolean).map(decode);
	const isCore = parts[0] === 'api';
	if (!isCore && parts[0] !== 'apis') return null;
	const [group = '', version = '', rest] = isCore
		? ['', parts[1], parts.slice(2)]
		: [parts[1], parts[2], parts.slice(3)];
	if (!version || rest.length === 0) return null;
	const isInside = rest[0] === 'namespaces' && rest.length > 2 && !ofNamespaces.has(rest[2] ?? '');
	const namespace = isInside ? (rest[1] ?? '') : '';
	const [resource = '', name = '', ...below] = isInside ? rest.slice(2) : rest;
	return {group, version, resource, namespace, name, subresource: below.join('/')};
}

function decode(part: string): string {
	try {
		return decodeURIComponent(part);
	} catch {
		throw badRequest(`invalid URL escape ${JSON.stringify(part)}`);
	}
}
