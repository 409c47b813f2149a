import {forbidden} from '../api/failures.ts';
import type {Target} from './target.ts';

/** 403 for a user without the right. */
export function denied(
	user: string,
	{group, namespace, name, resource: plural}: Target,
	verb: string,
	resource: string,
): Error {
	const where = namespace ? ` in the namespace "${namespace}"` : ' at the cluster scope';
	const why = `User "${user}" cannot ${verb} resource "${resource}" in API group "${group}"${where}`;
	return forbidden({group, resource: plural, qualifiedName: group ? `${plural}.${group}` : plural}, name, why);
}
