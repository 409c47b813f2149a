/**
 * The rules of `git check-ref-format` for a whole name such as `refs/heads/main`. A name that passes holds no option, no
 * revision syntax, no glob and no refspec separator.
 */
export function isValidReferenceName(name: string): boolean {
	if (name.length > 1_000 || name.startsWith('-') || name === '@') return false;
	if (/[\u0000-\u0020\u007f~^:?*[\\]/.test(name) || name.includes('..') || name.includes('@{')) return false;
	if (name.endsWith('.')) return false;
	return name.split('/').every(part => part !== '' && !part.startsWith('.') && !part.endsWith('.lock'));
}

/** Names a person gives to a branch or a tag: additionally not starting with a dash, and not `HEAD`. */
export function isValidShortName(name: string): boolean {
	return !name.startsWith('-') && name !== 'HEAD' && isValidReferenceName(`refs/heads/${name}`);
}

/** A whole object id: SHA-1 or SHA-256, lower case. */
export function isObjectId(text: string): boolean {
	return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
