/**
 * What a piece of text means. Presenters speak only in these; a theme says how they look. Meaning never rests on the look
 * alone: a state has its glyph and its word too.
 */
export type StyleName =
	| 'plain'
	| 'strong'
	| 'quiet'
	| 'good'
	| 'bad'
	| 'warning'
	| 'busy'
	| 'held'
	| 'drift'
	| 'added'
	| 'removed'
	| 'changed'
	| 'key'
	| 'keyOff'
	| 'title'
	| 'titleFocused'
	| 'frame'
	| 'frameFocused'
	| 'frameDanger'
	| 'selection'
	| 'selectionGlyph'
	| 'mark'
	| 'match'
	| 'flash'
	| 'production'
	| 'armed'
	| 'readOnly'
	| 'stale'
	| 'input'
	| 'button'
	| 'buttonFocused'
	| 'buttonDanger'
	| 'toast'
	| 'toastBad';

/** Select Graphic Rendition parameters that switch a style on, as in ECMA-48: `1;31`. Empty: as it is. */
export type StyleCode = string;

/** One run of text with one meaning. */
export interface Span {
	readonly text: string;
	readonly style?: StyleName;
}

/** A line of a screen: plain text or runs. */
export type LineText = string | readonly (Span | string)[];
