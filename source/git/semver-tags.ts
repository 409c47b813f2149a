import semver from 'semver';

/** Whether a text is a semver range, as in `1.x`, `^2.1`, `>=1.2.0 <2`. */
export function isVersionRange(text: string): boolean {
	return text.trim() !== '' && semver.validRange(text) !== null;
}

/**
 * The tag with the highest version in a range, or null. Tags may start with `v` and may leave out minor and patch.
 * Prereleases count only when the range itself names one (`>=1.0.0-0`), and then for every version in it, as in the
 * ranges of Argo CD and Flux.
 */
export function findHighestTag(range: string, tags: Iterable<string>): string | null {
	const includePrerelease = /\d-[0-9A-Za-z]/.test(range);
	let best: {tag: string; version: semver.SemVer} | null = null;
	for (const tag of tags) {
		const version = parseTag(tag);
		if (!version || !semver.satisfies(version, range, {includePrerelease})) continue;
		if (version.prerelease.length > 0 && !includePrerelease) continue;
		const order = best ? semver.compareBuild(version, best.version) : 1;
		// `v1.0.0` and `1.0.0` are one version; the spelling with `v` is the more common one.
		if (!best || order > 0 || (order === 0 && tag > best.tag)) best = {tag, version};
	}
	return best?.tag ?? null;
}

function parseTag(tag: string): semver.SemVer | null {
	const parts = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?([-+].*)?$/.exec(tag);
	if (!parts) return null;
	const [, major, minor = '0', patch = '0', rest = ''] = parts;
	return semver.parse(`${major}.${minor}.${patch}${rest}`);
}
