import {describe, expect, it} from 'vitest';
import {createLimiter} from '../../source/cluster/limiter.ts';

describe('a limiter', () => {
	it('lets in as many as it has places, at once, and the others in their order', async () => {
		const limiter = createLimiter(2);
		expect(limiter.acquire()).toBeUndefined();
		expect(limiter.acquire()).toBeUndefined();
		const entered: number[] = [];
		const waiting = Array.from({length: 5_000}, async (_, number) => {
			await limiter.acquire();
			entered.push(number);
			limiter.release();
		});
		await Promise.resolve();
		expect(entered).toEqual([]);
		limiter.release();
		await Promise.all(waiting);
		expect(entered).toEqual(Array.from({length: 5_000}, (_, number) => number));
	});

	it('passes over those who gave up, and loses no place with them', async () => {
		const limiter = createLimiter(1);
		limiter.acquire();
		const abort = new AbortController();
		const first = limiter.acquire(abort.signal);
		const second = limiter.acquire();
		abort.abort(new Error('given up'));
		await expect(first).rejects.toThrow('given up');
		await expect(limiter.acquire(abort.signal)).rejects.toThrow('given up');
		limiter.release();
		await second;
		limiter.release();
		expect(limiter.acquire()).toBeUndefined();
	});

	it('does not give up a place that was already taken', async () => {
		const limiter = createLimiter(1);
		limiter.acquire();
		const abort = new AbortController();
		const next = limiter.acquire(abort.signal);
		limiter.release();
		abort.abort();
		await next;
		const after = limiter.acquire();
		expect(after).toBeInstanceOf(Promise);
		limiter.release();
		await after;
	});
});
