import {expect, test} from 'vitest';
import {formatAge, formatDuration, formatTime, isoTime, shortRevision} from '../../source/model/ages.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

// The same values as in apimachinery's TestHumanDuration, as far as they are not negative.
test.each<[number, string]>([
	[-5 * second, '0s'],
	[0, '0s'],
	[999, '0s'],
	[1 * second, '1s'],
	[70 * second, '70s'],
	[119 * second, '119s'],
	[190 * second, '3m10s'],
	[10 * minute - 1, '9m59s'],
	[10 * minute, '10m'],
	[70 * minute, '70m'],
	[47 * hour, '47h'],
	[3 * hour, '3h'],
	[5 * hour + 20 * minute, '5h20m'],
	[49 * hour, '2d1h'],
	[8 * day + 2 * hour, '8d'],
	[367 * day, '367d'],
	[(365 * 2 + 25) * day, '2y25d'],
	[(365 * 8 + 2) * day, '8y'],
])('age of %i ms is %s', (milliseconds, text) => {
	expect(formatAge(milliseconds)).toBe(text);
});

test.each<[number, string]>([
	[-1, '0ms'],
	[4, '4ms'],
	[99, '99ms'],
	[100, '0.1s'],
	[1_234, '1.2s'],
	[12_000, '12s'],
	[3 * minute + 5 * second, '3m5s'],
])('duration of %i ms is %s', (milliseconds, text) => {
	expect(formatDuration(milliseconds)).toBe(text);
});

test('times', () => {
	const time = Date.UTC(2026, 10, 21, 11, 4, 31, 250);
	expect(formatTime(time)).toBe('2026-11-21T11:04:31Z');
	expect(isoTime(time)).toBe('2026-11-21T11:04:31.250Z');
	expect(isoTime(null)).toBeNull();
	expect(isoTime(undefined)).toBeNull();
});

test('revisions are shortened only where they are commits', () => {
	expect(shortRevision('9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567')).toBe('9f3c1a2');
	expect(shortRevision('a'.repeat(64))).toBe('aaaaaaa');
	expect(shortRevision('v1.2.3-rc.1')).toBe('v1.2.3-rc.1');
	expect(shortRevision(null)).toBe('-');
	expect(shortRevision('')).toBe('-');
});
