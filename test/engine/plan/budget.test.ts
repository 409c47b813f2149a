import {describe, expect, it} from 'vitest';
import {deletionBudget} from '../../../source/engine/plan/budget.ts';

const nan = Number.NaN;
const infinity = Number.POSITIVE_INFINITY;

describe('deletionBudget', () => {
	it.each([
		// count, percent, inventory, allowed
		[10, 20, 0, 10],
		[10, 20, 1, 10],
		[10, 20, 50, 10],
		[10, 20, 51, 11],
		[10, 20, 1_000, 200],
		[0, 20, 1, 1],
		[0, 20, 6, 2],
		[0, 0, 1_000, 0],
		[3, 0, 1_000, 3],
		[2.9, 0, 10, 2],
		// Shares that floating point misses by a hair.
		[0, 7, 100, 7],
		[0, 29, 100, 29],
		[0, 14, 50, 7],
		[0, 0.1, 1_000, 1],
		[0, 16.1, 1_000, 161],
		[0, 32.7, 1_000, 327],
		// A share of more than everything is everything.
		[0, 100, 7, 7],
		[0, 1_000, 7, 7],
		// What is no number opens nothing.
		[nan, nan, 100, 0],
		[-5, -5, 100, 0],
		[infinity, 0, 100, 0],
		[0, infinity, 100, 0],
		[nan, 20, 100, 20],
	])('count %d, %d %% of %d: %d', (count, percent, inventory, allowed) => {
		expect(deletionBudget({count, percent}, inventory)).toBe(allowed);
	});

	it('takes values that only claim to be numbers as zero', () => {
		const broken = {count: '100', percent: undefined} as unknown as {count: number; percent: number};
		expect(deletionBudget(broken, 100)).toBe(0);
	});
});
