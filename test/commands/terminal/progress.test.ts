import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {startProgress} from '../../../source/commands/terminal/progress.ts';
import {createFakeTerminal} from '../fake-terminal.ts';

beforeEach(() => {
	vi.useFakeTimers();
});
afterEach(() => {
	vi.useRealTimers();
});

describe('on a terminal', () => {
	test('nothing is drawn in the first second, then the newest text, and in the end the line is gone', () => {
		const terminal = createFakeTerminal({isTerminal: true, now: () => Date.now()});
		const progress = startProgress(terminal, 'comparing');
		vi.advanceTimersByTime(990);
		expect(terminal.noted()).toBe('');
		progress.update('comparing 2 of 3');
		vi.advanceTimersByTime(1_100);
		expect(terminal.noted()).toContain('⟳ comparing 2 of 3  1s');
		expect(terminal.noted()).toContain('⟳ comparing 2 of 3  2s');
		progress.end();
		expect(terminal.noted()).toMatch(/\r\u001b\[K$/);
		const before = terminal.noted();
		vi.advanceTimersByTime(5_000);
		progress.end();
		expect(terminal.noted()).toBe(before);
	});

	test('ctrl-c takes the line away', () => {
		const terminal = createFakeTerminal({isTerminal: true, now: () => Date.now()});
		startProgress(terminal, 'waiting');
		vi.advanceTimersByTime(2_000);
		terminal.interrupt();
		expect(terminal.noted()).toMatch(/\r\u001b\[K$/);
	});

	test('what ends within the second leaves no trace', () => {
		const terminal = createFakeTerminal({isTerminal: true, now: () => Date.now()});
		const progress = startProgress(terminal, 'comparing');
		vi.advanceTimersByTime(500);
		progress.end();
		expect(terminal.noted()).toBe('');
	});
});

test.each([
	['a pipe', {isTerminal: false}],
	['a dumb terminal', {isTerminal: true, environment: {TERM: 'dumb'}}],
])('%s gets no progress', (_name, options) => {
	const terminal = createFakeTerminal({...options, now: () => Date.now()});
	startProgress(terminal, 'comparing');
	vi.advanceTimersByTime(60_000);
	expect(terminal.noted()).toBe('');
});
