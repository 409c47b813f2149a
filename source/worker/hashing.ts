import {createHash, createHmac} from 'node:crypto';

/** Hashes canonical text to 11 characters (8 bytes, base64url): small enough to keep one for every field we own. */
export type HashText = (text: string) => string;

/**
 * A keyed hash: fingerprints are stored on disk, and without the installation's key a stored hash of a short Secret value
 * could be found by trying values.
 */
export function createHashText(key: Buffer): HashText {
	return text => createHmac('sha256', key).update(text).digest('base64url').slice(0, 11);
}

/** Unkeyed, for identifiers that other tools must compute too (ApplySet ids). */
export function sha256Base64Url(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
