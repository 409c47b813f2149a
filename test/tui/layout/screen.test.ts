import {describe, expect, test} from 'vitest';
import {centred, innerSize} from '../../../source/tui/layout/inner.ts';
import {layOutScreen, type ScreenInput} from '../../../source/tui/layout/screen.ts';

const input: ScreenInput = {
	columns: 120,
	rows: 40,
	focus: 'applications',
	companion: 'drift',
	isZoomed: false,
	hasView: false,
};

function panesOf(changes: Partial<ScreenInput>): string[] {
	const screen = layOutScreen({...input, ...changes});
	return screen.type === 'screen' ? screen.panes.map(({tabs}) => tabs.join('+')) : [screen.type];
}

describe('which panes stand where', () => {
	const four = ['applications', 'sync', 'drift', 'commits'];
	const alone = 'applications+sync+drift+commits';
	const cases: readonly [string, Partial<ScreenInput>, readonly string[]][] = [
		['120x40: four', {}, four],
		['200x60: four', {columns: 200, rows: 60}, four],
		['100x20: four', {columns: 100, rows: 20}, four],
		['99x40: two', {columns: 99}, ['applications', 'drift+sync+commits']],
		['80x24: two', {columns: 80, rows: 24}, ['applications', 'drift+sync+commits']],
		['80x24 with the focus on 4', {columns: 80, rows: 24, focus: 'commits'}, ['applications', 'commits+sync+drift']],
		['wide and low: two side by side', {columns: 200, rows: 14}, ['applications', 'drift+sync+commits']],
		['60x10: one', {columns: 60, rows: 10}, [alone]],
		['60x10 with the focus on 3', {columns: 60, rows: 10, focus: 'drift'}, ['drift+applications+sync+commits']],
		['80x15: one', {columns: 80, rows: 15}, [alone]],
		['zoomed: one', {isZoomed: true, focus: 'sync'}, ['sync+applications+drift+commits']],
		['a view: none', {hasView: true}, []],
		['59 columns: too small', {columns: 59}, ['too-small']],
		['9 rows: too small', {rows: 9}, ['too-small']],
	];
	test.each(cases)('%s', (_name, changes, expected) => {
		expect(panesOf(changes)).toEqual(expected);
	});
});

test('at every size from 60x10 to 200x60 the parts cover the terminal once', () => {
	for (let columns = 60; columns <= 200; columns += 7) {
		for (let rows = 10; rows <= 60; rows += 3) {
			for (const changes of [{}, {isZoomed: true}, {focus: 'drift'}] as const) {
				const screen = layOutScreen({...input, columns, rows, ...changes});
				if (screen.type !== 'screen') throw new Error(`too small: ${columns}x${rows}`);
				const parts = [screen.header, screen.footer, ...screen.panes.map(({rectangle}) => rectangle)];
				const covered = parts.reduce((sum, {width, height}) => sum + width * height, 0);
				expect(covered, `${columns}x${rows}`).toBe(columns * rows);
				const isInside = parts.every(({left, top, width, height}) => left + width <= columns && top + height <= rows);
				expect(isInside, `${columns}x${rows}`).toBe(true);
			}
		}
	}
});

test('a frame takes a line and a column on each side, a title one line', () => {
	const rectangle = {left: 0, top: 0, width: 10, height: 5};
	expect(innerSize(rectangle, true)).toEqual({width: 8, height: 3});
	expect(innerSize(rectangle, false)).toEqual({width: 10, height: 4});
});

test('a box in the middle is never larger than what it is in', () => {
	const area = {left: 0, top: 2, width: 60, height: 7};
	expect(centred(area, {width: 20, height: 3})).toEqual({left: 20, top: 4, width: 20, height: 3});
	expect(centred(area, {width: 100, height: 30})).toEqual(area);
});
