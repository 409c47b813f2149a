import {type Audit, auditEvent, auditedObject, microTime} from '../audit/event.ts';
import type {Exchange} from './exchange.ts';
import {parseTarget} from './target.ts';
import {verbOf} from './verb.ts';

/** Tells of the exchange when it has been answered. Throws 400 for a path that cannot be read. */
export function auditExchange(exchange: Exchange, audit: Audit): void {
	const {request, response, method, path, user} = exchange;
	const received = microTime();
	const target = parseTarget(path);
	const verb = target ? verbOf(exchange, target) : method.toLowerCase();
	response.once('close', () =>
		audit(
			auditEvent({
				uri: request.url ?? '',
				verb,
				user,
				userAgent: request.headers['user-agent'] ?? '',
				...(target ? {object: auditedObject({...target, name: target.name || exchange.createdName})} : {}),
				code: response.statusCode,
				received,
			}),
		),
	);
}
