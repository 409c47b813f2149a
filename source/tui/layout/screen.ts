import {type PaneName, paneNames} from './places.ts';
import type {Rectangle} from './rectangle.ts';

export const smallestColumns = 60;
export const smallestRows = 10;
const columnsForFour = 100;
const rowsForFour = 20;
const rowsForTwo = 16;
/** Below this a frame would take a fifth of what there is to see. */
const rowsForFrames = 14;
const headerRows = 2;
const footerRows = 1;

/** What decides where things stand. */
export interface ScreenInput {
	readonly columns: number;
	readonly rows: number;
	readonly focus: PaneName;
	/** Which of 2, 3 and 4 is shown where there is room for only one of them. */
	readonly companion: PaneName;
	readonly isZoomed: boolean;
	/** Whether a view lies over the panes. */
	readonly hasView: boolean;
}

export interface PlacedPane {
	readonly name: PaneName;
	readonly rectangle: Rectangle;
	/** Panes that share this place, itself first. */
	readonly tabs: readonly PaneName[];
	readonly isFramed: boolean;
}

export type Screen =
	| {readonly type: 'too-small'; readonly columns: number; readonly rows: number}
	| {
			readonly type: 'screen';
			readonly columns: number;
			readonly rows: number;
			readonly header: Rectangle;
			readonly footer: Rectangle;
			/** Where panes, views and dialogs stand. */
			readonly body: Rectangle;
			readonly isFramed: boolean;
			/** Empty while a view lies over them. */
			readonly panes: readonly PlacedPane[];
	  };

/** Four panes, two or one, as the room allows; never more rows than the terminal has. */
export function layOutScreen(input: ScreenInput): Screen {
	const {columns, rows} = input;
	if (columns < smallestColumns || rows < smallestRows) return {type: 'too-small', columns, rows};
	const body = {left: 0, top: headerRows, width: columns, height: rows - headerRows - footerRows};
	const isFramed = rows >= rowsForFrames;
	return {
		type: 'screen',
		columns,
		rows,
		header: {left: 0, top: 0, width: columns, height: headerRows},
		footer: {left: 0, top: rows - footerRows, width: columns, height: footerRows},
		body,
		isFramed,
		panes: input.hasView ? [] : placePanes(input, body).map(pane => ({...pane, isFramed})),
	};
}

function placePanes(input: ScreenInput, body: Rectangle): Omit<PlacedPane, 'isFramed'>[] {
	const {columns, rows, focus, isZoomed} = input;
	const alone = {name: focus, rectangle: body, tabs: [focus, ...paneNames.filter(name => name !== focus)]};
	if (isZoomed) return [alone];
	if (columns >= columnsForFour && rows >= rowsForFour) return placeFour(body);
	if (columns < columnsForFour && rows < rowsForTwo) return [alone];
	const others = paneNames.filter(name => name !== 'applications');
	const second = focus === 'applications' ? input.companion : focus;
	const tabs = [second, ...others.filter(name => name !== second)];
	const [first, last] = columns >= columnsForFour ? splitColumns(body) : splitRows(body);
	return [
		{name: 'applications', rectangle: first, tabs: ['applications']},
		{name: second, rectangle: last, tabs},
	];
}

function placeFour(body: Rectangle): Omit<PlacedPane, 'isFramed'>[] {
	const [upper, lower] = splitRows(body);
	const places = [...splitColumns(upper), ...splitColumns(lower)];
	return paneNames.map((name, index) => ({name, rectangle: places[index]!, tabs: [name]}));
}

function splitColumns(area: Rectangle): [Rectangle, Rectangle] {
	const width = Math.ceil(area.width / 2);
	return [
		{...area, width},
		{...area, left: area.left + width, width: area.width - width},
	];
}

function splitRows(area: Rectangle): [Rectangle, Rectangle] {
	const height = Math.ceil(area.height / 2);
	return [
		{...area, height},
		{...area, top: area.top + height, height: area.height - height},
	];
}
