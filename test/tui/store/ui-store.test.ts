import {expect, test, vi} from 'vitest';
import {initialUiState} from '../../../source/tui/store/ui-state.ts';
import {createUiStore} from '../../../source/tui/store/ui-store.ts';

test('a toast goes after its time, also where the clock lags behind the timer', () => {
	vi.useFakeTimers();
	try {
		const start = Date.now();
		// A clock that is a millisecond late, as Date.now may be when a timer fires.
		const ui = createUiStore(initialUiState({columns: 80, rows: 24, theme: 'mono'}), () =>
			Math.max(start, Date.now() - 1),
		);
		ui.toast('short');
		ui.toast('x'.repeat(100));
		expect(ui.getState().toasts).toHaveLength(2);
		vi.advanceTimersByTime(4_001);
		expect(ui.getState().toasts.map(({text}) => text.length)).toEqual([100]);
		vi.advanceTimersByTime(3_000);
		expect(ui.getState().toasts).toEqual([]);
	} finally {
		vi.useRealTimers();
	}
});
