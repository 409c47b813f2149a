import {expect, test} from 'vitest';
import {parseDuration, parseSince} from '../../source/model/durations.ts';

test.each<[string, number | null]>([
	['0', 0],
	['60s', 60_000],
	['1h30m', 5_400_000],
	['1.5h', 5_400_000],
	['2d', 172_800_000],
	['250ms', 250],
	['1m500ms', 60_500],
	['60', null],
	['', null],
	['-5s', null],
	['5 s', null],
	['5sec', null],
	['s', null],
	['1h-5m', null],
	['9'.repeat(40).concat('d'), null],
])('duration %s is %s ms', (text, milliseconds) => {
	expect(parseDuration(text)).toBe(milliseconds);
});

const now = Date.UTC(2026, 10, 21, 12);

test.each<[string, number | null]>([
	['1h', now - 3_600_000],
	['2026-11-21T11:00:00Z', Date.UTC(2026, 10, 21, 11)],
	['2026-11-21t11:00:00.250z', Date.UTC(2026, 10, 21, 11, 0, 0, 250)],
	['2026-11-21T11:00:00+02:00', Date.UTC(2026, 10, 21, 9)],
	['2026-11-21', Date.UTC(2026, 10, 21)],
	['2026-13-45', null],
	['yesterday', null],
	['11:00', null],
	['2026', null],
])('since %s', (text, time) => {
	expect(parseSince(text, now)).toBe(time);
});
