/** Every symbol of the screen; the second column is for locales that are not UTF-8. Each is one column wide or says so. */
const table = {
	good: ['✓', '+'],
	bad: ['✗', 'x'],
	differs: ['≠', '!'],
	busy: ['⟳', '~'],
	held: ['‖', '='],
	unknown: ['?', '?'],
	missing: ['∅', '0'],
	suspended: ['‖', '='],
	warning: ['!', '!'],
	drift: ['≋', '#'],
	live: ['●', '*'],
	pending: ['○', 'o'],
	reverted: ['⤫', 'X'],
	revert: ['↶', '<'],
	selection: ['▌', '>'],
	mark: ['◆', '*'],
	separator: ['·', '-'],
	cursor: ['█', '_'],
	radioOn: ['(•)', '(*)'],
	radioOff: ['( )', '( )'],
	checkOn: ['[x]', '[x]'],
	checkOff: ['[ ]', '[ ]'],
	barFull: ['█', '#'],
	barEmpty: ['░', '.'],
	/** Two columns in ASCII. */
	arrow: ['→', '->'],
	/** One column in both: three dots would take the room of what they stand for. */
	ellipsis: ['…', '~'],
	treeBranch: ['├', '|'],
	treeLast: ['└', '`'],
	treeLine: ['│', '|'],
	treeDash: ['─', '-'],
	up: ['↑', '^'],
	down: ['↓', 'v'],
} as const;

export type GlyphName = keyof typeof table;
export type GlyphSetName = 'unicode' | 'ascii';

/** What a frame is drawn with. Titles stand in the top line, the position in the bottom one. */
export interface FrameGlyphs {
	readonly topLeft: string;
	readonly topRight: string;
	readonly bottomLeft: string;
	readonly bottomRight: string;
	readonly horizontal: string;
	readonly vertical: string;
}

/** The focused frame of a theme without colours is drawn heavy. */
export type FrameWeight = 'light' | 'heavy';

export interface GlyphSet {
	readonly name: GlyphSetName;
	readonly glyph: Readonly<Record<GlyphName, string>>;
	readonly frame: Readonly<Record<FrameWeight, FrameGlyphs>>;
}

const frames: Readonly<Record<GlyphSetName, Readonly<Record<FrameWeight, FrameGlyphs>>>> = {
	unicode: {
		light: frame('╭╮╰╯─│'),
		heavy: frame('┏┓┗┛━┃'),
	},
	ascii: {
		light: frame("..''-|"),
		heavy: frame('####=#'),
	},
};

export const glyphSets: Readonly<Record<GlyphSetName, GlyphSet>> = {
	unicode: glyphSet('unicode', 0),
	ascii: glyphSet('ascii', 1),
};

function glyphSet(name: GlyphSetName, column: 0 | 1): GlyphSet {
	const glyph = Object.fromEntries(Object.entries(table).map(([key, pair]) => [key, pair[column]]));
	return {name, glyph: glyph as Record<GlyphName, string>, frame: frames[name]};
}

function frame(characters: string): FrameGlyphs {
	const [topLeft = '', topRight = '', bottomLeft = '', bottomRight = '', horizontal = '', vertical = ''] = characters;
	return {topLeft, topRight, bottomLeft, bottomRight, horizontal, vertical};
}
