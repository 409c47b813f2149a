const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago, for a column of a live list: `12 s`, `3 m`, `5 h`, `2 d`, at most five columns. One unit, so that a row is
 * drawn again once a minute and not every second.
 */
export function formatAge(milliseconds: number): string {
	const age = Math.max(0, milliseconds);
	if (age < minute) return `${Math.floor(age / second)} s`;
	if (age < hour) return `${Math.floor(age / minute)} m`;
	if (age < 2 * day) return `${Math.floor(age / hour)} h`;
	return `${Math.floor(age / day)} d`;
}

/**
 * The same for what stands on the screen while all is well: from ten seconds on in tens, `20 s`. A screen at rest is drawn
 * again a few times a minute then; each frame costs Ink some 15 ms of CPU, however little changed in it.
 */
export function formatCalmAge(milliseconds: number): string {
	const isBetween = milliseconds >= 10 * second && milliseconds < minute;
	return formatAge(isBetween ? milliseconds - (milliseconds % (10 * second)) : milliseconds);
}

/**
 * What is left until a moment: `42 m`, `3 s`; `0 s` when it has come. Rounded up: 59 min 20 s are an hour to go. The clock
 * of a screen may be a second behind: what was just set to 15 min shows 15, not 16.
 */
export function formatLeft(milliseconds: number): string {
	const left = Math.max(0, milliseconds);
	if (left <= minute) return `${Math.ceil(left / second)} s`;
	const rounded = left - second;
	if (rounded <= 2 * hour) return `${Math.ceil(rounded / minute)} m`;
	return rounded <= 2 * day ? `${Math.ceil(rounded / hour)} h` : `${Math.ceil(rounded / day)} d`;
}

/** A running time: `00:04`, `12:31`, `1:02:03`. */
export function formatElapsed(milliseconds: number): string {
	const total = Math.max(0, Math.floor(milliseconds / second));
	const [hours, minutes, seconds] = [Math.floor(total / 3600), Math.floor((total % 3600) / 60), total % 60];
	const pad = (value: number) => String(value).padStart(2, '0');
	return hours > 0 ? `${hours}:${pad(minutes)}:${pad(seconds)}` : `${pad(minutes)}:${pad(seconds)}`;
}

/** `11:04:31`, the time of day where the reader sits. */
export function formatTimeOfDay(time: number): string {
	const date = new Date(time);
	const pad = (value: number) => String(value).padStart(2, '0');
	return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}`;
}
