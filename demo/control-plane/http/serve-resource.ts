import type {KubernetesObject} from '../../../source/model/object.ts';
import {reasonToAllow} from '../access/authorize.ts';
import {answerReview} from '../access/review.ts';
import type {Context} from '../api/context.ts';
import {methodNotAllowed, noSuchResource} from '../api/failures.ts';
import {getObject} from '../api/list.ts';
import {getScale} from '../api/scale.ts';
import {viewObject} from '../encode/view.ts';
import type {Resource} from '../kinds/resource.ts';
import {sendObject, sendText} from './answer.ts';
import {denied} from './denied.ts';
import type {Exchange} from './exchange.ts';
import {negotiate} from './negotiate.ts';
import {optionsOf, readSent} from './sent.ts';
import {serveDelete, serveDeleteCollection} from './serve-delete.ts';
import {serveList} from './serve-list.ts';
import {serveWatch} from './serve-watch.ts';
import {serveCreate, servePatch, servePut} from './serve-write.ts';
import type {Target} from './target.ts';
import {verbOf} from './verb.ts';
import {viewOptionsOf} from './view-options.ts';

/** Serves a request for objects. Throws what is to be answered as a Status. */
export async function serveResource(context: Context, exchange: Exchange, target: Target): Promise<void> {
	const verb = verbOf(exchange, target);
	if (!verb) throw methodNotAllowed();
	checkAccess(context, exchange, target, verb);
	const resource = context.registry.find(target.group, target.version, target.resource);
	if (!resource) {
		// Groups of CRDs are looked up last: what is not among them is not there at all.
		if (context.registry.isBuiltInGroup(target.group)) throw noSuchResource();
		return sendText(exchange.response, 404, '404 page not found\n');
	}
	if (!resource.schema) return serveReview(context, exchange, resource);
	checkSubresource(resource, target);
	checkVerb(resource, target, verb);
	switch (verb) {
		case 'get':
			return serveGet(context, exchange, resource, target);
		case 'list':
			return serveList(context, exchange, resource, target);
		case 'watch':
			return serveWatch(context, exchange, resource, target);
		case 'create':
			return serveCreate(context, exchange, resource, target);
		case 'update':
			return servePut(context, exchange, resource, target);
		case 'patch':
			return servePatch(context, exchange, resource, target);
		case 'delete':
			return serveDelete(context, exchange, resource, target);
		default:
			return serveDeleteCollection(context, exchange, resource, target);
	}
}

function checkAccess(context: Context, {user}: Exchange, target: Target, verb: string): void {
	const resource = target.subresource ? `${target.resource}/${target.subresource}` : target.resource;
	const {group, namespace, name} = target;
	if (reasonToAllow(context, user, {verb, group, resource, namespace, name}) !== null) return;
	throw denied(user.name, target, verb, resource);
}

function checkSubresource(resource: Resource, {subresource, namespace, name}: Target): void {
	const isKnown =
		subresource === '' ||
		(resource.subresources as readonly string[]).includes(subresource) ||
		(subresource === 'finalize' && resource.collection === '/namespaces') ||
		(subresource === 'binding' && resource.collection === '/pods');
	const isPlaced = resource.isNamespaced ? namespace !== '' || name === '' : namespace === '';
	if (!isKnown || !isPlaced) throw noSuchResource();
}

function checkVerb(resource: Resource, {subresource}: Target, verb: string): void {
	const allowed = subresource ? (subresource === 'binding' ? ['create'] : ['get', 'update', 'patch']) : resource.verbs;
	if (!allowed.includes(verb)) throw methodNotAllowed();
}

function serveGet(context: Context, exchange: Exchange, resource: Resource, target: Target): void {
	const {view, mediaType} = negotiate(exchange.request.headers.accept, {isList: false});
	const {namespace, name} = target;
	if (target.subresource === 'scale') {
		sendObject(exchange.response, 200, mediaType, getScale(context, resource, namespace, name));
		return;
	}
	const object = getObject(context, resource, namespace, name);
	const body = viewObject(resource, object, view, viewOptionsOf(context, exchange.query));
	sendObject(exchange.response, 200, mediaType, body);
}

async function serveReview(context: Context, exchange: Exchange, resource: Resource): Promise<void> {
	if (exchange.method !== 'POST') throw methodNotAllowed();
	const {mediaType} = negotiate(exchange.request.headers.accept, {isList: false});
	const sent = (await readSent(exchange, optionsOf(exchange, 'CreateOptions'))) as KubernetesObject;
	sendObject(exchange.response, 201, mediaType, answerReview(context, resource, sent, exchange.user));
}
