import {EventEmitter} from 'node:events';
import {afterEach, beforeEach, describe, expect, test, vi} from 'vitest';
import {detectCapabilities} from '../../../source/tui/terminal/capabilities.ts';
import {copySequence} from '../../../source/tui/terminal/clipboard.ts';
import {watchResize} from '../../../source/tui/terminal/resize.ts';
import {ScreenOutput} from '../../../source/tui/terminal/screen-output.ts';

describe('what a terminal can do', () => {
	const both = {isInputTerminal: true, isOutputTerminal: true};
	test.each([
		['UTF-8', {LANG: 'de_DE.UTF-8', TERM: 'xterm'}, {glyphs: 'unicode', theme: 'terminal', isFullScreen: true}],
		['LC_ALL before LANG', {LC_ALL: 'C', LANG: 'de_DE.UTF-8', TERM: 'xterm'}, {glyphs: 'ascii'}],
		['an empty LC_ALL does not count', {LC_ALL: '', LANG: 'C.utf8', TERM: 'xterm'}, {glyphs: 'unicode'}],
		['NO_COLOR', {NO_COLOR: '1', TERM: 'xterm'}, {theme: 'mono'}],
		['an empty NO_COLOR', {NO_COLOR: '', TERM: 'xterm'}, {theme: 'terminal'}],
		[
			'a theme that was asked for',
			{NO_COLOR: '1', HOLDFAST_THEME: 'colour-blind', TERM: 'xterm'},
			{theme: 'colour-blind'},
		],
		['a theme that there is not', {HOLDFAST_THEME: 'pink', TERM: 'xterm'}, {theme: 'terminal'}],
		['a terminal without colours', {TERM: 'vt220'}, {theme: 'mono', isFullScreen: true}],
		['a dumb terminal', {TERM: 'dumb'}, {theme: 'mono', isFullScreen: false}],
		['no terminal type at all', {}, {isFullScreen: false}],
		['tmux', {TERM: 'screen-256color', TMUX: '/tmp/x'}, {multiplexer: 'tmux'}],
		['screen', {TERM: 'screen'}, {multiplexer: 'screen'}],
	])('%s', (_name, environment, expected) => {
		expect(detectCapabilities(environment, both)).toMatchObject(expected);
	});

	test.each([
		[true, false],
		[false, true],
	])('a full screen needs both ends: %s, %s', (isInputTerminal, isOutputTerminal) => {
		expect(detectCapabilities({TERM: 'xterm'}, {isInputTerminal, isOutputTerminal}).isFullScreen).toBe(false);
	});
});

describe('a copy', () => {
	const data = Buffer.from('Deployment/ä').toString('base64');

	test('plain', () => {
		expect(copySequence('Deployment/ä', 'none')).toBe(`\u001b]52;c;${data}\u0007`);
	});

	test('through tmux, plain and wrapped with every Escape doubled', () => {
		expect(copySequence('Deployment/ä', 'tmux')).toBe(
			`\u001b]52;c;${data}\u0007\u001bPtmux;\u001b\u001b]52;c;${data}\u0007\u001b\\`,
		);
	});

	test('through screen, in pieces that it does not cut', () => {
		const sequence = copySequence('x'.repeat(2000), 'screen')!;
		const parts = sequence.split('\u001b\\').filter(part => part !== '');
		expect(parts.every(part => part.startsWith('\u001bP') && part.length <= 768)).toBe(true);
		expect(parts.map(part => part.slice(2)).join('')).toBe(copySequence('x'.repeat(2000), 'none'));
	});

	test('too long is none', () => {
		expect(copySequence('x'.repeat(60_000), 'none')).toBeNull();
	});
});

class FakeTerminal extends EventEmitter {
	columns = 80;
	rows = 24;
	readonly written: string[] = [];
	write(text: string, done?: () => void): boolean {
		this.written.push(text);
		done?.();
		return true;
	}
}

describe('what Ink writes to', () => {
	test('nothing is written while it is held or closed, and whoever waits for it goes on', async () => {
		const terminal = new FakeTerminal();
		const output = new ScreenOutput(terminal);
		output.write('a');
		output.hold();
		await new Promise<void>(resolve => output.write('b', resolve));
		output.release();
		output.write('c');
		output.close();
		await new Promise<void>(resolve => output.write('d', resolve));
		output.open();
		output.write('e');
		expect(terminal.written).toEqual(['a', '\u001b[0m\u001b[H\u001b[J', 'c', 'e']);
	});

	test('a terminal that knows only ASCII gets nothing else, and as many columns', () => {
		const terminal = new FakeTerminal();
		new ScreenOutput(terminal, {isAscii: true}).write('é語x\u001b[1m…');
		expect(terminal.written).toEqual(['???x\u001b[1m?']);
	});

	test('a terminal that knows no size is 80 by 24', () => {
		expect(new ScreenOutput(Object.assign(new FakeTerminal(), {columns: 0, rows: 0})).measure()).toEqual({
			columns: 80,
			rows: 24,
		});
	});
});

describe('a resize', () => {
	beforeEach(() => {
		vi.useFakeTimers();
	});
	afterEach(() => {
		vi.useRealTimers();
	});

	test('is told once it has settled, and nothing is drawn before', () => {
		const terminal = new FakeTerminal();
		const output = new ScreenOutput(terminal);
		const sizes: number[] = [];
		watchResize(terminal, output, ({columns}) => sizes.push(columns));
		for (const columns of [81, 82, 83]) {
			terminal.columns = columns;
			terminal.emit('resize');
			vi.advanceTimersByTime(30);
		}
		output.write('a frame of the old size');
		expect([sizes, terminal.written, output.columns]).toEqual([[], [], 80]);
		vi.advanceTimersByTime(60);
		expect([sizes, output.columns]).toEqual([[83], 83]);
	});

	test('is told now and then while it goes on', () => {
		const terminal = new FakeTerminal();
		const sizes: number[] = [];
		watchResize(terminal, new ScreenOutput(terminal), ({columns}) => sizes.push(columns));
		for (let step = 0; step < 20; step++) {
			terminal.emit('resize');
			vi.advanceTimersByTime(30);
		}
		expect(sizes.length).toBeGreaterThanOrEqual(2);
	});
});
