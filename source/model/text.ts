/**
 * The one place where text from repositories, clusters and terminals is made safe to show. Escape sequences, carriage
 * returns and bidirectional controls can rewrite what a person reads (kubernetes CVE-2021-25743); they become visible.
 */

// C0 and C1 controls, DEL; bidi embeddings, overrides, isolates and marks; zero-width and line separators; tag characters.
const unsafe =
	/[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

/** One line of safe text: every unsafe character is shown as `\n`, `\t`, `\x1b` or `\u202e`. */
export function safeText(text: string): string {
	return text.replace(unsafe, character => {
		if (character === '\n') return '\\n';
		if (character === '\t') return '\\t';
		if (character === '\r') return '\\r';
		const code = character.codePointAt(0) ?? 0;
		if (code <= 0xff) return `\\x${code.toString(16).padStart(2, '0')}`;
		return code <= 0xffff ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
	});
}

/** Like {@link safeText} but keeps line ends and tabs: for blocks such as diffs and command output. */
export function safeBlock(text: string): string {
	return text
		.replaceAll('\r\n', '\n')
		.split('\n')
		.map(line => line.split('\t').map(safeText).join('\t'))
		.join('\n');
}

/** Safe text of at most `limit` characters, cut in the middle: ends of names and values tell them apart. */
export function boundedText(text: string, limit: number): string {
	const safe = safeText(text.length > limit * 4 ? `${text.slice(0, limit * 2)}${text.slice(-limit * 2)}` : text);
	if (safe.length <= limit) return safe;
	const head = Math.ceil((limit - 1) / 2);
	return `${safe.slice(0, head)}…${safe.slice(safe.length - (limit - 1 - head))}`;
}

// Legal inside a JSON string, but a terminal would obey them: C1 controls, bidi controls, line separators.
const unsafeInJson = /[\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Equal JSON in which everything is escaped that a terminal would obey. */
export function escapeJson(json: string): string {
	return json.replace(unsafeInJson, character => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`);
}
