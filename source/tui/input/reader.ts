import {StringDecoder} from 'node:string_decoder';
import type {TerminalInput} from '../terminal/terminal-modes.ts';
import type {InputEvent} from './key.ts';
import {createInputParser, type Pending} from './parser.ts';

/**
 * How long to wait for the rest of what has begun. An arrow over a bad link comes in two pieces tens of milliseconds
 * apart; a person's Escape waits that long too, and does not notice.
 */
const waits: Readonly<Record<Exclude<Pending, 'nothing' | 'paste'>, number>> = {escape: 80, sequence: 400};

/**
 * Reads keys and pastes from a terminal in raw mode.
 *
 * @param ended called when the terminal is gone
 * @returns what ends the reading
 */
export function readInput(
	input: TerminalInput,
	{heard, ended}: {readonly heard: (events: readonly InputEvent[]) => void; readonly ended: () => void},
): () => void {
	const decoder = new StringDecoder('utf8');
	const parser = createInputParser();
	let timer: NodeJS.Timeout | undefined;
	const wait = () => {
		clearTimeout(timer);
		const {pending} = parser;
		if (pending === 'nothing' || pending === 'paste') return;
		timer = setTimeout(() => tell(parser.flush()), waits[pending]);
	};
	const tell = (events: readonly InputEvent[]) => {
		if (events.length > 0) heard(events);
	};
	const read = (chunk: Buffer) => {
		const events = parser.feed(decoder.write(chunk));
		wait();
		tell(events);
	};
	input.on('data', read);
	input.on('end', ended);
	input.on('error', ended);
	return () => {
		clearTimeout(timer);
		input.off('data', read);
		input.off('end', ended);
		input.off('error', ended);
	};
}
