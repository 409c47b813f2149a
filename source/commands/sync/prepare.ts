import {type Problem, toProblem} from '../../model/errors.ts';
import type {Plan} from '../../model/plan.ts';
import {isEmptyPlan} from '../../model/plan-text.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import type {SyncParameters} from '../../protocol/messages/sync.ts';
import type {Session} from '../session/connect.ts';

/** What a person says about a sync before there is a plan. */
export type SyncWish = Omit<SyncParameters, 'application' | 'dryRun' | 'expectedRevision'>;

/** One application with the plan of its sync. */
interface WithPlan {
	readonly application: ApplicationStatus;
	readonly plan: Plan;
	/** What does not stop a person's sync, but should be known. */
	readonly warnings: readonly Problem[];
}

/** One application and what a sync of it would do, or why that is not known. */
export type Prepared =
	| ({readonly type: 'nothing-to-do'} & WithPlan)
	| ({readonly type: 'planned'} & WithPlan)
	| {
			readonly type: 'failed';
			readonly application: ApplicationStatus;
			readonly plan?: Plan;
			readonly problem: Problem;
	  };

/** Plans every application by a dry run; one that cannot be planned does not stop the others. */
export function prepareSyncs(
	{client}: Pick<Session, 'client'>,
	applications: readonly ApplicationStatus[],
	wish: SyncWish,
): Promise<Prepared[]> {
	return Promise.all(
		applications.map(async (application): Promise<Prepared> => {
			try {
				const answer = await client.sync({...wish, application: application.name, dryRun: true});
				const {plan, warnings = []} = answer;
				// A plan is shown whatever the time; carrying it out would be refused.
				const problem = answer.problem ?? warnings.find(isRefusal);
				if (problem) return {type: 'failed', application, plan, problem};
				return {type: isEmptyPlan(plan) ? 'nothing-to-do' : 'planned', application, plan, warnings};
			} catch (error) {
				return {type: 'failed', application, problem: toProblem(error)};
			}
		}),
	);
}

/** Whether carrying the plan out as far as it may go still leaves something undone. */
export function isIncomplete(plan: Plan): boolean {
	return plan.counts.blocked > 0 || plan.deletion.type === 'needs-confirmation' || plan.deletion.type === 'refused';
}

/** Refusals are answers, not trouble: the plan is known, and the problem says which flag or verb lets it happen. */
const refusals: readonly string[] = ['Held', 'SyncWindowClosed'];

export function isRefusal({code}: Problem): boolean {
	return refusals.includes(code);
}
