const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const short = /^[A-Za-z0-9_-]{22}$/;

/**
 * A uid in 22 characters instead of 36: it is most of what an inventory holds. Anything that is no UUID is kept behind
 * `=`.
 */
export function packUid(uid: string): string {
	if (uid === '') return '';
	if (!uuid.test(uid)) return `=${uid}`;
	const hex = uid.replaceAll('-', '');
	let binary = '';
	for (let index = 0; index < hex.length; index += 2) {
		binary += String.fromCharCode(Number.parseInt(hex.slice(index, index + 2), 16));
	}
	return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

/** The reverse; null when the text was never written by {@link packUid}. */
export function unpackUid(text: string): string | null {
	if (text === '') return '';
	if (text.startsWith('=')) return text.length > 1 && !/[\s/]/.test(text) ? text.slice(1) : null;
	if (!short.test(text)) return null;
	const binary = atob(`${text.replaceAll('-', '+').replaceAll('_', '/')}==`);
	const hex = Array.from(binary, character => character.charCodeAt(0).toString(16).padStart(2, '0')).join('');
	return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}
