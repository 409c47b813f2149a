import type {Dialogs} from './dialogs.ts';
import type {FormValues} from './form/form.ts';
import {FormDialog} from './form/form-dialog.tsx';
import {ChoiceDialog} from './question/choice-dialog.tsx';
import {PageDialog} from './question/page-dialog.tsx';
import {QuestionDialog} from './question/question-dialog.tsx';
import {WaitingDialog} from './question/waiting-dialog.tsx';
import type {QuestionAnswer, Questions} from './questions.ts';

/** Questions as dialogs of the screen. */
export function questionsOnScreen(dialogs: Dialogs, now: () => number): Questions {
	return {
		ask: question => dialogs.open<QuestionAnswer>(answer => <QuestionDialog question={question} answer={answer} />),
		fill: form => dialogs.open<FormValues>(answer => <FormDialog form={form} answer={answer} />),
		choose: choice => dialogs.open<string>(answer => <ChoiceDialog choice={choice} answer={answer} />),
		async show(page) {
			await dialogs.open<true>(answer => <PageDialog page={page} close={() => answer(true)} />);
		},
		async wait({title, text, work}) {
			const stop = new AbortController();
			const since = now();
			let close: (value: null) => void = () => {};
			const left = dialogs.open<never>(answer => {
				close = answer;
				return <WaitingDialog title={title} text={text} since={since} leave={() => answer(null)} />;
			});
			const working = work(stop.signal);
			try {
				return await Promise.race([working, left.then(() => null)]);
			} finally {
				stop.abort();
				close(null);
				// After it was left nobody waits for how it ends.
				working.catch(() => {});
			}
		},
	};
}
