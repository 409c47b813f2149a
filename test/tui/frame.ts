import type {Frame} from '../../source/tui/present/frame.ts';
import {glyphSets} from '../../source/tui/theme/glyphs.ts';
import {plainText} from '../../source/tui/theme/paint.ts';
import type {LineText} from '../../source/tui/theme/styles.ts';
import {now} from '../commands/fixtures.ts';

/** What presenters of the tests draw into: the fixtures' moment, unicode glyphs. */
export function frameOf(width: number, overrides: Partial<Frame> = {}): Frame {
	return {width, now, glyphs: glyphSets.unicode, ...overrides};
}

/** The characters of lines, without trailing blanks. */
export function textOf(lines: readonly LineText[]): string[] {
	return lines.map(line => plainText(line).trimEnd());
}
