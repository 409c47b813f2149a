import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {ApiError} from '../types.ts';
import type {Context} from './context.ts';
import {readContinueToken, writeContinueToken} from './continue.ts';
import {convert} from './convert.ts';
import {badRequest, expired, invalidOptions, notFound} from './failures.ts';
import {fieldSelector, labelSelector} from './selectors.ts';

export interface ListOptions {
	/** Empty: all namespaces. */
	readonly namespace: string;
	readonly labelSelector?: string;
	readonly fieldSelector?: string;
	readonly resourceVersion?: string;
	readonly resourceVersionMatch?: string;
	readonly limit?: number;
	readonly continueToken?: string;
}

export interface ListAnswer {
	readonly items: readonly KubernetesObject[];
	readonly metadata: {resourceVersion: string; continue?: string; remainingItemCount?: number};
}

/** Throws 404. */
export function getObject(context: Context, resource: Resource, namespace: string, name: string): KubernetesObject {
	const object = context.store.get(resource.collection, `${namespace}/${name}`);
	if (!object) throw notFound(resource, name);
	return convert(object, resource);
}

/** Throws 400 for selectors and tokens that are none, 410 for what is forgotten, 504 for a version of the future. */
export function listObjects(context: Context, resource: Resource, options: ListOptions): ListAnswer {
	const prefix = options.namespace ? `${options.namespace}/` : '';
	const {revision, after} = chooseRevision(context, options);
	const isNow = revision === context.store.revision;
	const entries = isNow
		? context.store.entries(resource.collection, prefix)
		: context.store.entriesAt(resource.collection, prefix, revision);
	const hasLabels = labelSelector(options.labelSelector ?? '');
	const hasFields = fieldSelector(options.fieldSelector ?? '', resource);
	const limit = options.resourceVersion === '0' ? 0 : (options.limit ?? 0);
	const items: KubernetesObject[] = [];
	let last = '';
	for (const [at, [key, object]] of entries.entries()) {
		const rest = key.slice(prefix.length);
		if (after !== null && rest <= after) continue;
		if ((hasLabels && !hasLabels(object)) || (hasFields && !hasFields(object))) continue;
		if (limit > 0 && items.length === limit) {
			const isCounted = !hasLabels && !hasFields;
			return {
				items,
				metadata: {
					resourceVersion: String(revision),
					continue: writeContinueToken({revision, after: last}),
					...(isCounted ? {remainingItemCount: entries.length - at} : {}),
				},
			};
		}
		items.push(convert(object, resource));
		last = rest;
	}
	return {items, metadata: {resourceVersion: String(revision)}};
}

/** At which revision to list, and after which key. */
function chooseRevision(
	{store}: Context,
	{resourceVersion = '', resourceVersionMatch = '', continueToken = '', limit = 0}: ListOptions,
): {revision: number; after: string | null} {
	if (resourceVersionMatch && !resourceVersion) {
		throw invalidOptions(
			'ListOptions',
			forbiddenMatch('resourceVersionMatch is forbidden unless resourceVersion is provided'),
		);
	}
	if (continueToken) {
		if (resourceVersionMatch) {
			throw invalidOptions(
				'ListOptions',
				forbiddenMatch('resourceVersionMatch is forbidden when continue is provided'),
			);
		}
		const token = readContinueToken(continueToken);
		if (resourceVersion && resourceVersion !== '0') {
			throw badRequest('specifying resource version is not allowed when using continue');
		}
		if (token.revision < 0) return {revision: store.revision, after: token.after};
		if (token.revision < store.forgottenUpTo) throw expiredToken(token.after);
		return {revision: Math.min(token.revision, store.revision), after: token.after};
	}
	if (!resourceVersion || resourceVersion === '0') return {revision: store.revision, after: null};
	const wanted = parseRevision(resourceVersion);
	if (wanted > store.revision) throw tooLarge(wanted, store.revision);
	if (resourceVersionMatch === 'Exact' || (!resourceVersionMatch && limit > 0)) {
		if (wanted < store.forgottenUpTo) throw expired('The resourceVersion for the provided list is too old.');
		return {revision: wanted, after: null};
	}
	return {revision: store.revision, after: null};
}

/** Throws as the server does for a resourceVersion that is no number. */
export function parseRevision(text: string): number {
	if (/^\d+$/.test(text)) return Number(text);
	const message = `resourceVersion: Invalid value: "${text}": strconv.ParseUint: parsing "${text}": invalid syntax`;
	throw new ApiError({code: 500, message});
}

function forbiddenMatch(why: string): {reason: string; message: string; field: string} {
	return {reason: 'FieldValueForbidden', message: `Forbidden: ${why}`, field: 'resourceVersionMatch'};
}

function tooLarge(wanted: number, current: number): ApiError {
	return new ApiError({
		code: 504,
		reason: 'Timeout',
		message: `Timeout: Too large resource version: ${wanted}, current: ${current}`,
		details: {
			causes: [{reason: 'ResourceVersionTooLarge', message: 'Too large resource version'}],
			retryAfterSeconds: 1,
		},
	});
}

const expiredTokenMessage =
	'The provided continue parameter is too old to display a consistent list result. You can start a new list without ' +
	'the continue parameter, or use the continue token in this response to retrieve the remainder of the results. ' +
	'Continuing with the provided token results in an inconsistent list - objects that were created, modified, or ' +
	'deleted between the time the first chunk was returned and now may show up in the list.';

/** 410 with a token for whatever the rest is now. */
function expiredToken(after: string): ApiError {
	return new ExpiredContinue(expiredTokenMessage, writeContinueToken({revision: -1, after}));
}

/** The one failure that has something in its metadata. */
export class ExpiredContinue extends ApiError {
	readonly freshToken: string;

	constructor(message: string, freshToken: string) {
		super({code: 410, reason: 'Expired', message});
		this.freshToken = freshToken;
	}
}
