import {hookSteps} from '../../engine/plan/hook-steps.ts';
import {formatProblem, toProblem} from '../../model/errors.ts';
import {nameOf} from '../../model/object.ts';
import type {ObjectResult} from '../../model/status.ts';
import type {ApplicationContext} from './context.ts';
import {HookRunner} from './run-hook.ts';
import {SyncStop} from './sync-stop.ts';

/**
 * Runs an application's PreDelete or PostDelete hooks, wave by wave, when the application is deleted. The results say what
 * became of each; after one that failed, those of later waves are not run and the application is to be kept. Never
 * rejects.
 */
export async function runDeletionHooks(
	context: ApplicationContext,
	phase: 'PreDelete' | 'PostDelete',
): Promise<ObjectResult[]> {
	const results: ObjectResult[] = [];
	const runner = new HookRunner({
		context,
		report: {
			add: ({ref, action}, result, message) =>
				results.push({object: nameOf(ref), action, result, ...(message ? {message} : {})}),
			fail: ({ref, action}, problem) =>
				results.push({object: nameOf(ref), action, result: 'Failed', message: formatProblem(problem)}),
		},
		stop: new SyncStop(),
		revision: context.state.renderedRevision ?? '',
	});
	try {
		for (const step of hookSteps(context.state.hooks, phase)) await runner.run(step);
	} catch (error) {
		context.log.warn({problem: toProblem(error)}, `${phase} hooks failed`);
	}
	await runner.clearAway();
	return results;
}
