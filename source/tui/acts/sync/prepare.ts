import {type Problem, toProblem} from '../../../model/errors.ts';
import type {Plan} from '../../../model/plan.ts';
import {isEmptyPlan} from '../../../model/plan-text.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import type {ActClient} from '../ports.ts';
import {parametersOf, type SyncWish} from './wish.ts';

/** One application and what a sync of it would do, or why that is not known. */
export type Prepared = Planned | Unplanned;

export interface Planned {
	readonly type: 'planned' | 'nothing-to-do';
	readonly application: ApplicationStatus;
	readonly plan: Plan;
	readonly warnings: readonly Problem[];
}

export interface Unplanned {
	readonly type: 'failed';
	readonly application: ApplicationStatus;
	readonly plan: Plan | null;
	readonly problem: Problem;
}

/** Plans every application by a dry run; one that cannot be planned does not stop the others. */
export function prepareSyncs(
	client: ActClient,
	applications: readonly ApplicationStatus[],
	wish: SyncWish,
	{who, signal}: {readonly who: string; readonly signal: AbortSignal},
): Promise<Prepared[]> {
	return Promise.all(
		applications.map(async (application): Promise<Prepared> => {
			try {
				const parameters = {...parametersOf(application.name, wish, who), dryRun: true};
				const {plan, problem, warnings = []} = await client.sync(parameters, {signal});
				if (problem) return {type: 'failed', application, plan, problem};
				return {type: isEmptyPlan(plan) ? 'nothing-to-do' : 'planned', application, plan, warnings};
			} catch (error) {
				return {type: 'failed', application, plan: null, problem: toProblem(error)};
			}
		}),
	);
}
