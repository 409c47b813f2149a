import {styleText} from 'node:util';

/** What a line may look like where it is going: a terminal, a pipe, a file. */
export interface Surface {
	readonly isTerminal: boolean;
	/** Columns; infinite where lines need not be cut. */
	readonly columns: number;
	readonly isUnicode: boolean;
	paint(text: string, tone: Tone): string;
	glyph(name: Glyph): string;
}

export type Tone = 'good' | 'bad' | 'warning' | 'busy' | 'quiet' | 'strong' | 'plain';

type StyleName = Parameters<typeof styleText>[0];

const toneStyles: Readonly<Record<Tone, StyleName | null>> = {
	good: 'green',
	bad: 'red',
	warning: 'yellow',
	busy: 'cyan',
	quiet: 'dim',
	strong: 'bold',
	plain: null,
};

/** State is always a glyph and a word; the second column is for locales that are not UTF-8. */
const glyphs = {
	good: ['✓', '+'],
	bad: ['✗', 'x'],
	differs: ['≠', '!'],
	busy: ['⟳', '~'],
	paused: ['‖', '='],
	unknown: ['?', '?'],
	warning: ['!', '!'],
	drift: ['≋', '#'],
	live: ['●', '*'],
	pending: ['○', 'o'],
	reverted: ['⤫', '-'],
	revert: ['↶', '<'],
	arrow: ['→', '->'],
	ellipsis: ['…', '...'],
} as const;

export type Glyph = keyof typeof glyphs;

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Colour only on a terminal that wants it: NO_COLOR (any value but the empty one) and `TERM=dumb` turn it off,
 * FORCE_COLOR other than 0 turns it on for a pipe too. Symbols are ASCII unless the locale says UTF-8, read in POSIX
 * order: LC_ALL, LC_CTYPE, LANG.
 */
export function createSurface(environment: Environment, stream: {isTTY?: boolean; columns?: number}): Surface {
	const isTerminal = stream.isTTY === true;
	const hasColour = wantsColour(environment, isTerminal);
	const locale = environment.LC_ALL || environment.LC_CTYPE || environment.LANG || '';
	const isUnicode = /utf-?8/i.test(locale);
	return {
		isTerminal,
		columns: isTerminal ? (stream.columns ?? 80) : Number.POSITIVE_INFINITY,
		isUnicode,
		paint(text, tone) {
			const style = toneStyles[tone];
			return hasColour && style && text ? styleText(style, text, {validateStream: false}) : text;
		},
		glyph: name => glyphs[name][isUnicode ? 0 : 1],
	};
}

function wantsColour(environment: Environment, isTerminal: boolean): boolean {
	if (environment.NO_COLOR) return false;
	if (environment.FORCE_COLOR) return environment.FORCE_COLOR !== '0';
	return isTerminal && environment.TERM !== 'dumb';
}
