import {useMemo} from 'react';
import {useKeys} from '../../input/use-keys.ts';
import {useMonitor} from '../../monitor-context.ts';
import {createStore} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {useLook} from '../../theme/look-context.ts';
import {editOf} from '../../widgets/text-field/index.ts';
import {DialogBox, useDialogSize} from '../box/dialog-box.tsx';
import {scrollTo} from '../box/scroll.ts';
import {dialogLayer} from '../dialog-keys.ts';
import type {Question, QuestionAnswer} from '../questions.ts';
import {approvalLines, questionNote} from './question-lines.ts';
import {pressKey, startQuestion} from './question-state.ts';

export interface QuestionDialogProps {
	readonly question: Question;
	readonly answer: (answer: QuestionAnswer | null) => void;
}

/** Shows what would happen and asks. A paste answers nothing: a word that is asked for has to be typed. */
export function QuestionDialog({question, answer}: QuestionDialogProps) {
	const {clock} = useMonitor();
	const {glyphs} = useLook();
	const now = useStore(clock.wall, time => time);
	const size = useDialogSize();
	const store = useMemo(() => createStore(startQuestion(question)), [question]);
	const state = useStore(store, value => value);
	const frame = {width: size.width, now, glyphs};
	const last = approvalLines(state, frame);
	const height = Math.max(1, size.height - last.length);
	const lines = question.body(frame);
	const scrolled = scrollTo(lines, state.top, height);
	useKeys(key => {
		// From where the text stands, not from beyond its end.
		const current = {...store.getState(), top: scrollTo(lines, store.getState().top, height).top};
		const step = pressKey(current, key, editOf(key), height);
		if (step.type === 'answer') answer(step.answer);
		else store.setState(step.state);
		return true;
	}, dialogLayer);
	return (
		<DialogBox
			title={question.title}
			tone={question.tone}
			size={size}
			lines={scrolled.lines}
			last={last}
			note={questionNote(state)}
			position={scrolled.position}
		/>
	);
}
