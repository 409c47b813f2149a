import {useMonitor} from '../monitor-context.ts';
import type {ReadableStore} from '../store/store.ts';
import {useStore} from '../store/use-store.ts';
import {useLook} from '../theme/look-context.ts';
import type {LineText} from '../theme/styles.ts';
import type {Frame} from './frame.ts';
import {areSameLines} from './same-line.ts';

/** Lines that tell ages: made anew every second, drawn again only when they read differently. */
export function useLines(width: number, present: (frame: Frame) => readonly LineText[]): readonly LineText[] {
	const {clock} = useMonitor();
	return useLinesBy(clock, width, present);
}

/** The same by the time as it is, also while the screen is frozen: what says how far it can be trusted. */
export function useLiveLines(width: number, present: (frame: Frame) => readonly LineText[]): readonly LineText[] {
	const {clock} = useMonitor();
	return useLinesBy(clock.wall, width, present);
}

function useLinesBy(
	time: ReadableStore<number>,
	width: number,
	present: (frame: Frame) => readonly LineText[],
): readonly LineText[] {
	const {glyphs} = useLook();
	return useStore(time, now => present({width, now, glyphs}), areSameLines);
}

export function useLine(width: number, present: (frame: Frame) => LineText): LineText {
	return useLines(width, frame => [present(frame)])[0] ?? '';
}
