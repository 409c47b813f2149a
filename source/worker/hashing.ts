import {createHash, hash} from 'node:crypto';

/** Hashes canonical text to 11 characters (8 bytes, base64url): small enough to keep one for every field we own. */
export type HashText = (text: string) => string;

/**
 * A keyed hash: fingerprints are stored on disk, and without the installation's key a stored hash of a short Secret value
 * could be found by trying values. The key stands before the text, and the digest is cut to a quarter, so that nothing can
 * be appended to it; unlike an HMAC object this costs about a microsecond, and there is one for every field we own.
 */
export function createHashText(key: Buffer): HashText {
	const prefix = key.toString('hex');
	return text => hash('sha256', prefix + text, 'base64url').slice(0, 11);
}

/** Unkeyed, for identifiers that other tools must compute too (ApplySet ids). */
export function sha256Base64Url(text: string): string {
	return createHash('sha256').update(text).digest('base64url');
}
