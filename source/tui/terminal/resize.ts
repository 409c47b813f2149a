import type {ScreenOutput, Size, TerminalOutput} from './screen-output.ts';

const quietMilliseconds = 60;
/** Somebody who drags a window's corner for long sees it redrawn now and then. */
const longestMilliseconds = 250;

/**
 * Tells of a new size when it has settled: a dragged corner sends dozens of sizes a second, and each costs a whole frame.
 * Until then nothing is drawn.
 *
 * @returns what ends the watching
 */
export function watchResize(terminal: TerminalOutput, output: ScreenOutput, settled: (size: Size) => void): () => void {
	let timer: NodeJS.Timeout | undefined;
	let since = 0;
	const settle = () => {
		timer = undefined;
		settled(output.measure());
	};
	const resized = () => {
		const now = performance.now();
		if (timer === undefined) {
			since = now;
			output.hold();
		}
		clearTimeout(timer);
		timer = setTimeout(settle, Math.max(0, Math.min(quietMilliseconds, since + longestMilliseconds - now)));
	};
	terminal.on('resize', resized);
	return () => {
		clearTimeout(timer);
		terminal.off('resize', resized);
	};
}
