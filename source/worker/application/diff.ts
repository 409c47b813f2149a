import type {DiffAnswer} from '../../protocol/messages/diff.ts';
import {compareAnew, type Judgements} from './comparison.ts';
import type {ApplicationContext} from './context.ts';
import {planSync} from './planning.ts';
import {previewPlan} from './preview.ts';
import {dependencyProblems} from './sync-gates.ts';

/** Compares anew, and answers with what a sync would change, and with what stands in its way. */
export async function diff(context: ApplicationContext, judgements: Judgements): Promise<DiffAnswer> {
	await compareAnew(context, judgements);
	const answer = await previewPlan(context, await planSync(context, {}));
	const conditions = [...context.state.conditions.values()];
	const problems = conditions.filter(({type}) => type === 'RenderError' || type === 'SourceError');
	const unready = dependencyProblems(context);
	return {...answer, problems: [...problems.map(({problem}) => problem), ...unready, ...answer.problems]};
}
