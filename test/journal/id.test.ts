import {expect, test} from 'vitest';
import {createIdFactory} from '../../source/journal/id.ts';

test('ids sort by the time they were made', () => {
	const times = [0, 1, 31, 32, 1_700_000_000_000, 1_700_000_000_001, 4_102_444_800_000, 2 ** 48 - 1];
	const ids = times.map(time => createIdFactory(() => time, Math.random)());
	expect([...ids].sort()).toEqual(ids);
	for (const id of ids) expect(id).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
});

test('the time part is the ULID specification’s: its own example', () => {
	expect(createIdFactory(() => 1_469_918_176_385, Math.random)().slice(0, 10)).toBe('01ARYZ6S41');
});

test('the random part is sixteen digits of what is given', () => {
	const numbers = [0, 0.5, 31.9 / 32];
	const id = createIdFactory(
		() => 0,
		() => numbers.shift() ?? 1 / 32,
	)();
	expect(id).toBe('0000000000' + '0GZ1111111111111');
});

test('ids of one millisecond grow', () => {
	const next = createIdFactory(() => 5, Math.random);
	const ids = Array.from({length: 1_000}, next);
	expect(new Set(ids).size).toBe(1_000);
	expect([...ids].sort()).toEqual(ids);
});

test('ids grow when the clock steps back', () => {
	let time = 1_000;
	const next = createIdFactory(() => time, Math.random);
	const before = next();
	time = 10;
	const after = next();
	expect(after > before).toBe(true);
});

test('a random part that is used up moves on to the next millisecond', () => {
	const next = createIdFactory(
		() => 7,
		() => 0.999_999,
	);
	const [first, second] = [next(), next()];
	expect(second > first).toBe(true);
	expect(second.slice(0, 10)).toBe('0000000008');
});
