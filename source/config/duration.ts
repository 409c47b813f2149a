import {quoted} from './findings.ts';
import {accept, type Result, refuse} from './result.ts';

const unitMilliseconds: Readonly<Record<string, number>> = {ms: 1, s: 1_000, m: 60_000, h: 3_600_000};
const part = /([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)/g;
const whole = /^(?:[0-9]+(?:\.[0-9]+)?(?:ms|s|m|h))+$/;
/** Timers count milliseconds in 31 bits: 24.8 days. Whatever is meant to take longer happens that often. */
const longestMilliseconds = 2 ** 31 - 1;

/** Reads `90s`, `5m`, `1h30m` (Go's spelling, as Argo CD and Flux use it) into whole milliseconds. */
export function parseDuration(text: string): Result<number> {
	if (text.length > 40 || !whole.test(text)) {
		return refuse(`is not a duration: ${quoted(text)}`, 'Write it like 90s, 5m or 1h30m');
	}
	let milliseconds = 0;
	for (const [, amount = '', unit = ''] of text.matchAll(part)) {
		milliseconds += Number(amount) * (unitMilliseconds[unit] ?? 0);
	}
	return accept(Math.min(Math.round(milliseconds), longestMilliseconds));
}

/** A duration that something is repeated with: below one second it would only be a load. */
export function parseInterval(text: string): Result<number> {
	return atLeastSecond(parseDuration(text));
}

/** Argo CD's back-off also takes a bare number, meaning seconds. */
export function parseArgoInterval(text: string): Result<number> {
	return parseInterval(/^[0-9]+$/.test(text) ? `${text}s` : text);
}

function atLeastSecond(duration: Result<number>): Result<number> {
	return duration.ok && duration.value < 1_000 ? refuse('must be at least 1s') : duration;
}
