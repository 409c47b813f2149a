import {Buffer} from 'node:buffer';
import {badRequest} from './failures.ts';

/** Where a list goes on: strictly after a key, at a revision. Revision -1 is "whatever there is now". */
export interface ContinueToken {
	readonly revision: number;
	/** `namespace/name`, or only the name in a list of one namespace. */
	readonly after: string;
}

const end = '\u0000';

export function writeContinueToken({revision, after}: ContinueToken): string {
	// A fresh token for an inconsistent rest has no slash before the key, others have.
	const start = `${revision < 0 ? '' : '/'}${after}${end}`;
	return Buffer.from(JSON.stringify({v: 'meta.k8s.io/v1', rv: revision, start})).toString('base64url');
}

/** Throws 400 for a token that is none. */
export function readContinueToken(token: string): ContinueToken {
	const bytes = Buffer.from(token, 'base64url');
	let parsed: {v?: string; rv?: number; start?: string};
	try {
		parsed = JSON.parse(bytes.toString('utf8'));
	} catch {
		const first = bytes[0] ?? 0;
		const character =
			first > 0x20 && first < 0x7f ? String.fromCharCode(first) : `\\u00${first.toString(16).padStart(2, '0')}`;
		throw badRequest(
			`invalid continue token: continue key is not valid: invalid character '${character}' looking for beginning of value`,
		);
	}
	if (parsed.v !== 'meta.k8s.io/v1') {
		throw badRequest(
			'invalid continue token: continue key is not valid: server does not recognize this encoded version',
		);
	}
	if (typeof parsed.rv !== 'number' || typeof parsed.start !== 'string' || !parsed.start) {
		throw badRequest('invalid continue token: continue key is not valid: encoded start key is not complete');
	}
	return {revision: parsed.rv, after: parsed.start.replace(/^\//, '').replace(new RegExp(`${end}$`), '')};
}
