import {useMonitor} from '../monitor-context.ts';
import {useStore} from '../store/use-store.ts';
import {useLook} from '../theme/look-context.ts';
import type {LineText} from '../theme/styles.ts';
import type {Frame} from './frame.ts';
import {areSameLines} from './same-line.ts';

/** Lines that tell ages: made anew every second, drawn again only when they read differently. */
export function useLines(width: number, present: (frame: Frame) => readonly LineText[]): readonly LineText[] {
	const {clock} = useMonitor();
	const {glyphs} = useLook();
	return useStore(clock, now => present({width, now, glyphs}), areSameLines);
}

export function useLine(width: number, present: (frame: Frame) => LineText): LineText {
	return useLines(width, frame => [present(frame)])[0] ?? '';
}
