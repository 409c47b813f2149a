import {EventEmitter} from 'node:events';
import {widthOf} from '../widgets/fit/width.ts';
import {wipeSequence} from './sequences.ts';

export interface Size {
	readonly columns: number;
	readonly rows: number;
}

/** What we need of a terminal to write to; process.stdout is one. */
export interface TerminalOutput {
	readonly columns?: number;
	readonly rows?: number;
	write(text: string, done?: () => void): boolean;
	on(event: 'resize', listener: () => void): unknown;
	off(event: 'resize', listener: () => void): unknown;
}

/**
 * What Ink writes to instead of stdout. It can be closed, so that nothing reaches the terminal that was given back, and
 * held, so that no frame of the old size is drawn into a terminal of the new one. Its size is ours, not the terminal's:
 * it changes when a resize has settled, together with the tree.
 */
export class ScreenOutput extends EventEmitter {
	readonly isTTY = true;
	readonly writable = true;
	columns: number;
	rows: number;
	readonly #target: TerminalOutput;
	readonly #isAscii: boolean;
	#isHeld = false;
	#isClosed = false;

	/** @param isAscii whether the terminal would take anything else for something else: names come from anywhere */
	constructor(target: TerminalOutput, {isAscii = false}: {readonly isAscii?: boolean} = {}) {
		super();
		this.#target = target;
		this.#isAscii = isAscii;
		({columns: this.columns, rows: this.rows} = sizeOf(target));
	}

	write(text: string, done?: () => void): boolean {
		if (this.#isHeld || this.#isClosed || text === '') {
			if (done) setImmediate(done);
			return true;
		}
		return this.#target.write(this.#isAscii ? asciiOf(text) : text, done);
	}

	/** Frames go nowhere from here on; the next one after {@link release} has to be a whole one. */
	hold(): void {
		this.#isHeld = true;
	}

	/** Takes over the terminal's size. */
	measure(): Size {
		({columns: this.columns, rows: this.rows} = sizeOf(this.#target));
		return {columns: this.columns, rows: this.rows};
	}

	/** Wipes the screen; frames are drawn again. */
	release(): void {
		this.#isHeld = false;
		this.write(wipeSequence);
	}

	/** For good, or until {@link open}. */
	close(): void {
		this.#isClosed = true;
	}

	open(): void {
		this.#isClosed = false;
	}
}

/** As many question marks as the characters take columns: what stands behind them stays in its place. */
function asciiOf(text: string): string {
	return text.replace(/[^\u0000-\u007f]+/g, run => '?'.repeat(widthOf(run)));
}

/** Terminals behind some serial lines and containers say 0 by 0. */
export function sizeOf({columns, rows}: Pick<TerminalOutput, 'columns' | 'rows'>): Size {
	return {columns: columns || 80, rows: rows || 24};
}
