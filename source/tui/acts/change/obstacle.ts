import {formatProblem, type Problem} from '../../../model/errors.ts';
import {sentenceLines} from '../../dialogs/content/rows.ts';
import type {ActPorts} from '../ports.ts';

/** A conflict, an unknown commit, a target that is a tag: too much for one line at the foot of the screen. */
export async function showObstacle({questions}: ActPorts, title: string, problem: Problem): Promise<void> {
	await questions.show({
		title: `${title}: it cannot be made`,
		body: frame => [
			...sentenceLines(formatProblem({...problem, hint: undefined}), 'bad', frame),
			...(problem.hint ? ['', ...sentenceLines(problem.hint, 'plain', frame)] : []),
		],
	});
}
