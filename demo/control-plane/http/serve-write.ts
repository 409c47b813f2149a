import type {KubernetesObject} from '../../../source/model/object.ts';
import {reasonToAllow} from '../access/authorize.ts';
import {applyObject} from '../api/apply.ts';
import {bindPod} from '../api/bind.ts';
import type {Context} from '../api/context.ts';
import {createObject} from '../api/create.ts';
import {invalidOptions, methodNotAllowed} from '../api/failures.ts';
import {finalizeNamespace} from '../api/finalize.ts';
import type {WriteOptions} from '../api/options.ts';
import {applyPatch, type PatchKind, patchObject} from '../api/patch.ts';
import {putObject} from '../api/put.ts';
import {writeScale} from '../api/scale.ts';
import {viewObject} from '../encode/view.ts';
import type {Resource} from '../kinds/resource.ts';
import {sendObject} from './answer.ts';
import {parseJsonBody, parseYamlBody, readBody, unsupportedMediaType} from './body.ts';
import {denied} from './denied.ts';
import type {Exchange} from './exchange.ts';
import {negotiate} from './negotiate.ts';
import {contentTypeOf, optionsOf, readSent} from './sent.ts';
import type {Target} from './target.ts';
import {viewOptionsOf} from './view-options.ts';

const patchKinds: Readonly<Record<string, PatchKind | 'apply'>> = {
	'application/json-patch+json': 'json',
	'application/merge-patch+json': 'merge',
	'application/strategic-merge-patch+json': 'strategic',
	'application/apply-patch+yaml': 'apply',
};

export async function serveCreate(
	context: Context,
	exchange: Exchange,
	resource: Resource,
	target: Target,
): Promise<void> {
	if (target.subresource === 'binding') return serveBinding(context, exchange, resource, target);
	if (target.name) throw methodNotAllowed();
	const options = optionsOf(exchange, 'CreateOptions');
	const body = await readSent(exchange, options);
	const object = createObject(context, resource, target.namespace, body, options);
	exchange.createdName = object.metadata.name;
	answer(context, exchange, resource, 201, object, options);
}

async function serveBinding(context: Context, exchange: Exchange, resource: Resource, target: Target): Promise<void> {
	const sent = await readSent(exchange, optionsOf(exchange, 'CreateOptions'));
	const {namespace, name} = target;
	sendObject(
		exchange.response,
		201,
		'application/json',
		bindPod(context, resource, namespace, name, sent as KubernetesObject),
	);
}

export async function servePut(
	context: Context,
	exchange: Exchange,
	resource: Resource,
	target: Target,
): Promise<void> {
	const options = optionsOf(exchange, 'UpdateOptions');
	const body = await readSent(exchange, options);
	const {namespace, name, subresource} = target;
	switch (subresource) {
		case 'scale': {
			const scale = writeScale(context, resource, namespace, name, () => body as KubernetesObject, options);
			return answerScale(exchange, scale);
		}
		case 'finalize':
			return answer(
				context,
				exchange,
				resource,
				200,
				finalizeNamespace(context, name, body as KubernetesObject),
				options,
			);
		default: {
			const wanted = {...options, ...(subresource === 'status' ? ({subresource: 'status'} as const) : {})};
			return answer(
				context,
				exchange,
				resource,
				200,
				putObject(context, resource, namespace, name, body, wanted),
				options,
			);
		}
	}
}

export async function servePatch(
	context: Context,
	exchange: Exchange,
	resource: Resource,
	target: Target,
): Promise<void> {
	const kind = patchKinds[contentTypeOf(exchange)];
	if (!kind) throw unsupportedMediaType();
	const options = optionsOf(exchange, 'PatchOptions');
	const {namespace, name, subresource} = target;
	const status = subresource === 'status' ? ({subresource} as const) : {};
	if (kind !== 'apply') {
		if (exchange.query.has('force')) {
			const message = 'Forbidden: may not be specified for non-apply patch';
			throw invalidOptions('PatchOptions', {reason: 'FieldValueForbidden', message, field: 'force'});
		}
		const patch = parseJsonBody(await readBody(exchange.request));
		if (subresource === 'scale') {
			const change = (scale: KubernetesObject): KubernetesObject =>
				applyPatch(resource, kind === 'strategic' ? 'merge' : kind, scale, patch) as KubernetesObject;
			return answerScale(exchange, writeScale(context, resource, namespace, name, change, options));
		}
		const object = patchObject(context, resource, namespace, name, {kind, patch}, {...options, ...status});
		return answer(context, exchange, resource, 200, object, options);
	}
	if (!exchange.query.get('fieldManager')) {
		const message = 'Required value: is required for apply patch';
		throw invalidOptions('PatchOptions', {reason: 'FieldValueRequired', message, field: 'fieldManager'});
	}
	const body = parseYamlBody(await readBody(exchange.request), options);
	if (subresource === 'scale') {
		const change = (scale: KubernetesObject): KubernetesObject => ({...scale, spec: (body as KubernetesObject).spec});
		return answerScale(exchange, writeScale(context, resource, namespace, name, change, options));
	}
	checkMayCreate(context, exchange, resource, target);
	const force = exchange.query.get('force') === 'true';
	const applied = applyObject(context, resource, namespace, name, body, {...options, ...status, force});
	answer(context, exchange, resource, applied.isNew ? 201 : 200, applied.object, options);
}

/** An apply that creates needs the right to create as well. */
function checkMayCreate(context: Context, {user}: Exchange, resource: Resource, target: Target): void {
	const {group, namespace, name} = target;
	if (context.store.get(resource.collection, `${namespace}/${name}`)) return;
	const access = {verb: 'create', group, resource: resource.resource, namespace, name};
	if (reasonToAllow(context, user, access) === null) throw denied(user.name, target, 'create', resource.resource);
}

function answer(
	context: Context,
	exchange: Exchange,
	resource: Resource,
	code: number,
	object: KubernetesObject,
	{warnings}: WriteOptions,
): void {
	const {view, mediaType} = negotiate(exchange.request.headers.accept, {isList: false});
	const body = viewObject(resource, object, view, viewOptionsOf(context, exchange.query));
	const deprecated = resource.custom?.deprecation ? [resource.custom.deprecation] : [];
	sendObject(exchange.response, code, mediaType, body, {warnings: [...deprecated, ...warnings]});
}

function answerScale(exchange: Exchange, scale: KubernetesObject): void {
	const {mediaType} = negotiate(exchange.request.headers.accept, {isList: false});
	sendObject(exchange.response, 200, mediaType, scale);
}
