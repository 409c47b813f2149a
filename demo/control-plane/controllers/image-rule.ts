/** The annotation that makes a pod's images unknown to the registry, whatever their tags. */
export const missingImageAnnotation = 'fakelet/image-missing';

/** The slip that the demo is about: a letter O where a version has a zero. */
const mistypedVersion = /^v?\d+(\.(\d+|[oO]))*\.?[oO](\.|$)/;

/** The kubelet's pauses between pulls: 10 s, doubled up to 5 min (`MaxContainerBackOff`). */
const firstPauseSeconds = 10;
const longestPauseSeconds = 300;

/** Whether the pretended registry has the image. There is no registry: only tags that look mistyped are unknown to it. */
export function isImageKnown(image: string, annotations: Readonly<Record<string, string>> = {}): boolean {
	if (annotations[missingImageAnnotation] === 'true') return false;
	return !mistypedVersion.test(tagOf(image));
}

/** Seconds between failed pull number `attempt` (from 1) and the next. */
export function pullPauseSeconds(attempt: number): number {
	return Math.min(firstPauseSeconds * 2 ** (attempt - 1), longestPauseSeconds);
}

/** Without a digest; `latest` when there is no tag. A colon before the last slash belongs to a registry's port. */
function tagOf(image: string): string {
	const [named = ''] = image.split('@');
	const last = named.slice(named.lastIndexOf('/') + 1);
	const colon = last.indexOf(':');
	return colon === -1 ? 'latest' : last.slice(colon + 1);
}
