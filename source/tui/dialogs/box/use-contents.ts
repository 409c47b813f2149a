import {useMemo} from 'react';
import {useMonitor} from '../../monitor-context.ts';
import type {Frame} from '../../present/frame.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import {useInkTable} from '../../widgets/table/index.ts';
import {type Content, type Draw, tablesIn} from '../content/content.ts';
import {useDialogSize} from './dialog-box.tsx';
import {type Slot, slotsOf} from './slots.ts';
import {widthFor} from './widen.ts';

export interface DialogContents {
	/** What it was drawn into. */
	readonly frame: Frame;
	readonly contents: readonly Content[];
	/** Lines that there are at most. */
	readonly height: number;
}

/** What stands in a dialog, as wide as its tables want. Not drawn again for every key: a plan may be long. */
export function useContents(draw: Draw): DialogContents {
	const {clock} = useMonitor();
	const {glyphs} = useLook();
	const now = useStore(clock.wall, time => time);
	const {width, widest, height} = useDialogSize();
	const drawn = useMemo(() => {
		const frame = {width, now, glyphs};
		const contents = draw(frame);
		const wider = {...frame, width: widthFor(tablesIn(contents), width, widest)};
		return wider.width === width ? {frame, contents} : {frame: wider, contents: draw(wider)};
	}, [draw, width, widest, now, glyphs]);
	return {...drawn, height};
}

/** The same line by line, as it can be drawn by now, for a text of so many lines at a time. */
export function useSlots(contents: readonly Content[], width: number, height: number): readonly Slot[] {
	const hasTables = useInkTable() !== null;
	return useMemo(() => slotsOf(contents, {width, height, hasTables}), [contents, width, height, hasTables]);
}
