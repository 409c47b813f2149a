import {createHash} from 'node:crypto';
import {isAbsolute} from 'node:path';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';

/** Where a repository is, in the forms that git, people and the cache need. */
export interface RepositoryAddress {
	/** As git gets it, credentials included. Never shown. */
	readonly url: string;
	/** The same without credentials; safe to show and to log. */
	readonly display: string;
	/** Name of the mirror's folder: readable, then a hash of the address without credentials. */
	readonly folder: string;
	/** Literal texts that must not appear in any message. */
	readonly secrets: readonly string[];
}

const schemes = ['https', 'http', 'ssh', 'file'];
const secretParameter = /token|secret|passw|key|auth|sig/i;
/** `[user@]host:path`, where no slash comes before the colon. */
const scpLike = /^(?:([^\s@/:]+)@)?(\[[0-9a-fA-F:.]+\]|[^\s@/:]+):(?!\/\/)(\S.*)$/;

/**
 * Checks a repository URL before git sees it: https, http, ssh, scp-like, file:// and absolute paths. Everything else is
 * refused: other transports run programs (`ext::`) or are not authenticated (`git://`), and a leading dash is an option
 * (CVE-2017-1000117, CVE-2025-21613). Throws InvalidRepositoryURL.
 */
export function parseAddress(url: string): RepositoryAddress {
	if (url.trim() === '') throw refused(url, 'is empty');
	if (/[\u0000-\u0020\u007f]/.test(url) && !isAbsolute(url)) throw refused(url, 'holds spaces or control characters');
	if (/[\u0000-\u001f\u007f]/.test(url)) throw refused(url, 'holds control characters');
	if (url.startsWith('-')) throw refused(url, 'starts with a dash');
	if (isAbsolute(url)) return describe(url, url, []);
	if (/^[\w+.-]+::/.test(url)) throw refused(url, 'uses a transport that runs programs');
	const scheme = /^([\w+.-]+):\/\//.exec(url)?.[1];
	if (scheme) return parseURL(url, scheme);
	const [, user, host = '', path = ''] = scpLike.exec(url) ?? [];
	if (!host) throw refused(url, 'is neither a URL nor an absolute path');
	if (host.startsWith('-') || user?.startsWith('-') || path.startsWith('-')) {
		throw refused(url, 'has a part that starts with a dash');
	}
	return describe(url, url, []);
}

function parseURL(url: string, scheme: string): RepositoryAddress {
	if (!schemes.includes(scheme)) throw refused(url, `uses the scheme ${boundedText(scheme, 20)}`);
	let parsed: URL;
	try {
		parsed = new URL(url);
	} catch {
		throw refused(url, 'is not a valid URL');
	}
	const user = decode(parsed.username);
	if (parsed.hostname.startsWith('-') || user.startsWith('-')) throw refused(url, 'has a part that starts with a dash');
	if (scheme === 'file') {
		if (parsed.hostname !== '' && parsed.hostname !== 'localhost') throw refused(url, 'names a host in a file:// URL');
		return describe(url, url, []);
	}
	if (parsed.hostname === '') throw refused(url, 'names no host');
	const secrets = [parsed.password, decode(parsed.password)];
	// Over https a user name alone is a token (`https://TOKEN@host/`); over ssh it is only a name.
	if (scheme !== 'ssh') secrets.push(parsed.username, user);
	const shown = new URL(url);
	shown.password = '';
	if (scheme !== 'ssh') shown.username = '';
	for (const [name, value] of parsed.searchParams) {
		if (!secretParameter.test(name)) continue;
		secrets.push(value, encodeURIComponent(value));
		shown.searchParams.delete(name);
	}
	return describe(url, shown.href, secrets);
}

function decode(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

function describe(url: string, display: string, secrets: readonly string[]): RepositoryAddress {
	const identity = display.replace(/\/+$/, '');
	const words = identity
		.replace(/^[\w+.-]+:\/\//, '')
		.replace(/\.git$/, '')
		.toLowerCase()
		.split(/[^a-z0-9]+/)
		.filter(word => word !== '');
	const hash = createHash('sha256').update(identity).digest('hex').slice(0, 16);
	const slug = words.join('-').slice(-60).replace(/^-/, '');
	return {
		url,
		display: boundedText(display, 300),
		folder: `${slug || 'repository'}-${hash}`,
		// Short ones (`git`, `x`) are no secrets, and would tear holes into every message.
		secrets: [...new Set(secrets)].filter(secret => secret.length >= 6).sort((a, b) => b.length - a.length),
	};
}

/** Takes every credential out of a text: those of this address, and any other in a URL or a query parameter. */
export function withoutCredentials(text: string, secrets: readonly string[]): string {
	let clean = text;
	for (const secret of secrets) clean = clean.replaceAll(secret, '(redacted)');
	return clean
		.replace(/([a-z][a-z0-9+.-]*:\/\/)[^\s/@'"]*:[^\s/@'"]*@/gi, '$1')
		.replace(/(https?:\/\/)[^\s/@'"]+@/gi, '$1')
		.replace(/([?&][^=&\s'"]*(?:token|secret|passw|key|auth|sig)[^=&\s'"]*=)[^&\s'"]+/gi, '$1(redacted)')
		.replace(/(authorization:\s*\w+\s+)\S+/gi, '$1(redacted)');
}

function refused(url: string, reason: string): HoldfastError {
	return new HoldfastError({
		code: 'InvalidRepositoryURL',
		message: `the repository address ${boundedText(withoutCredentials(url, []), 200)} ${reason}`,
		hint: 'Use https://, ssh://, user@host:path, file:// or an absolute path',
	});
}
