import {stringifyJson} from '../../model/json.ts';
import {escapeJson} from '../../model/text.ts';

/** How the value that is replaced was written; a new one is written in the same way where that is possible. */
export type ScalarStyle = 'plain' | 'single' | 'double';

/** Words that Kubernetes' YAML reads as something else than text. */
const ambiguous = /^(y|yes|n|no|on|off|true|false|null|~)$/i;
const wordStart = /^[A-Za-z_/]/;
/** No text of this form needs quotes, in block or in flow style, whoever reads it. */
const plainText = /^[\w./@+=%-]+(?:[ :][\w./@+=%-]+)*$/;
/** Texts that begin with a digit and that nobody takes for a number or a time: versions and quantities. */
const versionOrQuantity = /^\d+\.\d+\.\d+[\w.-]*$|^\d+(?:\.\d+)?(?:m|k|[KMGTPE]i|[MGTPE])$/;
/** What the YAML of Kubernetes could read as a float: 1E, 5e3. */
const likeNumber = /^\d+(?:\.\d+)?[eE]\d*$/;

/** A scalar in one line of YAML. */
export function scalarText(value: unknown, style: ScalarStyle = 'plain'): string {
	if (typeof value !== 'string') return stringifyJson(value ?? null);
	if (style === 'single' && !hidesText(value) && /^[\x20-\x7e\u00a0-\ud7ff\ue000-\ufefe]*$/.test(value)) {
		return `'${value.replaceAll("'", "''")}'`;
	}
	return style !== 'double' && isPlain(value) ? value : quoted(value);
}

/** A map key. */
export function keyText(key: string, isQuoted = false): string {
	return !isQuoted && isPlain(key) ? key : quoted(key);
}

function isPlain(text: string): boolean {
	if (ambiguous.test(text) || !plainText.test(text) || /: | #/.test(text)) return false;
	if (wordStart.test(text)) return true;
	return versionOrQuantity.test(text) && !likeNumber.test(text);
}

/** JSON is YAML; characters that a screen, or who reviews the commit, could take for something else become escapes. */
function quoted(text: string): string {
	return escapeJson(JSON.stringify(text));
}

/** Whether a text holds what only an escape shows: marks of direction, spaces without width. */
export function hidesText(text: string): boolean {
	return escapeJson(text) !== text;
}
