import {writeSync} from 'node:fs';
import type {TerminalOutput} from './screen-output.ts';
import {enterSequence, leaveSequence} from './sequences.ts';

/** What we need of a terminal to read from; process.stdin is one. */
export interface TerminalInput {
	setRawMode(isRaw: boolean): unknown;
	resume(): unknown;
	pause(): unknown;
	on(event: 'data', listener: (chunk: Buffer) => void): unknown;
	on(event: 'end' | 'error', listener: () => void): unknown;
	off(event: 'data', listener: (chunk: Buffer) => void): unknown;
	off(event: 'end' | 'error', listener: () => void): unknown;
}

/** The alternate screen, raw mode, paste brackets and the hidden cursor: all on or all off. */
export interface TerminalModes {
	enter(): void;
	/** Switches everything on again: somebody else had the terminal while we were stopped. */
	reenter(): void;
	/** Safe to call twice, from a signal handler and in the last breath of a process. */
	leave(): void;
	readonly isEntered: boolean;
}

export function createTerminalModes(
	input: TerminalInput,
	output: TerminalOutput & {readonly fd?: number},
): TerminalModes {
	let isEntered = false;
	const reenter = () => {
		isEntered = true;
		// Node remembers the mode that it set and would not set it again.
		input.setRawMode(false);
		input.setRawMode(true);
		input.resume();
		output.write(enterSequence);
	};
	return {
		get isEntered() {
			return isEntered;
		},
		enter() {
			if (!isEntered) reenter();
		},
		reenter,
		leave() {
			if (!isEntered) return;
			isEntered = false;
			writeNow(output, leaveSequence);
			try {
				input.setRawMode(false);
			} catch {
				// The terminal is gone already (SIGHUP): there is nothing left to restore.
			}
			input.pause();
		},
	};
}

/** A process that is about to end does not come back to flush a stream. */
function writeNow(output: TerminalOutput & {readonly fd?: number}, text: string): void {
	try {
		if (output.fd === undefined) output.write(text);
		else writeSync(output.fd, text);
	} catch {
		// Gone, or full: then the stream is the last try.
		try {
			output.write(text);
		} catch {}
	}
}
