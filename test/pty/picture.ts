import type {TestTerminal} from './terminal.ts';

/** Of one character, in pixels: DejaVu Sans Mono at this size is a hair narrower, `textLength` stretches it. */
const cellWidth = 8.4;
const cellHeight = 17;
const fontSize = 14;
const margin = 12;

/** xterm's sixteen, for a dark background; then the cube and the greys of the 256-colour palette. */
const sixteen = [
	'#1c1e22',
	'#e06c75',
	'#7fbf6a',
	'#d9a94e',
	'#5f9ee8',
	'#c488d8',
	'#4fb8c4',
	'#c8ccd4',
	'#6b717d',
	'#f08a92',
	'#9bd987',
	'#f0c674',
	'#82b8f5',
	'#d8a5ea',
	'#74d2dc',
	'#ffffff',
] as const;

const background = sixteen[0];
const foreground = sixteen[7];

interface Look {
	readonly colour: string;
	readonly fill: string;
	readonly isBold: boolean;
	readonly isDim: boolean;
	readonly isUnderlined: boolean;
}

interface Run extends Look {
	readonly column: number;
	readonly width: number;
	readonly text: string;
}

/** The screen of a terminal as an SVG, cell by cell: what the program drew, not a drawing of it. */
export function pictureOf({screen}: Pick<TestTerminal, 'screen'>, title: string): string {
	const width = Math.round(screen.cols * cellWidth + 2 * margin);
	const height = screen.rows * cellHeight + 2 * margin;
	const rows = Array.from({length: screen.rows}, (_, row) => drawRow(readRow(screen, row), row)).join('');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
		`<title>${escapeText(title)}</title>`,
		`<rect width="100%" height="100%" rx="8" fill="${background}"/>`,
		`<g font-family="'DejaVu Sans Mono','Menlo','Consolas',monospace" font-size="${fontSize}" xml:space="preserve">`,
		rows,
		'</g></svg>\n',
	].join('');
}

/** Neighbours that look alike are one run; empty ones at the end are none. */
function readRow(screen: TestTerminal['screen'], row: number): Run[] {
	const line = screen.buffer.active.getLine(screen.buffer.active.viewportY + row);
	const runs: Run[] = [];
	for (let column = 0; line && column < screen.cols; column++) {
		const cell = line.getCell(column);
		// The second half of a wide character.
		if (!cell || cell.getWidth() === 0) continue;
		const look = lookOf(cell);
		const last = runs.at(-1);
		const text = cell.getChars() || ' ';
		if (last && isAlike(last, look)) {
			runs[runs.length - 1] = {...last, text: last.text + text, width: last.width + cell.getWidth()};
		} else runs.push({...look, column, width: cell.getWidth(), text});
	}
	return runs;
}

type Cell = NonNullable<
	ReturnType<NonNullable<ReturnType<TestTerminal['screen']['buffer']['active']['getLine']>>['getCell']>
>;

function lookOf(cell: Cell): Look {
	const colour = cell.isFgDefault() ? foreground : colourOf(cell.getFgColor(), cell.isFgRGB());
	const fill = cell.isBgDefault() ? background : colourOf(cell.getBgColor(), cell.isBgRGB());
	const isInverse = cell.isInverse() !== 0;
	return {
		colour: isInverse ? fill : colour,
		fill: isInverse ? colour : fill,
		isBold: cell.isBold() !== 0,
		isDim: cell.isDim() !== 0,
		isUnderlined: cell.isUnderline() !== 0,
	};
}

function colourOf(value: number, isRgb: boolean): string {
	if (isRgb) return `#${value.toString(16).padStart(6, '0')}`;
	if (value < 16) return sixteen[value] ?? foreground;
	if (value >= 232) return grey(8 + (value - 232) * 10);
	const steps = [0, 95, 135, 175, 215, 255];
	const cube = value - 16;
	const parts = [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map(index => steps[index] ?? 0);
	return `#${parts.map(part => part.toString(16).padStart(2, '0')).join('')}`;
}

function grey(level: number): string {
	return `#${level.toString(16).padStart(2, '0').repeat(3)}`;
}

function isAlike(one: Look, other: Look): boolean {
	return (['colour', 'fill', 'isBold', 'isDim', 'isUnderlined'] as const).every(key => one[key] === other[key]);
}

function drawRow(runs: readonly Run[], row: number): string {
	const top = margin + row * cellHeight;
	return runs
		.map(run => {
			const left = round(margin + run.column * cellWidth);
			const width = round(run.width * cellWidth);
			const area =
				run.fill === background
					? ''
					: `<rect x="${left}" y="${top}" width="${width}" height="${cellHeight}" fill="${run.fill}"/>`;
			return area + drawText(run, {left, top, width});
		})
		.join('');
}

function drawText(run: Run, {left, top, width}: {left: number; top: number; width: number}): string {
	if (run.text.trim() === '' && !run.isUnderlined) return '';
	const attributes = [
		`x="${left}" y="${top + cellHeight - 4.5}" textLength="${width}" fill="${run.colour}"`,
		run.isBold ? ' font-weight="bold"' : '',
		run.isDim ? ' opacity="0.6"' : '',
		run.isUnderlined ? ' text-decoration="underline"' : '',
	].join('');
	return `<text ${attributes}>${escapeText(run.text)}</text>`;
}

function round(value: number): number {
	return Math.round(value * 10) / 10;
}

function escapeText(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
