import {type Problem, toProblem} from '../../../model/errors.ts';
import type {Form} from '../../dialogs/form/form.ts';
import type {ActClient, ActPorts} from '../ports.ts';
import {approveChange, type ChangeQuestion} from './ask.ts';
import {showObstacle} from './obstacle.ts';
import {type ChangeWish, wishOf} from './wish.ts';

/** What was previewed, with what was wished for it. */
export interface Previewed<Answer> {
	readonly previewed: Answer;
	readonly wish: ChangeWish;
}

/** A change in Git, whichever verb makes it. */
export interface Proposal<Answer> {
	/** `Revert 9f3c1a2`: over what is said while it is prepared, and over why it cannot be made. */
	readonly title: string;
	/** What is found out before it is asked about. */
	readonly waiting: string;
	readonly preview: (client: ActClient, wish: ChangeWish, signal: AbortSignal) => Promise<Answer>;
	/** `note`: why it is asked again. */
	readonly question: (asked: Previewed<Answer> & {readonly note: string | null}) => ChangeQuestion;
	/** Where it is pushed, and why. */
	readonly options: (wish: ChangeWish) => Form;
	/** Pushes what was approved. Answers only when it is another thing by now, and has to be shown again. */
	readonly push: (approved: Previewed<Answer>) => Promise<Problem | null>;
}

/** Preview, question, push; and again as long as somebody changes the options, or the branch moved meanwhile. */
export async function propose<Answer>(
	ports: ActPorts,
	proposal: Proposal<Answer>,
	startingWish: ChangeWish,
): Promise<void> {
	let wish = startingWish;
	let note: string | null = null;
	for (;;) {
		const previewed = await preview(ports, proposal, wish);
		if (!previewed) return;
		const answer = await approveChange(ports, proposal.question({previewed, wish, note}));
		note = null;
		if (answer === null) return;
		if (answer === 'options') {
			const values = await ports.questions.fill(proposal.options(wish));
			if (values) wish = wishOf(values, wish);
			continue;
		}
		const changed = await proposal.push({previewed, wish});
		if (!changed) return;
		note = `${changed.message}: this is the new one`;
	}
}

/** null: there is none, and that was said. */
async function preview<Answer>(
	ports: ActPorts,
	{title, waiting, preview: ask}: Proposal<Answer>,
	wish: ChangeWish,
): Promise<Answer | null> {
	const client = ports.client();
	if (!client) {
		ports.toast(`${title}: the worker does not answer`, 'toastBad');
		return null;
	}
	try {
		return await ports.questions.wait({title, text: waiting, work: signal => ask(client, wish, signal)});
	} catch (error) {
		await showObstacle(ports, title, toProblem(error));
		return null;
	}
}
