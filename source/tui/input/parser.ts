import {graphemes} from '../widgets/fit/width.ts';
import {controlKey, isControl} from './controls.ts';
import {characterKey, type InputEvent, namedKey, noModifiers} from './key.ts';
import {csiKey, ss3Key} from './sequence.ts';

const escapeCharacter = '\u001b';
const pasteStart = '\u001b[200~';
const pasteEnd = '\u001b[201~';
/** A paste beyond this is cut: no field of ours takes as much. */
const longestPaste = 1_000_000;
/** Control strings beyond this are no answers to anything; they go on as if they had ended. */
const longestString = 100_000;

/** How the text that has not been understood yet could go on. */
export type Pending =
	| 'nothing'
	/** A lone Escape, or the first byte of a sequence on its way over a slow link. */
	| 'escape'
	/** The rest of it will be no key that was typed. */
	| 'sequence'
	| 'paste';

export interface InputParser {
	/** Everything that was complete in what has arrived, in order. */
	feed(text: string): InputEvent[];
	/** Nothing more came for a while: what waits is taken for what it looks like. */
	flush(): InputEvent[];
	readonly pending: Pending;
}

/**
 * Turns what a terminal sends into keys and pastes. Keys that arrive together come out one by one; sequences may arrive
 * in pieces; what is no key disappears whole, so that no part of it is ever taken for a command.
 */
export function createInputParser(): InputParser {
	let waiting = '';
	return {
		get pending() {
			return describe(waiting);
		},
		feed(text) {
			waiting += text;
			// The only way out of a paste whose end was lost on the way; inside a paste it is never alone.
			if (text === '\u0003' && waiting.startsWith(pasteStart)) waiting = text;
			const {events, rest} = readAll(waiting);
			waiting = rest;
			return events;
		},
		flush() {
			const kind = describe(waiting);
			// A paste has no time limit: its second half must not become keys.
			if (kind === 'nothing' || kind === 'paste') return [];
			const typed = typedPattern.exec(waiting)?.[1];
			waiting = '';
			if (typed === undefined) return [];
			return typed === '' ? [namedKey('escape')] : [namedKey('escape'), characterKey(typed)];
		},
	};
}

function describe(waiting: string): Pending {
	if (waiting === '') return 'nothing';
	if (waiting.startsWith(pasteStart)) return 'paste';
	return waiting === escapeCharacter || introducers.has(waiting.slice(1)) ? 'escape' : 'sequence';
}

function readAll(text: string): {readonly events: InputEvent[]; readonly rest: string} {
	const events: InputEvent[] = [];
	let position = 0;
	while (position < text.length) {
		const step = text[position] === escapeCharacter ? readEscape(text, position) : readPlain(text, position);
		if (step === null) break;
		events.push(...step.events);
		position = step.end;
	}
	return {events, rest: text.slice(position)};
}

interface Step {
	readonly events: readonly InputEvent[];
	readonly end: number;
}

const nothing: readonly InputEvent[] = [];

/** Characters and controls up to the next Escape. C1 controls are nobody's keys. */
function readPlain(text: string, start: number): Step {
	const next = text.indexOf(escapeCharacter, start);
	const end = next < 0 ? text.length : next;
	const events = graphemes(text.slice(start, end)).flatMap(character =>
		// `\r\n` is one grapheme.
		character === '\r\n'
			? [controlKey('\r')]
			: isControl(character)
				? [controlKey(character)]
				: /^[\u0080-\u009f]/.test(character)
					? []
					: [characterKey(character)],
	);
	return {events, end};
}

/** What begins with Escape; null while its end is missing. */
function readEscape(text: string, start: number): Step | null {
	const kind = text[start + 1];
	switch (kind) {
		case undefined:
			return null;
		case '[':
			return readCsi(text, start);
		case 'O':
			return readSs3(text, start);
		case escapeCharacter:
			return {events: [namedKey('escape')], end: start + 1};
		default:
			return introducers.has(kind) ? readIntroduced(text, start, kind) : readAlt(text, start);
	}
}

/**
 * What begins an operating system command, a device control string or an application command, with what answers of
 * terminals go on with. Anything else is Escape and a letter that arrived together: Escape and P must not swallow what is
 * typed behind them.
 */
const introducers: ReadonlyMap<string, RegExp> = new Map([
	[']', /[0-9]/],
	['P', /[0-9>!+$|]/],
	['_', /G/],
]);

/** Escape alone, or with a letter that could have begun more but did not. */
const typedPattern = /^\u001b([\]P_O]?)$/;

function readIntroduced(text: string, start: number, kind: string): Step | null {
	const next = text[start + 2];
	if (next === undefined) return null;
	return introducers.get(kind)?.test(next) ? readString(text, start) : readAlt(text, start);
}

/** ECMA-48: parameters 0x30–0x3f, intermediates 0x20–0x2f, one final 0x40–0x7e. */
const csiPattern = /\u001b\[([0-?]*)([ -/]*)([@-~])/y;
const csiBeginning = /\u001b\[[0-?]*[ -/]*$/y;

function readCsi(text: string, start: number): Step | null {
	if (text.startsWith(pasteStart, start)) return readPaste(text, start);
	csiPattern.lastIndex = start;
	const match = csiPattern.exec(text);
	if (!match) {
		csiBeginning.lastIndex = start;
		// Something that cannot stand in a sequence: it is dropped up to there.
		return csiBeginning.test(text) ? null : {events: nothing, end: start + endOfBroken(text.slice(start))};
	}
	const [whole, body = '', intermediates = '', final = ''] = match;
	let end = start + whole.length;
	// X10 mouse reports carry three bytes behind their final one.
	if (final === 'M' && body === '') {
		if (text.length < end + 3) return null;
		end += 3;
	}
	const key = intermediates === '' ? csiKey(body, final) : null;
	return {events: key ? [key] : nothing, end};
}

function endOfBroken(sequence: string): number {
	const rest = /^\u001b\[[0-?]*[ -/]*/.exec(sequence);
	return rest?.[0].length ?? 2;
}

function readSs3(text: string, start: number): Step | null {
	const final = text[start + 2];
	if (final === undefined) return null;
	const key = ss3Key(final);
	return {events: key ? [key] : nothing, end: start + 3};
}

/** Operating system commands, device control strings and the like: answers of a terminal. Ended by BEL or ST. */
function readString(text: string, start: number): Step | null {
	const end = /\u0007|\u001b\\|\u009c/g;
	end.lastIndex = start + 2;
	const match = end.exec(text);
	if (match) return {events: nothing, end: match.index + match[0].length};
	return text.length - start > longestString ? {events: nothing, end: text.length} : null;
}

function readPaste(text: string, start: number): Step | null {
	const from = start + pasteStart.length;
	const end = text.indexOf(pasteEnd, from);
	if (end < 0) return null;
	return {
		events: [{type: 'paste', text: text.slice(from, Math.min(end, from + longestPaste))}],
		end: end + pasteEnd.length,
	};
}

/** Alt and a key: Escape before its character. */
function readAlt(text: string, start: number): Step {
	const alt = {...noModifiers, isAlt: true};
	const [character = ''] = graphemes(text.slice(start + 1, start + 20));
	const key = isControl(character) ? controlKey(character[0]!, true) : characterKey(character, alt);
	return {events: [key], end: start + 1 + character.length};
}
