import type {Exchange} from './exchange.ts';
import {isTrue} from './parameters.ts';
import type {Target} from './target.ts';

const verbs: Readonly<Record<string, readonly [one: string, many: string]>> = {
	GET: ['get', 'list'],
	POST: ['create', 'create'],
	PUT: ['update', ''],
	PATCH: ['patch', ''],
	DELETE: ['delete', 'deletecollection'],
};

/** The verb that access rules and the audit log know a request by; empty for a method that objects do not have. */
export function verbOf({method, query}: Exchange, {name}: Target): string {
	const [one, many] = verbs[method] ?? ['', ''];
	if (method === 'GET' && !name && isTrue(query.get('watch'))) return 'watch';
	return name ? one : many;
}
