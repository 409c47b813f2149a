const unitMilliseconds: Readonly<Record<string, number>> = {
	ms: 1,
	s: 1000,
	m: 60_000,
	h: 3_600_000,
	d: 86_400_000,
};
const wholeDuration = /^(?:\d+(?:\.\d+)?(?:ms|s|m|h|d))+$/;
const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/g;

/**
 * Reads a duration in Go's spelling, as kubectl takes it, with `d` for days: `90s`, `1h30m`, `2d`, `0`. Milliseconds;
 * null when it is none. A bare number is none: `--wait=60` could mean anything.
 */
export function parseDuration(text: string): number | null {
	if (text === '0') return 0;
	if (!wholeDuration.test(text)) return null;
	let milliseconds = 0;
	for (const [, amount, unit] of text.matchAll(part)) milliseconds += Number(amount) * unitMilliseconds[unit ?? '']!;
	return milliseconds <= Number.MAX_SAFE_INTEGER ? Math.round(milliseconds) : null;
}

// RFC 3339, and the date alone. `Date.parse` alone would accept almost anything, in local time.
const moment = /^\d{4}-\d{2}-\d{2}(?:[Tt]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:[Zz]|[+-]\d{2}:\d{2}))?$/;

/** A moment as RFC 3339, or a date: epoch milliseconds; null when it is none. */
export function parseMoment(text: string): number | null {
	if (!moment.test(text)) return null;
	const time = Date.parse(text.toUpperCase());
	return Number.isNaN(time) ? null : time;
}

/** A duration back from `now`, or a moment as RFC 3339: epoch milliseconds; null when it is neither. */
export function parseSince(text: string, now: number): number | null {
	const duration = parseDuration(text);
	return duration === null ? parseMoment(text) : now - duration;
}
