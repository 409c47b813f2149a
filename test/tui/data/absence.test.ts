import {describe, expect, test} from 'vitest';
import type {JournalEntry} from '../../../source/model/journal.ts';
import {countAbsence, describeAbsence} from '../../../source/tui/data/absence.ts';
import {makeDrift, now} from '../../commands/fixtures.ts';
import {makeHold, makeSync} from '../fixtures.ts';

const hour = 3_600_000;
const drift = (id: string, action: 'healed' | 'reported', time = now - 60_000): JournalEntry => ({
	type: 'drift',
	id,
	time,
	application: 'checkout',
	event: makeDrift({id, action, time}),
});
const at = <Entry extends JournalEntry>(entry: Entry, time: number): Entry => ({...entry, time});

describe('while you were away', () => {
	const tell = (entries: readonly JournalEntry[], since = now - hour) => {
		const absence = countAbsence(entries, {since, until: now});
		return absence ? describeAbsence(absence) : null;
	};

	test.each<[string, readonly JournalEntry[], string | null]>([
		['nothing', [], null],
		['what was before is not told', [drift('a', 'healed', now - 2 * hour)], null],
		[
			'two syncs and a healed drift',
			[makeSync({id: '1'}), makeSync({id: '2'}), drift('a', 'healed')],
			'2 syncs, 1 drift healed',
		],
		['a drift that stands', [drift('a', 'reported')], '1 drift'],
		['some healed', [drift('a', 'healed'), drift('b', 'reported')], '2 drifts, 1 of them healed'],
		['all healed', [drift('a', 'healed'), drift('b', 'healed')], '2 drifts, all healed'],
		['a drift told twice counts once, as it is now', [drift('a', 'reported'), drift('a', 'healed')], '1 drift healed'],
		['failures first', [makeSync({id: '1'}), makeSync({id: '2', phase: 'Failed'})], '1 failed sync, 1 sync'],
		[
			'holds that were placed, not those that ended',
			(['held', 'ended'] as const).map(action => ({
				type: 'hold' as const,
				id: action,
				time: now - 1_000,
				application: 'checkout',
				action,
				hold: makeHold(),
				by: 'lena',
			})),
			'1 hold',
		],
	])('%s', (_name, entries, expected) => {
		expect(tell(entries)).toBe(expected);
	});

	test('a glance at another pane is no absence', () => {
		expect(tell([at(makeSync(), now - 1_000)], now - 30_000)).toBeNull();
	});
});
