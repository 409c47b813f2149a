import {hookSteps} from '../../engine/plan/hook-steps.ts';
import {formatProblem, toProblem} from '../../model/errors.ts';
import {nameOf} from '../../model/object.ts';
import type {ObjectResult} from '../../model/status.ts';
import type {ApplicationContext} from './context.ts';
import {saveInventory} from './inventory-keeper.ts';
import {HookRunner} from './run-hook.ts';
import {SyncStop} from './sync-stop.ts';

/**
 * Runs an application's PreDelete or PostDelete hooks, wave by wave, when the application is deleted. The results say what
 * became of each; after one that failed, those of later waves are not run and the application is to be kept. What
 * succeeded is noted in the inventory: it is run once, whatever happens to this worker. Never rejects.
 */
export async function runDeletionHooks(
	context: ApplicationContext,
	phase: 'PreDelete' | 'PostDelete',
): Promise<ObjectResult[]> {
	if (hasHookRun(context, phase)) return [];
	const {state, log} = context;
	const results: ObjectResult[] = [];
	const noted: Promise<void>[] = [];
	const runner = new HookRunner({
		context,
		report: {
			add: ({ref, action, key}, result, message) => {
				results.push({object: nameOf(ref), action, result, ...(message ? {message} : {})});
				if (result === 'Succeeded') noted.push(noteHookRun(context, `${phase} ${key}`));
			},
			fail: ({ref, action}, problem) =>
				results.push({object: nameOf(ref), action, result: 'Failed', message: formatProblem(problem)}),
		},
		stop: new SyncStop(),
		revision: state.renderedRevision ?? '',
	});
	const due = state.hooks.filter(({key}) => !hasHookRun(context, `${phase} ${key}`));
	try {
		for (const step of hookSteps(due, phase)) await runner.run(step);
	} catch (error) {
		log.warn({problem: toProblem(error)}, `${phase} hooks failed`);
	}
	await Promise.all(noted);
	await runner.clearAway();
	return results;
}

/** `name` is a hook with its phase, or a phase. */
export function hasHookRun({state}: ApplicationContext, name: string): boolean {
	return state.inventory.leaving?.hooksRun.includes(name) ?? false;
}

/** Never rejects: at worst the hook is run once more. */
export async function noteHookRun(context: ApplicationContext, name: string): Promise<void> {
	await saveInventory(context, record => ({
		...record,
		leaving: {hooksRun: [...(record.leaving?.hooksRun ?? []).filter(other => other !== name), name]},
	})).catch(error => context.log.warn({problem: toProblem(error), hook: name}, 'a hook that ran could not be noted'));
}
