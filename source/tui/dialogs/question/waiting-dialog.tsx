import {useKeys} from '../../input/use-keys.ts';
import {useMonitor} from '../../monitor-context.ts';
import {formatElapsed} from '../../store/ages.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import type {LineText} from '../../theme/styles.ts';
import {useInkTable} from '../../widgets/table/index.ts';
import {DialogBox, useDialogSize} from '../box/dialog-box.tsx';
import {keyNote} from '../box/key-note.ts';
import {lineSlots} from '../box/slots.ts';
import {sentenceLines} from '../content/rows.ts';
import {readingLayer} from '../dialog-keys.ts';

export interface WaitingDialogProps {
	readonly title: string;
	readonly text: string;
	/** Epoch milliseconds. */
	readonly since: number;
	readonly leave: () => void;
}

/** Something is on its way. It can be left: what comes then is dropped. */
export function WaitingDialog({title, text, since, leave}: WaitingDialogProps) {
	const {clock} = useMonitor();
	const {glyphs} = useLook();
	const now = useStore(clock.wall, time => time);
	const size = useDialogSize();
	// While it is waited for what comes, what draws its tables is loaded.
	useInkTable();
	const elapsed: LineText = [{text: `${glyphs.glyph.busy} ${formatElapsed(now - since)}`, style: 'busy'}];
	useKeys(({chord}) => {
		if (chord === 'escape') leave();
		return true;
	}, readingLayer);
	return (
		<DialogBox
			title={title}
			width={size.width}
			slots={lineSlots([...sentenceLines(text, 'plain', size), elapsed])}
			note={keyNote([['esc', 'leaves']])}
		/>
	);
}
