const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;
const year = 365 * day;

/**
 * How long ago, in the spelling of kubectl's AGE column (apimachinery's HumanDuration): `12s`, `5m20s`, `47m`, `3h5m`,
 * `22h`, `3d4h`, `40d`, `2y9d`. Two units where one would be too coarse to act on. Clocks that disagree give `0s`.
 */
export function formatAge(milliseconds: number): string {
	const age = Math.max(0, milliseconds);
	if (age < 2 * minute) return `${Math.floor(age / second)}s`;
	if (age < 10 * minute) return twoUnits(age, minute, 'm', second, 's');
	if (age < 3 * hour) return `${Math.floor(age / minute)}m`;
	if (age < 8 * hour) return twoUnits(age, hour, 'h', minute, 'm');
	if (age < 2 * day) return `${Math.floor(age / hour)}h`;
	if (age < 8 * day) return twoUnits(age, day, 'd', hour, 'h');
	if (age < 2 * year) return `${Math.floor(age / day)}d`;
	if (age < 8 * year) return twoUnits(age, year, 'y', day, 'd');
	return `${Math.floor(age / year)}y`;
}

function twoUnits(age: number, large: number, largeName: string, small: number, smallName: string): string {
	const rest = Math.floor((age % large) / small);
	return `${Math.floor(age / large)}${largeName}${rest > 0 ? `${rest}${smallName}` : ''}`;
}

/** How long something took: `4ms`, `0.1s`, `12s`, then as {@link formatAge}. */
export function formatDuration(milliseconds: number): string {
	if (milliseconds < 100) return `${Math.max(0, Math.round(milliseconds))}ms`;
	if (milliseconds < 10 * second) return `${(milliseconds / second).toFixed(1)}s`;
	return formatAge(milliseconds);
}

/** `2026-11-21T11:04:31Z`: seconds are enough for a person, and sort as text. */
export function formatTime(time: number): string {
	return new Date(time).toISOString().replace(/\.\d{3}Z$/, 'Z');
}

/** RFC 3339 with milliseconds, for programs. */
export function isoTime(time: number): string;
export function isoTime(time: number | null | undefined): string | null;
export function isoTime(time: number | null | undefined): string | null {
	return time === null || time === undefined ? null : new Date(time).toISOString();
}

/** The first seven digits of a commit, as git abbreviates; anything else as it is. */
export function shortRevision(revision: string | null): string {
	if (revision === null || revision === '') return '-';
	return /^[0-9a-f]{40}(?:[0-9a-f]{24})?$/.test(revision) ? revision.slice(0, 7) : revision;
}
