import {toProblem} from '../../../model/errors.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {objectDiffLines} from '../../dialogs/content/diff.ts';
import {sentenceLines} from '../../dialogs/content/rows.ts';
import type {ActPorts} from '../ports.ts';
import {tellProblem} from '../send.ts';

/** Field by field what a sync would change, read while the question waits. */
export async function showDiff(ports: ActPorts, applications: readonly ApplicationStatus[]): Promise<void> {
	const {questions} = ports;
	const client = ports.client();
	if (!client) return;
	const names = applications.map(({name}) => name).join(', ');
	try {
		const answers = await questions.wait({
			title: `Diff of ${names}`,
			text: 'comparing with the cluster',
			work: signal => Promise.all(applications.map(({name}) => client.diff({application: name}, {signal}))),
		});
		if (!answers) return;
		const objects = answers.flatMap(answer => answer.objects);
		await questions.show({
			title: `What a sync of ${names} would change`,
			body: frame =>
				objects.length === 0 ? sentenceLines('nothing differs', 'good', frame) : objectDiffLines(objects, frame),
		});
	} catch (error) {
		tellProblem(ports, names, toProblem(error));
	}
}
