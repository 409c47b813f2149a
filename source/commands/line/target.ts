import {usageError} from './usage-error.ts';

/** What a word names: an application, one object of it, or one field of that and everything below it. */
export type Target =
	| {readonly type: 'application'; readonly application: string}
	| ({readonly type: 'object'} & NamedObject)
	| ({readonly type: 'field'; readonly path: string} & NamedObject);

/** An object as typed; the kind may be in any case. */
export interface NamedObject {
	readonly application: string;
	readonly kind: string;
	readonly name: string;
}

const spelling = 'APPLICATION, APPLICATION/KIND/NAME, or APPLICATION/KIND/NAME/FIELD';

/**
 * Reads `checkout`, `checkout/Deployment/web` or `checkout/Deployment/web/spec.replicas`. No name in Kubernetes contains a
 * slash, so whatever follows the third one is the field, which may (`metadata.annotations[example.com/owner]`). Throws a
 * usage error.
 */
export function parseTarget(word: string): Target {
	const [application = '', kind, name, ...rest] = word.split('/');
	const path = rest.length > 0 ? rest.join('/') : undefined;
	if (application !== '' && kind === undefined) return {type: 'application', application};
	if (!application || !kind || !name || path === '') {
		throw usageError(`${word} is neither ${spelling}`, exampleOf(application));
	}
	return path === undefined
		? {type: 'object', application, kind, name}
		: {type: 'field', application, kind, name, path};
}

function exampleOf(application: string): string {
	return `Write it like ${application || 'checkout'}/Deployment/web/spec.replicas.`;
}

/** Refuses what is not `Kind/name` or `Kind/namespace/name`. */
export function checkObjectName(spelled: string, text: string): void {
	const parts = text.split('/');
	if ((parts.length === 2 || parts.length === 3) && parts.every(part => part.trim() !== '')) return;
	throw usageError(`${spelled}: ${text} is neither KIND/NAME nor KIND/NAMESPACE/NAME`, 'Write Deployment/checkout.');
}
