const alphabet = /^[A-Za-z0-9+/]*={0,2}$/;

/** Base64 of a text's UTF-8 bytes. */
export function encodeBase64(text: string): string {
	const bytes = new TextEncoder().encode(text);
	let binary = '';
	for (let start = 0; start < bytes.length; start += 8_192) {
		binary += String.fromCharCode(...bytes.subarray(start, start + 8_192));
	}
	return btoa(binary);
}

/** Whether the API server would read this: standard alphabet with padding; line ends are skipped, as Go does. */
export function isBase64(text: string): boolean {
	const compact = text.replace(/[\r\n]/g, '');
	return compact.length % 4 === 0 && alphabet.test(compact);
}

/** Bytes as a binary string (one character a byte), or null when it is not base64. */
export function decodeBase64(text: string): string | null {
	return isBase64(text) ? atob(text.replace(/[\r\n]/g, '')) : null;
}
