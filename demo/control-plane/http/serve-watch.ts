import {clearInterval, clearTimeout, setInterval, setTimeout} from 'node:timers';
import {stringifyJson} from '../../../source/model/json.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Context} from '../api/context.ts';
import {watchObjects} from '../api/watch.ts';
import {tableOf} from '../encode/table.ts';
import {viewObject} from '../encode/view.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';
import {ApiError} from '../types.ts';
import {statusOf} from './answer.ts';
import type {Exchange} from './exchange.ts';
import {type Encoding, negotiate} from './negotiate.ts';
import {isTrue} from './parameters.ts';
import type {Target} from './target.ts';
import {viewOptionsOf} from './view-options.ts';

const bookmarkMilliseconds = 60_000;
/** One more comes this long before the end, so that the next watch starts from there. */
const lastBookmarkSeconds = 2;
/** A watch that names no end gets one between 30 and 60 minutes, spread so that not all come back at once. */
const defaultSeconds = (): number => 1_800 + Math.floor(Math.random() * 1_800);

/** Serves a watch until its time is over or the client leaves. Throws before the first byte only. */
export function serveWatch(context: Context, exchange: Exchange, resource: Resource, target: Target): void {
	const {query, response} = exchange;
	const encoding = negotiate(exchange.request.headers.accept, {isList: false});
	const write = (type: string, object: unknown): void => {
		response.write(`${stringifyJson({type, object})}\n`);
	};
	const view = eventView(context, exchange, resource, encoding);
	const hasBookmarks = isTrue(query.get('allowWatchBookmarks'));
	const early: [string, unknown][] = [];
	let send = (type: string, object: unknown): void => void early.push([type, object]);
	let end = (): void => {};
	try {
		end = watchObjects(
			context,
			resource,
			{
				namespace: target.namespace,
				labelSelector: query.get('labelSelector') ?? '',
				fieldSelector: fieldsOf(query, target),
				resourceVersion: query.get('resourceVersion') ?? '',
				resourceVersionMatch: query.get('resourceVersionMatch') ?? '',
				...(query.has('sendInitialEvents') ? {sendInitialEvents: isTrue(query.get('sendInitialEvents'))} : {}),
				allowWatchBookmarks: hasBookmarks,
			},
			{
				onEvent: (type, object) => send(type, view(object)),
				onBookmark: (revision, isInitialEnd) => send('BOOKMARK', bookmark(resource, encoding, revision, isInitialEnd)),
			},
		);
	} catch (error) {
		// What is too old is told in the stream: the request itself was right.
		if (!(error instanceof ApiError) || error.failure.code !== 410) throw error;
		early.push(['ERROR', statusOf(error)]);
	}
	response.writeHead(200, {'Content-Type': 'application/json', 'Cache-Control': 'no-cache, private'});
	response.flushHeaders();
	for (const [type, object] of early) write(type, object);
	if (early.at(-1)?.[0] === 'ERROR') {
		response.end();
		return;
	}
	send = write;
	const sendBookmark = (): void =>
		write('BOOKMARK', bookmark(resource, encoding, String(context.store.revision), false));
	const seconds = Number(query.get('timeoutSeconds') ?? 0) || defaultSeconds();
	const bookmarks = hasBookmarks ? setInterval(sendBookmark, bookmarkMilliseconds) : undefined;
	const last =
		hasBookmarks && seconds > lastBookmarkSeconds
			? setTimeout(sendBookmark, (seconds - lastBookmarkSeconds) * 1000)
			: undefined;
	const timeout = setTimeout(() => response.end(), seconds * 1000);
	for (const timer of [bookmarks, last, timeout]) timer?.unref();
	response.on('close', () => {
		end();
		clearInterval(bookmarks);
		clearTimeout(last);
		clearTimeout(timeout);
	});
}

/** A watch of one object by its path is a watch with its name as field selector. */
function fieldsOf(query: URLSearchParams, {name}: Target): string {
	return name ? `metadata.name=${name}` : (query.get('fieldSelector') ?? '');
}

function eventView(
	context: Context,
	{query}: Exchange,
	resource: Resource,
	{view}: Encoding,
): (object: KubernetesObject) => unknown {
	let isFirst = true;
	return object => {
		const options = viewOptionsOf(context, query);
		if (view !== 'table') return viewObject(resource, object, view, options);
		const hasDefinitions = isFirst;
		isFirst = false;
		const {resourceVersion = ''} = object.metadata;
		return tableOf(resource, [object], {resourceVersion}, options, {hasDefinitions});
	};
}

/** An event that only tells how far the stream is (KEP-956). */
function bookmark(resource: Resource, {view}: Encoding, resourceVersion: string, isInitialEnd: boolean): unknown {
	const metadata = {
		resourceVersion,
		...(isInitialEnd ? {annotations: {'k8s.io/initial-events-end': 'true'}} : {}),
	};
	switch (view) {
		case 'object':
			return {kind: resource.kind, apiVersion: apiVersionOfKind(resource), metadata};
		case 'metadata':
			return {kind: 'PartialObjectMetadata', apiVersion: 'meta.k8s.io/v1', metadata};
		case 'table':
			return {
				kind: 'Table',
				apiVersion: 'meta.k8s.io/v1',
				metadata: {resourceVersion},
				columnDefinitions: null,
				rows: [],
			};
	}
}
