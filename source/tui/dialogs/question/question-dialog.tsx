import {useMemo} from 'react';
import {useKeys} from '../../input/use-keys.ts';
import {createStore} from '../../store/store.ts';
import {useStore} from '../../store/use-store.ts';
import {editOf} from '../../widgets/text-field/index.ts';
import {DialogBox} from '../box/dialog-box.tsx';
import {scrollTo} from '../box/scroll.ts';
import {useContents, useSlots} from '../box/use-contents.ts';
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
	const {frame, contents, height: whole} = useContents(question.body);
	const store = useMemo(() => createStore(startQuestion(question)), [question]);
	const state = useStore(store, value => value);
	const last = approvalLines(state, frame);
	const height = Math.max(1, whole - last.length);
	const slots = useSlots(contents, frame.width, height);
	const scrolled = scrollTo(slots, state.top, height);
	useKeys(key => {
		// From where the text stands, not from beyond its end.
		const current = {...store.getState(), top: scrollTo(slots, store.getState().top, height).top};
		const step = pressKey(current, key, editOf(key), height);
		if (step.type === 'answer') answer(step.answer);
		else store.setState(step.state);
		return true;
	}, dialogLayer);
	return (
		<DialogBox
			title={question.title}
			tone={question.tone}
			width={frame.width}
			slots={scrolled.lines}
			last={last}
			note={questionNote(state)}
			position={scrolled.position}
		/>
	);
}
