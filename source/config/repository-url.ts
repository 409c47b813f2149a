import {resolve} from 'node:path';
import {quoted} from './findings.ts';
import {accept, type Result, refuse} from './result.ts';

const longestURL = 2_048;
// Anything that git, a terminal or a log could take for something else than a part of a URL.
const unsafe = /[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const withScheme = /^([a-z][a-z0-9+.-]*):\/\//i;
const schemes = new Set(['https', 'http', 'ssh', 'git', 'git+ssh', 'file']);
/** `git@github.com:shop/infra.git`; a single letter before the colon would be a drive. */
const scpLike = /^(?:[\w.+~-]+@)?(?:[\w.-]{2,}|\[[0-9a-fA-F:.]+\]):(?!\/\/)[^:].*$/;
const transportHelper = /^[\w+.-]+::/;

/**
 * Checks a repository URL as git takes it: https, http, ssh, git, file, scp-like or a path. Relative paths (`./repo`) are
 * resolved against the folder of the configuration file. Refused: transport helpers (`ext::` runs commands), leading
 * dashes (options for git) and passwords, which would end up on screens and in journals.
 */
export function checkRepositoryURL(url: string, folder: string): Result<string> {
	const text = url.trim();
	if (text === '') return refuse('is empty');
	if (text.length > longestURL) return refuse(`is longer than ${longestURL} characters`);
	if (text.startsWith('-')) return refuse('must not start with a dash');
	if (transportHelper.test(text)) return refuse('uses a git transport helper, which may run programs');
	const scheme = withScheme.exec(text)?.[1]?.toLowerCase();
	if (scheme === undefined && /^(?:\.{1,2})(?:\/|$)/.test(text)) return accept(resolve(folder, text));
	if (scheme === undefined && text.startsWith('/')) return accept(text);
	if (unsafe.test(text)) return refuse('holds spaces or control characters');
	if (scheme === undefined) {
		if (scpLike.test(text)) return accept(text);
		const hint = 'Write https://…, ssh://…, git@host:path, /an/absolute/path or ./a/relative/one';
		return refuse(`is not a repository URL: ${quoted(text)}`, hint);
	}
	if (scheme === 'oci') return refuse('is an OCI registry; only Git repositories can be read so far');
	if (!schemes.has(scheme))
		return refuse(`has an unknown scheme: ${quoted(scheme)}`, `Known: ${[...schemes].join(', ')}`);
	if (scheme === 'file') return accept(text);
	return checkAuthority(text);
}

/** Whether a URL carries a password; such a URL must not be printed. */
export function hasPassword(url: string): boolean {
	return /^[a-z][a-z0-9+.-]*:\/\/[^/@\s]*:[^/@\s]+@/i.test(url.trim());
}

function checkAuthority(text: string): Result<string> {
	let parsed: URL;
	try {
		parsed = new URL(text);
	} catch {
		return refuse('is not a valid URL');
	}
	if (parsed.hostname === '') return refuse('names no host');
	if (parsed.hostname.startsWith('-') || parsed.username.startsWith('-')) return refuse('must not start with a dash');
	if (parsed.password !== '') {
		return refuse('holds a password, which would be shown and stored', 'Use a git credential helper or an ssh key');
	}
	return accept(text);
}
