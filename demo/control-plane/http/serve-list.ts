import type {Context} from '../api/context.ts';
import {type ListOptions, listObjects} from '../api/list.ts';
import {viewList} from '../encode/view.ts';
import type {Resource} from '../kinds/resource.ts';
import {sendObject} from './answer.ts';
import type {Exchange} from './exchange.ts';
import {negotiate} from './negotiate.ts';
import type {Target} from './target.ts';
import {viewOptionsOf} from './view-options.ts';

export function serveList(context: Context, exchange: Exchange, resource: Resource, target: Target): void {
	const {view, mediaType} = negotiate(exchange.request.headers.accept, {isList: true});
	const answer = listObjects(context, resource, listOptionsOf(exchange.query, target));
	sendObject(
		exchange.response,
		200,
		mediaType,
		viewList(resource, answer, view, viewOptionsOf(context, exchange.query)),
	);
}

export function listOptionsOf(query: URLSearchParams, {namespace}: Pick<Target, 'namespace'>): ListOptions {
	return {
		namespace,
		labelSelector: query.get('labelSelector') ?? '',
		fieldSelector: query.get('fieldSelector') ?? '',
		resourceVersion: query.get('resourceVersion') ?? '',
		resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
		limit: Number(query.get('limit') ?? 0),
		continueToken: query.get('continue') ?? '',
	};
}
