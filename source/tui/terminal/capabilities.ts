import type {GlyphSetName} from '../theme/glyphs.ts';
import {type ThemeName, themeNames} from '../theme/themes.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What the terminal at hand can show. */
export interface Capabilities {
	/** Whether a full screen can be drawn at all: both ends are a terminal, and it can move its cursor. */
	readonly isFullScreen: boolean;
	readonly glyphs: GlyphSetName;
	readonly theme: ThemeName;
	/** Which wrap an OSC 52 copy needs to get through to the terminal outside. */
	readonly multiplexer: 'tmux' | 'screen' | 'none';
}

/**
 * - Glyphs: unicode when the locale is UTF-8, read in POSIX order: LC_ALL, LC_CTYPE, LANG.
 * - Theme: HOLDFAST_THEME; else mono when NO_COLOR is set (any value but the empty one, no-color.org) or the terminal has
 *   no colours; else the terminal's own.
 */
export function detectCapabilities(
	environment: Environment,
	streams: {readonly isInputTerminal: boolean; readonly isOutputTerminal: boolean},
): Capabilities {
	const term = environment.TERM ?? '';
	const isDumb = term === '' || term === 'dumb';
	return {
		isFullScreen: streams.isInputTerminal && streams.isOutputTerminal && !isDumb,
		glyphs: isUtf8(environment) ? 'unicode' : 'ascii',
		theme: chooseTheme(environment, isDumb),
		multiplexer: environment.TMUX ? 'tmux' : /^screen/.test(term) ? 'screen' : 'none',
	};
}

function isUtf8({LC_ALL, LC_CTYPE, LANG}: Environment): boolean {
	return /utf-?8/i.test(LC_ALL || LC_CTYPE || LANG || '');
}

function chooseTheme({HOLDFAST_THEME, NO_COLOR, TERM = ''}: Environment, isDumb: boolean): ThemeName {
	const asked = themeNames.find(name => name === HOLDFAST_THEME);
	if (asked) return asked;
	return NO_COLOR || isDumb || /^vt\d/.test(TERM) || /-m(?:ono)?$/.test(TERM) ? 'mono' : 'terminal';
}
