import type {Frame} from '../../source/tui/present/frame.ts';
import {glyphSets} from '../../source/tui/theme/glyphs.ts';
import {plainText} from '../../source/tui/theme/paint.ts';
import type {LineText} from '../../source/tui/theme/styles.ts';
import type {Table} from '../../source/tui/widgets/table/index.ts';
import {now} from '../commands/fixtures.ts';

/** What presenters of the tests draw into: the fixtures' moment, unicode glyphs. */
export function frameOf(width: number, overrides: Partial<Frame> = {}): Frame {
	return {width, now, glyphs: glyphSets.unicode, ...overrides};
}

/** The characters of lines, without trailing blanks. */
export function textOf(lines: readonly LineText[]): string[] {
	return lines.map(line => plainText(line).trimEnd());
}

/** The rows of a table, cells between bars, under its heads; columns in which nothing stands are left out. */
export function tableText({columns, rows}: Table): string[] {
	const names = columns.map(({name}) => name).filter(name => rows.some(row => row[name]));
	return [names.join(' | '), ...rows.map(row => names.map(name => row[name]).join(' | '))];
}
