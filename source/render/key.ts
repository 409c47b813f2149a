import {createHash} from 'node:crypto';
import {canonicalJson} from '../model/json.ts';

/** One key for everything that decides a render's output. Order inside maps does not matter. */
export function keyOfParts(...parts: readonly unknown[]): string {
	return createHash('sha256').update(canonicalJson(parts)).digest('base64url');
}
