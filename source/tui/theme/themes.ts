import type {FrameWeight} from './glyphs.ts';
import type {StyleCode, StyleName} from './styles.ts';

export type ThemeName = 'terminal' | 'colour-blind' | 'mono';

export interface Theme {
	readonly name: ThemeName;
	readonly code: Readonly<Record<StyleName, StyleCode>>;
	/** How the frame that has the focus differs in shape. */
	readonly focusedFrame: FrameWeight;
}

/** Bold, dim, underline and inverse: what a terminal can do without a colour. The other themes build on it. */
const mono: Readonly<Record<StyleName, StyleCode>> = {
	plain: '',
	strong: '1',
	quiet: '',
	good: '',
	bad: '1',
	warning: '1',
	busy: '',
	held: '',
	drift: '1',
	added: '',
	removed: '',
	changed: '1',
	key: '1',
	keyOff: '',
	title: '',
	titleFocused: '1',
	frame: '',
	frameFocused: '1',
	frameDanger: '1',
	selection: '7',
	selectionGlyph: '1',
	mark: '1',
	match: '4',
	flash: '7',
	production: '1;7',
	armed: '1;7',
	readOnly: '1',
	stale: '4',
	input: '4',
	button: '',
	buttonFocused: '7',
	buttonDanger: '1',
	toast: '7',
	toastBad: '1;7',
};

/** The terminal's own 16 colours: whatever palette a person chose, it fits. Black and white are never named. */
const terminal: Readonly<Record<StyleName, StyleCode>> = {
	...mono,
	quiet: '2',
	good: '32',
	bad: '1;31',
	warning: '33',
	busy: '36',
	held: '35',
	drift: '33',
	added: '32',
	removed: '31',
	changed: '33',
	key: '1;36',
	keyOff: '2',
	frame: '2',
	frameFocused: '36',
	frameDanger: '31',
	titleFocused: '1;36',
	selectionGlyph: '1;36',
	mark: '35',
	production: '1;7;31',
	armed: '1;7;33',
	readOnly: '32',
	stale: '2',
	buttonDanger: '31',
	toastBad: '7;31',
};

/**
 * Blue for what is right, orange for what is wrong: they stay apart for every common colour blindness (Okabe and Ito,
 * Color Universal Design, 2008). Indexes of the 256-colour palette, which no terminal theme changes.
 */
const colourBlind: Readonly<Record<StyleName, StyleCode>> = {
	...terminal,
	good: '38;5;39',
	bad: '1;38;5;208',
	warning: '38;5;220',
	busy: '38;5;117',
	held: '38;5;175',
	drift: '38;5;220',
	added: '38;5;39',
	removed: '38;5;208',
	changed: '38;5;220',
	mark: '38;5;175',
	frameDanger: '38;5;208',
	production: '1;7;38;5;208',
	armed: '1;7;38;5;220',
	readOnly: '38;5;39',
	buttonDanger: '38;5;208',
	toastBad: '7;38;5;208',
};

export const themes: Readonly<Record<ThemeName, Theme>> = {
	terminal: {name: 'terminal', code: terminal, focusedFrame: 'light'},
	'colour-blind': {name: 'colour-blind', code: colourBlind, focusedFrame: 'light'},
	mono: {name: 'mono', code: mono, focusedFrame: 'heavy'},
};

export const themeNames = Object.keys(themes) as readonly ThemeName[];
