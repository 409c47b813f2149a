import {expect, test} from 'vitest';
import {
	backOffUntil,
	emptyFlipHistory,
	expire,
	flipsOf,
	isFight,
	quietMilliseconds,
	recordFlip,
} from '../../../source/engine/heal/flip-history.ts';
import {key, now} from './heal-table.ts';

test('a history is never changed, only replaced', () => {
	const first = recordFlip(emptyFlipHistory, key, 'a', now);
	const second = recordFlip(first, key, 'a', now + 1);
	expect([emptyFlipHistory.size, flipsOf(first, key, 'a', now)!.count, flipsOf(second, key, 'a', now)!.count]).toEqual([
		0, 1, 2,
	]);
});

test('paths and objects are counted apart', () => {
	const history = recordFlip(emptyFlipHistory, key, 'a', now);
	expect(flipsOf(history, key, 'b', now)).toBeNull();
	expect(flipsOf(history, `${key}2`, 'a', now)).toBeNull();
});

test('quiet for ten minutes: forgotten, counted anew', () => {
	const history = recordFlip(recordFlip(emptyFlipHistory, key, 'a', now - 1), key, 'a', now);
	const later = now + quietMilliseconds;
	expect(flipsOf(history, key, 'a', later - 1)!.count).toBe(2);
	expect(flipsOf(history, key, 'a', later)).toBeNull();
	expect(flipsOf(recordFlip(history, key, 'a', later), key, 'a', later)!.count).toBe(1);
});

test('expiring drops what is quiet and keeps the rest; the same history when there is nothing to drop', () => {
	const history = recordFlip(recordFlip(emptyFlipHistory, key, 'old', now), key, 'young', now + 5_000);
	expect(expire(history, now + 1_000)).toBe(history);
	const rest = expire(history, now + quietMilliseconds);
	expect(flipsOf(rest, key, 'young', now + quietMilliseconds)).not.toBeNull();
	expect(rest.size).toBe(1);
});

test('a fight is the third flip within ten minutes, and stays one', () => {
	let history = recordFlip(emptyFlipHistory, key, 'a', now);
	expect(isFight(flipsOf(history, key, 'a', now), now)).toBe(false);
	history = recordFlip(history, key, 'a', now + 1);
	expect(isFight(flipsOf(history, key, 'a', now + 2), now + 2)).toBe(true);
	expect(isFight(null, now)).toBe(false);
});

test('memory is bounded however long a fight lasts', () => {
	let history = emptyFlipHistory;
	for (let flip = 0; flip < 10_000; flip++) history = recordFlip(history, key, 'a', now + flip);
	expect(flipsOf(history, key, 'a', now + 10_000)!.recent.length).toBeLessThanOrEqual(3);
	expect(backOffUntil(flipsOf(history, key, 'a', now + 10_000))).toBe(now + 9_999 + 300_000);
});
