import {shortRevision} from '../../../model/ages.ts';
import {safeText} from '../../../model/text.ts';
import type {ChangePreview, PushedChange} from '../../../protocol/messages/change.ts';
import {type Row, rowLines} from '../../dialogs/content/rows.ts';
import type {ActPorts} from '../ports.ts';

/** `pushed 5be1f0c to main`. */
export function pushedSentence({commit, branch, type}: PushedChange, {branch: tracked}: ChangePreview): string {
	const to = type === 'tracked' ? branch : `${branch}, not to ${tracked}`;
	return `pushed ${shortRevision(commit)} to ${to}`;
}

/**
 * What is left to do where a change did not go to the tracked branch: what the remote said and the commands that bring it
 * in, to be copied. What went there needs no more than a sentence.
 */
export async function showPushed(
	ports: ActPorts,
	application: string,
	preview: ChangePreview,
	result: PushedChange,
): Promise<void> {
	const sentence = `${application}: ${pushedSentence(result, preview)}`;
	if (result.type === 'tracked') {
		ports.toast(safeText(sentence));
		return;
	}
	const rows: Row[] = [
		{label: 'pushed', style: 'warning', texts: [sentence]},
		...(result.refusedBecause === undefined
			? []
			: [{label: 'because', style: 'warning', texts: [result.refusedBecause]} as const]),
		...(result.remoteMessage.trim() === ''
			? []
			: [{label: 'remote', style: 'quiet', texts: result.remoteMessage.trim().split('\n')} as const]),
		{label: 'bring it in', style: 'strong', texts: result.nextSteps},
	];
	const answer = await ports.questions.choose({
		title: safeText(`${application}: the change waits on ${result.branch}`),
		body: frame => rowLines(rows, frame),
		options: [
			{id: 'leave', label: 'leave', key: 'l'},
			{id: 'copy', label: 'copy the commands', key: 'c'},
		],
	});
	if (answer !== 'copy') return;
	const isCopied = ports.copy(result.nextSteps.join('\n'));
	ports.toast(
		isCopied ? 'the commands are on the clipboard' : 'too long for the clipboard',
		isCopied ? 'toast' : 'toastBad',
	);
}
