import {afterEach, beforeEach, expect, test, vi} from 'vitest';
import {WorkQueue} from '../../../demo/control-plane/controllers/work-queue.ts';

beforeEach(
	() => void vi.useFakeTimers({toFake: ['setTimeout', 'clearTimeout', 'setImmediate', 'clearImmediate', 'Date']}),
);
afterEach(() => void vi.useRealTimers());

function setUp(reconcile: (key: string, queue: WorkQueue) => number | undefined) {
	const seen: string[] = [];
	const errors: unknown[] = [];
	const queue: WorkQueue = new WorkQueue({
		reconcile(key) {
			seen.push(key);
			return reconcile(key, queue);
		},
		onError: (_key, error) => errors.push(error),
	});
	return {queue, seen, errors};
}

test('a key that is added often before its turn is reconciled once', async () => {
	const {queue, seen} = setUp(() => undefined);
	for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
	await vi.advanceTimersByTimeAsync(1_000);
	expect(seen).toEqual(['a', 'b']);
});

test('a key that is added during its own turn gets another', async () => {
	let left = 1;
	const {queue, seen} = setUp((key, own) => {
		if (left-- > 0) own.add(key);
		return undefined;
	});
	queue.add('a');
	await vi.advanceTimersByTimeAsync(1_000);
	expect(seen).toEqual(['a', 'a']);
});

test('a failing key is tried again ever more slowly, and the others go on', async () => {
	const attempts: number[] = [];
	const {queue, seen, errors} = setUp(key => {
		if (key === 'good') return undefined;
		attempts.push(Date.now());
		throw new Error('refused');
	});
	queue.add('bad');
	queue.add('good');
	await vi.advanceTimersByTimeAsync(30_000);
	// The pretended clock counts the turn of the event loop in which the queue runs as a millisecond.
	const turn = 1;
	const pauses = attempts.slice(1).map((time, index) => time - (attempts[index] ?? 0) - turn);
	expect(pauses).toEqual([5, 20, 100, 500, 2_000, 10_000, 10_000]);
	expect(errors).toHaveLength(attempts.length);
	expect(seen.filter(key => key === 'good')).toHaveLength(1);
});

test('it looks again when reconcile asks for it, and never once stopped', async () => {
	const {queue, seen} = setUp(() => 1_000);
	queue.add('a');
	await vi.advanceTimersByTimeAsync(2_500);
	expect(seen).toHaveLength(3);
	queue.stop();
	queue.add('a');
	await vi.advanceTimersByTimeAsync(10_000);
	expect(seen).toHaveLength(3);
	expect(vi.getTimerCount()).toBe(0);
});
