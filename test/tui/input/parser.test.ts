import {describe, expect, test} from 'vitest';
import {createInputParser} from '../../../source/tui/input/parser.ts';

/** Chords; pastes in angle brackets. */
function read(...chunks: readonly string[]): string[] {
	const parser = createInputParser();
	return chunks
		.flatMap(chunk => parser.feed(chunk))
		.map(event => (event.type === 'key' ? event.chord : `<${event.text}>`));
}

describe('keys', () => {
	test.each<[string, readonly string[], readonly string[]]>([
		['letters that arrive together', ['jjj'], ['j', 'j', 'j']],
		['a letter and Enter that arrive together', ['G\r'], ['G', 'enter']],
		['controls that arrive together', ['\u0004\u000b'], ['ctrl+d', 'ctrl+k']],
		['three arrows in one read', ['\u001b[A\u001b[B\u001b[C'], ['up', 'down', 'right']],
		['an arrow in two pieces', ['\u001b', '[A'], ['up']],
		['an arrow in three pieces', ['\u001b', '[', 'A'], ['up']],
		['a page key in pieces', ['\u001b[', '5', '~'], ['pageup']],
		['an arrow between letters', ['j\u001b[Ak'], ['j', 'up', 'k']],
		['application mode arrows', ['\u001bOA\u001bOD'], ['up', 'left']],
		['function keys', ['\u001bOP\u001b[15~\u001b[24~'], ['f1', 'f5', 'f12']],
		['Home and End in both spellings', ['\u001b[H\u001b[F\u001b[1~\u001b[4~'], ['home', 'end', 'home', 'end']],
		['modifiers of arrows', ['\u001b[1;5C\u001b[1;2A\u001b[1;6D'], ['ctrl+right', 'shift+up', 'ctrl+shift+left']],
		['shift and tab', ['\u001b[Z'], ['shift+tab']],
		['alt and a letter', ['\u001bx'], ['alt+x']],
		['Escape, P and more typed together', ['\u001bPjj\u001bXk'], ['alt+P', 'j', 'j', 'alt+X', 'k']],
		['Escape twice', ['\u001b\u001b[A'], ['escape', 'up']],
		['space and backspace', [' \u007f\b'], ['space', 'backspace', 'backspace']],
		['controls without a letter', ['\u0000\u001c'], ['ctrl+space', 'ctrl+\\']],
		['characters of several code units', ['é👩‍🚀語'], ['é', '👩‍🚀', '語']],
		['kitty: escape, ctrl+f, shifted letter', ['\u001b[27u\u001b[102;5u\u001b[103;2u'], ['escape', 'ctrl+f', 'G']],
		['kitty: a key that was let go', ['\u001b[106;1:3u\u001b[106;1:1u'], ['j']],
		['kitty: keypad', ['\u001b[57404u\u001b[57414u'], ['5', 'enter']],
		['modifyOtherKeys', ['\u001b[27;5;105~'], ['ctrl+i']],
		['line ends', ['\r\n\n'], ['enter', 'enter']],
	])('%s', (_name, chunks, expected) => {
		expect(read(...chunks)).toEqual(expected);
	});
});

describe('what is no key disappears whole', () => {
	test.each<[string, readonly string[]]>([
		['focus reports', ['\u001b[I\u001b[O']],
		['mouse reports', ['\u001b[<0;10;20M\u001b[<0;10;20m']],
		['old mouse reports', ['\u001b[M !!']],
		['an old mouse report in pieces', ['\u001b[M', ' ', '!!']],
		['answers of a terminal', ['\u001b[?1;2c\u001b[?2026;2$y\u001b[?1u']],
		['a colour that was asked for', ['\u001b]11;rgb:0000/0000/0000\u0007']],
		['the same, ended by ST and in pieces', ['\u001b]11;rgb:00', '00/0000/0000\u001b', '\\']],
		['a device control string', ['\u001bP1$r0m\u001b\\']],
		['C1 controls', ['\u0085\u009b']],
		['keys that nobody has a name for', ['\u001b[29~\u001b[57358u']],
	])('%s', (_name, chunks) => {
		expect(read(...chunks, 'k')).toEqual(['k']);
	});
});

describe('a paste', () => {
	test.each<[string, readonly string[], readonly string[]]>([
		['is one event', ['\u001b[200~sync all\rq\u001b[201~'], ['<sync all\rq>']],
		['comes in pieces', ['\u001b[20', '0~sy', 'nc\u001b[2', '01~j'], ['<sync>', 'j']],
		['may hold sequences', ['\u001b[200~a\u001b[Ab\u001b[201~'], ['<a\u001b[Ab>']],
		['may be empty', ['\u001b[200~\u001b[201~'], ['<>']],
		['holds ctrl-c when that is inside of it', ['\u001b[200~a\u0003q', 'x\u001b[201~'], ['<a\u0003qx>']],
		['whose end was lost is left by ctrl-c', ['\u001b[200~abc', '\u0003', 'j'], ['ctrl+c', 'j']],
	])('%s', (_name, chunks, expected) => {
		expect(read(...chunks)).toEqual(expected);
	});
});

describe('what waits', () => {
	test.each<[string, string, string, readonly string[]]>([
		['a lone Escape is Escape', '\u001b', 'escape', ['escape']],
		['half a sequence is no key', '\u001b[1;', 'sequence', []],
		['half an answer is no key', '\u001b]11;rgb', 'sequence', []],
		['Escape and a letter that could begin more', '\u001bP', 'escape', ['escape', 'P']],
		['Escape and O, which begins old arrows', '\u001bO', 'sequence', ['escape', 'O']],
		['half a paste goes on waiting', '\u001b[200~abc', 'paste', []],
		['nothing is nothing', 'j', 'nothing', []],
	])('%s', (_name, text, pending, flushed) => {
		const parser = createInputParser();
		parser.feed(text);
		expect(parser.pending).toBe(pending);
		expect(parser.flush().map(event => (event.type === 'key' ? event.chord : ''))).toEqual(flushed);
	});

	test('a paste that waited is whole when its end comes', () => {
		const parser = createInputParser();
		parser.feed('\u001b[200~abc');
		parser.flush();
		expect(parser.feed('def\u001b[201~')).toEqual([{type: 'paste', text: 'abcdef'}]);
	});

	test('text of a key', () => {
		const events = createInputParser().feed('a \u0001\u001bx');
		expect(events.map(event => event.text)).toEqual(['a', ' ', '', '']);
	});
});
