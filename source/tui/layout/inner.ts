import type {Rectangle} from './rectangle.ts';

/** Room inside a pane: the frame takes a line and a column on each side; without one there is only the title line. */
export function innerSize({width, height}: Rectangle, isFramed: boolean): {width: number; height: number} {
	return isFramed
		? {width: Math.max(0, width - 2), height: Math.max(0, height - 2)}
		: {width, height: Math.max(0, height - 1)};
}

/** A box of at most this size in the middle of an area. */
export function centred(area: Rectangle, wanted: {readonly width: number; readonly height: number}): Rectangle {
	const width = Math.min(wanted.width, area.width);
	const height = Math.min(wanted.height, area.height);
	return {
		left: area.left + Math.floor((area.width - width) / 2),
		top: area.top + Math.floor((area.height - height) / 2),
		width,
		height,
	};
}
