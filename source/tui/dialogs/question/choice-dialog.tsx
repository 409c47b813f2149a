import {useMemo} from 'react';
import {useKeys} from '../../input/use-keys.ts';
import {useMonitor} from '../../monitor-context.ts';
import {createStore} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import {useInkTable} from '../../widgets/table/index.ts';
import {DialogBox, useDialogSize} from '../box/dialog-box.tsx';
import {keyNote} from '../box/key-note.ts';
import {scrollTo} from '../box/scroll.ts';
import {widthFor} from '../box/widen.ts';
import {dialogLayer} from '../dialog-keys.ts';
import type {Choice} from '../questions.ts';
import {choiceSlots, pressChoice} from './choice-state.ts';

export interface ChoiceDialogProps {
	readonly choice: Choice;
	readonly answer: (id: string | null) => void;
}

/** One of several, by its letter or by going there. Choosing hurts nothing: what writes asks once more. */
export function ChoiceDialog({choice, answer}: ChoiceDialogProps) {
	const {clock} = useMonitor();
	const {glyphs} = useLook();
	const now = useStore(clock.wall, time => time);
	const size = useDialogSize();
	const width = choice.table ? widthFor([choice.table], size.width, size.widest) : size.width;
	const store = useMemo(() => createStore(0), []);
	const index = useStore(store, value => value);
	const hasTables = useInkTable() !== null;
	const frame = {width, now, glyphs};
	const {slots, focus} = choiceSlots(choice, index, frame, {width, height: size.height, hasTables});
	const scrolled = scrollTo(slots, Math.max(0, focus - size.height + 2), size.height);
	useKeys(({chord}) => {
		const step = pressChoice(choice, store.getState(), chord);
		if (step.type === 'answer') answer(step.id);
		else store.setState(step.index);
		return true;
	}, dialogLayer);
	return (
		<DialogBox title={choice.title} width={width} slots={scrolled.lines} note={note} position={scrolled.position} />
	);
}

const note = keyNote([
	['enter', 'chooses'],
	['esc', 'leaves'],
]);
