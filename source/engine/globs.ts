/**
 * Globs of guards: `*` is any run of characters, `?` any one. Compared in one pass with a single way back, so that no pattern
 * can take more than its length times the text's.
 */
export function matchesGlob(pattern: string, text: string): boolean {
	let patternIndex = 0;
	let textIndex = 0;
	let star = -1;
	let retry = 0;
	while (textIndex < text.length) {
		const character = pattern[patternIndex];
		if (character === '*') {
			star = patternIndex;
			retry = textIndex;
			patternIndex += 1;
		} else if (character === '?' || character === text[textIndex]) {
			patternIndex += 1;
			textIndex += 1;
		} else if (star >= 0) {
			patternIndex = star + 1;
			retry += 1;
			textIndex = retry;
		} else {
			return false;
		}
	}
	while (pattern[patternIndex] === '*') patternIndex += 1;
	return patternIndex === pattern.length;
}

/** Whether a list allows a text: some pattern matches, and no pattern with a leading `!` does. Only `!` patterns: all others. */
export function matchesAny(patterns: readonly string[], text: string): boolean {
	const denied = patterns.filter(pattern => pattern.startsWith('!'));
	if (denied.some(pattern => matchesGlob(pattern.slice(1), text))) return false;
	const allowed = patterns.filter(pattern => !pattern.startsWith('!'));
	return allowed.length === 0 ? patterns.length > 0 : allowed.some(pattern => matchesGlob(pattern, text));
}
