/**
 * Shell-like matching of a whole name: `*` is any text, `?` one character, everything else itself. No pattern
 * makes it slow: patterns come from repositories.
 */
export function matchesGlob(glob: string, text: string): boolean {
	let at = 0;
	let globAt = 0;
	let starAt = -1;
	let resumeAt = 0;
	while (at < text.length) {
		const wanted = glob[globAt];
		if (wanted === '*') {
			starAt = globAt++;
			resumeAt = at;
		} else if (wanted === '?' || (wanted !== undefined && wanted === text[at])) {
			globAt++;
			at++;
		} else if (starAt >= 0) {
			// Let the last star swallow one more character.
			globAt = starAt + 1;
			at = ++resumeAt;
		} else return false;
	}
	while (glob[globAt] === '*') globAt++;
	return globAt === glob.length;
}
