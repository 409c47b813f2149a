import {describe, expect, it} from 'vitest';
import {nextChange, windowVerdict} from '../../../source/engine/windows/verdict.ts';
import type {SyncWindow} from '../../../source/model/application.ts';

const hour = 3_600_000;
const window = (changes: Partial<SyncWindow>): SyncWindow => ({
	kind: 'deny',
	schedule: '0 8 * * *',
	durationMilliseconds: 2 * hour,
	timeZone: 'UTC',
	manualSync: false,
	...changes,
});
const at = (text: string): number => Date.parse(text);
const automatic = {isManual: false, ignoreWindows: false};
const deny = window({});
const allow = window({kind: 'allow'});
const berlin = window({timeZone: 'Europe/Berlin'});

type Case = [title: string, windows: SyncWindow[], time: string, until: string | null | 'allowed'];

describe('automatic syncs', () => {
	it.each<Case>([
		['without windows', [], '2026-11-25T08:00:00Z', 'allowed'],
		['before a deny window', [deny], '2026-11-25T07:59:59.999Z', 'allowed'],
		['at its first moment', [deny], '2026-11-25T08:00:00Z', '2026-11-25T10:00:00Z'],
		['in it', [deny], '2026-11-25T09:30:00.500Z', '2026-11-25T10:00:00Z'],
		['at its end', [deny], '2026-11-25T10:00:00Z', 'allowed'],
		['outside of an allow window', [allow], '2026-11-25T10:00:00Z', '2026-11-26T08:00:00Z'],
		['in an allow window', [allow], '2026-11-25T08:00:00Z', 'allowed'],
		['where deny beats allow', [allow, deny], '2026-11-25T08:30:00Z', null],
		[
			'where a deny window lies in an allow window',
			[
				window({kind: 'allow', durationMilliseconds: 8 * hour}),
				window({schedule: '0 9 * * *', durationMilliseconds: hour}),
			],
			'2026-11-25T09:10:00Z',
			'2026-11-25T10:00:00Z',
		],
		[
			'where one allow window follows another',
			[window({kind: 'allow'}), window({kind: 'allow', schedule: '0 12 * * *'})],
			'2026-11-25T10:30:00Z',
			'2026-11-25T12:00:00Z',
		],
		['across midnight', [window({schedule: '0 23 * * *'})], '2026-11-26T00:30:00Z', '2026-11-26T01:00:00Z'],
		[
			'over several days',
			[window({schedule: '0 18 * * FRI', durationMilliseconds: 60 * hour})],
			'2026-11-29T12:00:00Z',
			'2026-11-30T06:00:00Z',
		],
		['in another time zone, in winter', [berlin], '2026-11-25T07:30:00Z', '2026-11-25T09:00:00Z'],
		['in another time zone, in summer', [berlin], '2026-07-25T06:30:00Z', '2026-07-25T08:00:00Z'],
		['for ever', [window({schedule: '* * * * *', durationMilliseconds: hour})], '2026-11-25T08:00:00Z', null],
		['with a day that never comes', [window({kind: 'allow', schedule: '0 0 31 2 *'})], '2026-11-25T08:00:00Z', null],
		[
			'with two deny windows that touch',
			[deny, window({schedule: '0 10 * * *'})],
			'2026-11-25T09:00:00Z',
			'2026-11-25T12:00:00Z',
		],
	])('%s', (_title, windows, time, until) => {
		const verdict = windowVerdict(windows, at(time), automatic);
		if (until === 'allowed') expect(verdict).toEqual({type: 'allowed'});
		else expect(verdict).toMatchObject({type: 'denied', until: until === null ? null : at(until)});
	});

	it('are not let through by what lets people through', () => {
		const lenient = [window({manualSync: true})];
		const time = at('2026-11-25T08:30:00Z');
		expect(windowVerdict(lenient, time, {isManual: false, ignoreWindows: true}).type).toBe('denied');
	});
});

describe('a person', () => {
	const time = at('2026-11-25T08:30:00Z');
	const open = {manualSync: true};
	const later = {schedule: '0 12 * * *'};
	it.each<[string, SyncWindow[], boolean, boolean]>([
		['one deny window that lets people', [window(open)], true, true],
		['one that does not', [window({})], false, false],
		['two, of which one does not', [window(open), window({schedule: '30 8 * * *'})], false, false],
		['an allow window to come that lets people', [window({kind: 'allow', ...later, ...open})], true, true],
		[
			'allow windows to come, of which one does not',
			[window({kind: 'allow', ...later, ...open}), window({kind: 'allow', ...later})],
			false,
			false,
		],
		[
			'a deny window that lets people, with allow windows to come that do not',
			[window(open), window({kind: 'allow', ...later})],
			true,
			true,
		],
	])('against %s', (_title, windows, isOverridable, isAllowed) => {
		expect(windowVerdict(windows, time, {isManual: true, ignoreWindows: false})).toMatchObject({
			type: 'denied',
			isOverridable,
		});
		const verdict = windowVerdict(windows, time, {isManual: true, ignoreWindows: true});
		expect(verdict.type).toBe(isAllowed ? 'allowed' : 'denied');
	});
});

describe('the next change', () => {
	it('is found anew once it has come', () => {
		const windows = [deny];
		const answers = ['07:00', '07:59', '08:00', '09:00', '10:00', '06:00'].map(time => {
			const next = nextChange(windows, at(`2026-11-25T${time}:00Z`));
			return next === null ? null : new Date(next).toISOString().slice(11, 16);
		});
		expect(answers).toEqual(['08:00', '08:00', '10:00', '10:00', '08:00', '08:00']);
	});

	it.each<[string, SyncWindow[], string, string | null]>([
		['a deny window that comes', [deny], '2026-11-25T07:00:00Z', '2026-11-25T08:00:00Z'],
		['the end of an allow window', [allow], '2026-11-25T08:30:00Z', '2026-11-25T10:00:00Z'],
		['none without windows', [], '2026-11-25T08:30:00Z', null],
	])('%s', (_title, windows, time, expected) => {
		expect(nextChange(windows, at(time))).toBe(expected === null ? null : at(expected));
	});
});
