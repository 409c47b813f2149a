import {createHash} from 'node:crypto';

/** The shape of the worker's hash: eleven characters of base64url. */
export function hashText(text: string): string {
	return createHash('sha256').update(text).digest('base64url').slice(0, 11);
}
