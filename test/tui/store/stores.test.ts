import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {formatAge, formatCalmAge, formatElapsed, formatLeft} from '../../../source/tui/store/ages.ts';
import {createBatcher} from '../../../source/tui/store/batch.ts';
import {createClock} from '../../../source/tui/store/clock.ts';
import {createFilter} from '../../../source/tui/store/filter.ts';
import {createFreezer} from '../../../source/tui/store/freezer.ts';
import {createStore} from '../../../source/tui/store/store.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe('a batch', () => {
	test('hands on the first change at once and the following ones together', () => {
		const seen: number[][] = [];
		const batcher = createBatcher<number>(250, changes => seen.push([...changes]));
		for (const change of [1, 2, 3]) batcher.add(change);
		expect(seen).toEqual([[1]]);
		vi.advanceTimersByTime(250);
		expect(seen).toEqual([[1], [2, 3]]);
		batcher.add(4);
		expect(seen).toHaveLength(2);
		vi.advanceTimersByTime(500);
		batcher.add(5);
		expect(seen).toEqual([[1], [2, 3], [4], [5]]);
	});

	test('hands on what waits when asked, and nothing after its end', () => {
		const seen: number[][] = [];
		const batcher = createBatcher<number>(250, changes => seen.push([...changes]));
		batcher.add(1);
		batcher.add(2);
		batcher.flush();
		batcher.add(3);
		batcher.end();
		vi.advanceTimersByTime(1000);
		expect(seen).toEqual([[1], [2]]);
	});
});

describe('a freezer', () => {
	test('keeps what was seen, counts what came, and tells when it lets go', () => {
		const source = createStore('a');
		const shown = createFreezer(source);
		let told = 0;
		shown.subscribe(() => told++);
		shown.freeze(1000);
		source.setState('b');
		source.setState('c');
		expect([shown.getState(), told]).toEqual(['a', 0]);
		expect(shown.status.getState()).toEqual({type: 'frozen', since: 1000, changesBehind: 2});
		shown.thaw();
		expect([shown.getState(), told, shown.status.getState().type]).toEqual(['c', 1, 'running']);
	});
});

test('the clock ticks once a second; stopped, only the time on the wall goes on', () => {
	const clock = createClock();
	const start = clock.getState();
	clock.start();
	vi.advanceTimersByTime(3000);
	clock.stop();
	vi.advanceTimersByTime(3000);
	expect([clock.getState() - start, clock.wall.getState() - start]).toEqual([3000, 6000]);
	clock.start();
	expect(clock.getState() - start).toBe(6000);
	clock.end();
	vi.advanceTimersByTime(3000);
	expect(clock.wall.getState() - start).toBe(6000);
});

test.each([
	['', true],
	['check', true],
	['CHECK shop', true],
	['check other', false],
	['!degraded', false],
	['!synced', true],
	['~ckt', true],
	['~xyz', false],
	['sync=out', true],
	['sync=synced', false],
	['!sync=out', false],
	['health=Degr check', true],
	['color=red', false],
	['!', false],
])('the filter %j fits: %s', (filter, fits) => {
	const row = {text: 'checkout shop OutOfSync Degraded', facets: {sync: 'OutOfSync', health: 'Degraded'}};
	expect(createFilter(filter)(row)).toBe(fits);
});

test.each([
	[-5, '0 s'],
	[59_999, '59 s'],
	[60_000, '1 m'],
	[3_599_999, '59 m'],
	[47 * 3_600_000, '47 h'],
	[48 * 3_600_000, '2 d'],
])('%i ms ago is %s', (milliseconds, text) => {
	expect(formatAge(milliseconds)).toBe(text);
});

test.each([
	[9_900, '9 s'],
	[10_000, '10 s'],
	[19_999, '10 s'],
	[59_999, '50 s'],
	[61_000, '1 m'],
])('an age of %i ms that changes seldom is %s', (milliseconds, text) => {
	expect(formatCalmAge(milliseconds)).toBe(text);
});

test.each([
	[0, '0 s'],
	[1, '1 s'],
	[61_001, '2 m'],
	[900_900, '15 m'],
	[3_541_001, '60 m'],
	[3 * 3_600_000, '3 h'],
])('%i ms to go is %s', (milliseconds, text) => {
	expect(formatLeft(milliseconds)).toBe(text);
});

test.each([
	[4_000, '00:04'],
	[751_000, '12:31'],
	[3_723_000, '1:02:03'],
])('%i ms of running is %s', (milliseconds, text) => {
	expect(formatElapsed(milliseconds)).toBe(text);
});
