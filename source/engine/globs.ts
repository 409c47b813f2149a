/**
 * Globs of guards: `*` is any run of characters, `?` any one. Compared in one pass with a single way back, so that no
 * pattern can take more than its length times the text's.
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

/**
 * Whether a list allows something that goes by these names: some pattern matches one of them, and no pattern with a
 * leading `!` matches any. A list of nothing but `!` patterns allows all others; an empty list matches nothing.
 */
export function matchesAny(patterns: readonly string[], names: readonly string[]): boolean {
	const matches = (pattern: string): boolean => names.some(name => matchesGlob(pattern, name));
	if (patterns.some(pattern => pattern.startsWith('!') && matches(pattern.slice(1)))) return false;
	const positive = patterns.filter(pattern => !pattern.startsWith('!'));
	return positive.length === 0 ? patterns.length > 0 : positive.some(matches);
}
