import type {Context} from '../api/context.ts';
import {type Deletion, deleteObject} from '../api/delete.ts';
import {listObjects} from '../api/list.ts';
import {viewList, viewObject} from '../encode/view.ts';
import type {Resource} from '../kinds/resource.ts';
import {sendObject} from './answer.ts';
import {parseYamlBody, readBytes} from './body.ts';
import type {Exchange} from './exchange.ts';
import {negotiate} from './negotiate.ts';
import {deleteOptionsOf, writeOptionsOf} from './parameters.ts';
import {readProtobuf} from './protobuf.ts';
import {contentTypeOf, protobufType} from './sent.ts';
import {listOptionsOf} from './serve-list.ts';
import type {Target} from './target.ts';
import {viewOptionsOf} from './view-options.ts';

/** Kinds whose deletion answers with the object that was, where others answer with a Status. */
const answeredWithObject: ReadonlySet<string> = new Set([
	'/pods',
	'/services',
	'/serviceaccounts',
	'/persistentvolumeclaims',
	'/persistentvolumes',
	'/resourcequotas',
	'/podtemplates',
]);

export async function serveDelete(
	context: Context,
	exchange: Exchange,
	resource: Resource,
	target: Target,
): Promise<void> {
	const options = deleteOptionsOf(exchange.query, await readOptions(exchange));
	const {view, mediaType} = negotiate(exchange.request.headers.accept, {isList: false});
	const deletion = deleteObject(context, resource, target.namespace, target.name, options);
	const isTold = !deletion.isGone || answeredWithObject.has(resource.collection);
	const body = isTold
		? viewObject(resource, deletion.object, view, viewOptionsOf(context, exchange.query))
		: success(resource, deletion);
	sendObject(exchange.response, 200, mediaType, body);
}

export async function serveDeleteCollection(
	context: Context,
	exchange: Exchange,
	resource: Resource,
	target: Target,
): Promise<void> {
	const options = deleteOptionsOf(exchange.query, await readOptions(exchange));
	const {view, mediaType} = negotiate(exchange.request.headers.accept, {isList: true});
	const {items} = listObjects(context, resource, listOptionsOf(exchange.query, target));
	const deleted = items.map(({metadata: {namespace = '', name}}) =>
		deleteObject(context, resource, namespace, name, options),
	);
	const answer = {
		items: deleted.map(({object}) => object),
		metadata: {resourceVersion: String(context.store.revision)},
	};
	sendObject(
		exchange.response,
		200,
		mediaType,
		viewList(resource, answer, view, viewOptionsOf(context, exchange.query)),
	);
}

async function readOptions(exchange: Exchange): Promise<unknown> {
	const bytes = await readBytes(exchange.request);
	if (bytes.length > 0 && contentTypeOf(exchange) === protobufType) return readProtobuf(bytes);
	const text = bytes.toString('utf8');
	if (!text.trim()) return null;
	return parseYamlBody(text, writeOptionsOf(new URLSearchParams(), 'DeleteOptions', ''));
}

function success({group, resource}: Resource, {object}: Deletion): object {
	const {name, uid} = object.metadata;
	return {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: {},
		status: 'Success',
		details: {name, ...(group ? {group} : {}), kind: resource, uid},
	};
}
