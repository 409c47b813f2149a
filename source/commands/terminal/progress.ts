import {cut} from './columns.ts';
import type {Terminal} from './terminal.ts';

const delayMilliseconds = 1000;
const intervalMilliseconds = 250;
const clearLine = '\r\u001b[K';

/** A line on a person's terminal that says what is being waited for. */
export interface Progress {
	/** What is going on, for example `comparing 12 of 42 applications`. */
	update(text: string): void;
	/** Takes the line away. Safe to call again. */
	end(): void;
}

/**
 * Shows progress for anything that takes longer than a second, four times a second at most, and only on a terminal that
 * can draw over a line: a log file gets none of it.
 */
export function startProgress(terminal: Terminal, text: string): Progress {
	if (!terminal.notes.isTerminal || terminal.environment.TERM === 'dumb') return {update() {}, end() {}};
	const startedAt = terminal.now();
	let current = text;
	let isDrawn = false;
	const draw = () => {
		const seconds = Math.floor((terminal.now() - startedAt) / 1000);
		if (seconds * 1000 < delayMilliseconds) return;
		const line = `${terminal.notes.glyph('busy')} ${current}  ${seconds}s`;
		terminal.draw(`${clearLine}${cut(line, terminal.notes.columns - 1, terminal.notes)}`);
		isDrawn = true;
	};
	const timer = setInterval(draw, intervalMilliseconds);
	timer.unref();
	const end = () => {
		clearInterval(timer);
		terminal.signal.removeEventListener('abort', end);
		if (isDrawn) terminal.draw(clearLine);
		isDrawn = false;
	};
	terminal.signal.addEventListener('abort', end);
	return {
		update(next) {
			current = next;
		},
		end,
	};
}
