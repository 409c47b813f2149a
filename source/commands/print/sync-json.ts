import type {BlockedObject, Plan} from '../../model/plan.ts';
import type {Executed} from '../sync/execute.ts';
import {isRefusal, type Prepared} from '../sync/prepare.ts';
import {operationJson} from './status-json.ts';

/**
 * `sync -o json`: documented in the README; keys are added, never renamed or removed. `outcome` is `nothing-to-do`,
 * `planned` (with --dry-run, or when it was not approved), `synced`, `failed`, or `refused` (by a hold, by a sync window).
 */
export function syncJson(prepared: readonly Prepared[], executed: readonly Executed[]): object {
	return {
		applications: prepared.map(item => {
			const done = executed.find(({application}) => application.name === item.application.name);
			const plan = done?.plan ?? item.plan;
			const problem = done ? done.problem : item.type === 'failed' ? item.problem : undefined;
			return {
				name: item.application.name,
				context: item.application.context,
				namespace: item.application.namespace,
				outcome: done ? outcomeOf(done) : problem && isRefusal(problem) ? 'refused' : item.type,
				plan: plan ? planJson(plan) : null,
				operation: done?.operation ? operationJson(done.operation) : null,
				problem: problem ? {...problem} : null,
			};
		}),
	};
}

function outcomeOf({operation, problem}: Executed): 'synced' | 'failed' | 'refused' {
	if (!operation && problem && isRefusal(problem)) return 'refused';
	return operation?.phase === 'Succeeded' ? 'synced' : 'failed';
}

export function planJson(plan: Plan): object {
	return {
		revision: plan.revision,
		counts: {...plan.counts},
		steps: plan.steps.map(step => ({
			title: step.title,
			phase: step.phase,
			wave: step.wave,
			waitsForReady: step.waitsForReady,
			items: step.items.map(item => ({
				action: item.action,
				...item.ref,
				reason: item.reason,
				takeOver: (item.takeOver ?? []).map(taken => ({...taken})),
			})),
		})),
		blocked: plan.blocked.map(blockedJson),
		kept: plan.kept.map(blockedJson),
		held: plan.held.map(({ref, paths, holdId, outcome}) => ({...ref, paths: [...paths], hold: holdId, outcome})),
		deletion: {...plan.deletion},
	};
}

function blockedJson({ref, problem}: BlockedObject): object {
	return {...ref, problem: {...problem}};
}
