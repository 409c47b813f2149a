/** The refusals of the API server, worded as it words them. */
import {qualifiedKindOf, type Resource} from '../kinds/resource.ts';
import {ApiError, type ApiFailure} from '../types.ts';

export type Cause = NonNullable<NonNullable<ApiFailure['details']>['causes']>[number];

type Named = Pick<Resource, 'group' | 'resource' | 'qualifiedName'>;

function detailsOf({group, resource}: Pick<Resource, 'group' | 'resource'>, name: string): ApiFailure['details'] {
	return {...(name ? {name} : {}), ...(group ? {group} : {}), kind: resource};
}

export function notFound(resource: Named, name: string): ApiError {
	return new ApiError({
		code: 404,
		reason: 'NotFound',
		message: `${resource.qualifiedName} "${name}" not found`,
		details: detailsOf(resource, name),
	});
}

/** For a path below a group version that is served, where there is no such resource. */
export function noSuchResource(): ApiError {
	const message = 'the server could not find the requested resource';
	return new ApiError({code: 404, reason: 'NotFound', message, details: {}});
}

export function methodNotAllowed(): ApiError {
	const message = 'the server does not allow this method on the requested resource';
	return new ApiError({code: 405, reason: 'MethodNotAllowed', message, details: {}});
}

export function alreadyExists(resource: Named, name: string): ApiError {
	return new ApiError({
		code: 409,
		reason: 'AlreadyExists',
		message: `${resource.qualifiedName} "${name}" already exists`,
		details: detailsOf(resource, name),
	});
}

export function conflict(resource: Named, name: string, why: string): ApiError {
	return new ApiError({
		code: 409,
		reason: 'Conflict',
		message: `Operation cannot be fulfilled on ${resource.qualifiedName} "${name}": ${why}`,
		details: detailsOf(resource, name),
	});
}

const staleMessage = 'the object has been modified; please apply your changes to the latest version and try again';

/** 409 for a resourceVersion that is not the current one. */
export function stale(resource: Named, name: string): ApiError {
	return conflict(resource, name, staleMessage);
}

export function forbidden(resource: Named, name: string, why: string, causes?: readonly Cause[]): ApiError {
	return new ApiError({
		code: 403,
		reason: 'Forbidden',
		message: name
			? `${resource.qualifiedName} "${name}" is forbidden: ${why}`
			: `${resource.qualifiedName} is forbidden: ${why}`,
		details: {...detailsOf(resource, name), ...(causes ? {causes} : {})},
	});
}

export function badRequest(message: string): ApiError {
	return new ApiError({code: 400, reason: 'BadRequest', message});
}

/** 422 with one cause for each fault. Faults that read the same are told once in the message. */
export function invalid(kind: Pick<Resource, 'group' | 'kind'>, name: string, causes: readonly Cause[]): ApiError {
	const texts = [...new Set(causes.map(({field, message}) => `${field}: ${message}`))];
	return new ApiError({
		code: 422,
		reason: 'Invalid',
		message: `${qualifiedKindOf(kind)} "${name}" is invalid: ${texts.length === 1 ? texts[0] : `[${texts.join(', ')}]`}`,
		details: {...(name ? {name} : {}), ...(kind.group ? {group: kind.group} : {}), kind: kind.kind, causes},
	});
}

/** 422 for a query parameter. */
export function invalidOptions(kind: string, cause: Cause): ApiError {
	return invalid({group: 'meta.k8s.io', kind}, '', [cause]);
}

export function expired(message: string): ApiError {
	return new ApiError({code: 410, reason: 'Expired', message});
}
