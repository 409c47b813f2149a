/**
 * A repository address without what must not be stored in a cluster: user and password of https, passwords of ssh, and
 * the query, where some hosts take tokens. Scp-like addresses (`git@host:path`) and paths hold no secret.
 */
export function withoutCredentials(url: string): string {
	const match = /^([a-z][a-z0-9+.-]*:\/\/)([^/?#]*)([^?#]*)/i.exec(url);
	if (!match) return url;
	const [, scheme = '', authority = '', path = ''] = match;
	const at = authority.lastIndexOf('@');
	const host = authority.slice(at + 1);
	const [user = ''] = authority.slice(0, Math.max(at, 0)).split(':');
	const isSsh = /^(git\+)?ssh:\/\/$/i.test(scheme);
	return `${scheme}${isSsh && user !== '' ? `${user}@` : ''}${host}${path}`;
}
