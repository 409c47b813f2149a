/** The kubeconfig's `as`, `as-groups`, `as-uid` and `as-user-extra` as request headers. */
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import type {SelectedContext} from './contexts.ts';
import {asMap, textOf} from './kubeconfig-files.ts';

/**
 * An identity that is written but empty is an error: without the header the request would run as the person itself
 * (flux-operator CVE-2026-23990). Groups without a user are one too; the API server refuses them with a riddle.
 */
export function impersonationHeaders(context: SelectedContext): Record<string, string | string[]> {
	const {user} = context;
	const name = textOf(user.as);
	const groups = Array.isArray(user['as-groups']) ? user['as-groups'].map(String).filter(Boolean) : [];
	const uid = textOf(user['as-uid']);
	const extra = asMap(user['as-user-extra']);
	const isWanted = ['as', 'as-groups', 'as-uid', 'as-user-extra'].some(
		field => user[field] !== undefined && user[field] !== null,
	);
	if (!isWanted) return {};
	if (!name) {
		throw new HoldfastError({
			code: 'ContextInvalid',
			message: `context ${boundedText(context.name, 100)} impersonates nobody: its user has an empty or missing "as"`,
			hint: 'set "as" to a user name, or remove all as-… fields of the user',
		});
	}
	const headers: Record<string, string | string[]> = {'impersonate-user': name};
	if (groups.length > 0) headers['impersonate-group'] = groups;
	if (uid) headers['impersonate-uid'] = uid;
	for (const [key, values] of Object.entries(extra)) {
		headers[`impersonate-extra-${encodeURIComponent(key.toLowerCase())}`] = Array.isArray(values)
			? values.map(String)
			: [String(values)];
	}
	return headers;
}
