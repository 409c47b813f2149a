import {safeText} from '../../../model/text.ts';
import type {ChangePreview} from '../../../protocol/messages/change.ts';
import {changeContents} from '../../dialogs/content/change.ts';
import type {Draw} from '../../dialogs/content/content.ts';
import {patchLines} from '../../dialogs/content/diff.ts';
import {sentenceLines} from '../../dialogs/content/rows.ts';
import type {Approval, More} from '../../dialogs/questions.ts';
import {productionAmong} from '../access.ts';
import {approvalOf, readOnlyNote} from '../approval.ts';
import type {ActPorts} from '../ports.ts';

export interface ChangeQuestion {
	/** `Revert 9f3c1a2 "raise memory"`. */
	readonly title: string;
	/** `Revert`. */
	readonly label: string;
	readonly word: string;
	readonly preview: ChangePreview;
	/** The verb's own, below what is said about Git. */
	readonly extra: Draw;
	/** Contexts that are written to, if only through Git: those of the effects and of the application asked about. */
	readonly contexts: readonly string[];
	/** Where it is pushed instead of the tracked branch; null: to the tracked one. */
	readonly branch: string | null;
	/** Why it is asked again. */
	readonly note: string | null;
	/** Why it cannot be pushed; the preview is shown all the same. */
	readonly obstacle: string | null;
}

const diffKey: More = {id: 'diff', key: 'd', title: 'see the diff'};
const optionsKey: More = {id: 'options', key: 'o', title: 'options'};

/** Asks before a push, as often as somebody goes to look at the diff. `options`: where and why are to be said first. */
export async function approveChange(ports: ActPorts, question: ChangeQuestion): Promise<'approved' | 'options' | null> {
	const {preview, title, label, word, contexts, extra, branch, note, obstacle} = question;
	for (;;) {
		const {worker, applications} = ports.world.getState();
		const facts = {guard: ports.arming.getState(), worker, now: ports.now()};
		const production = productionAmong(contexts, worker);
		const deletions = preview.effects.reduce((sum, {plan}) => sum + plan.counts.delete, 0);
		const approval: Approval =
			obstacle === null ? approvalOf({contexts, deletions, label, word}, facts) : {type: 'none'};
		const readOnly = obstacle === null ? readOnlyNote(contexts, facts) : null;
		const answer = await ports.questions.ask({
			title: safeText(title),
			tone: production.length > 0 || deletions > 0 ? 'danger' : 'plain',
			approval,
			more: [...(preview.diff === '' ? [] : [diffKey]), optionsKey],
			body: frame => [
				...(note === null ? [] : [...sentenceLines(note, 'warning', frame), '']),
				...changeContents(
					{
						preview,
						holdsOf: name => applications.get(name)?.holds ?? [],
						isProduction: context => production.includes(context),
						branch,
						extra,
					},
					frame,
				),
				...(obstacle === null ? [] : ['', ...sentenceLines(obstacle, 'bad', frame)]),
				...(readOnly === null ? [] : ['', ...sentenceLines(readOnly, 'readOnly', frame)]),
			],
		});
		if (answer?.type !== 'more') return answer ? 'approved' : null;
		if (answer.id === 'options') return 'options';
		await ports.questions.show({
			title: safeText(`Diff: ${title}`),
			body: frame => patchLines(preview.diff, preview.isTruncated, frame),
		});
	}
}
