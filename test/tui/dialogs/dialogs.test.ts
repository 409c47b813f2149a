import {describe, expect, test} from 'vitest';
import {createDialogs} from '../../../source/tui/dialogs/dialogs.ts';

describe('questions', () => {
	test('come one after the other, and each is answered once', async () => {
		const dialogs = createDialogs();
		const answers: ((value: string | null) => void)[] = [];
		const ask = () =>
			dialogs.open<string>(answer => {
				answers.push(answer);
				return null;
			});
		const first = ask();
		const second = ask();
		expect(dialogs.queue.getState()).toHaveLength(2);
		dialogs.queue.getState()[0]?.render();
		answers[0]?.('one');
		answers[0]?.('two');
		expect(await first).toBe('one');
		expect(dialogs.queue.getState()).toHaveLength(1);
		dialogs.dismissAll();
		expect(await second).toBeNull();
		expect(dialogs.queue.getState()).toEqual([]);
	});
});
