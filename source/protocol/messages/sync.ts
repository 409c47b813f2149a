import {RequestType} from 'vscode-jsonrpc/node';
import type {Problem} from '../../model/errors.ts';
import type {Plan} from '../../model/plan.ts';
import type {OperationState} from '../../model/status.ts';

export interface SyncParameters {
	readonly application: string;
	readonly initiatedBy: string;
	readonly dryRun: boolean;
	/** The revision that a person saw the plan of; another one is refused with PlanChanged. */
	readonly expectedRevision?: string;
	/** Delete what is no longer in Git. Absent: as the application's policy says. */
	readonly prune?: boolean;
	/** Token of a deletion list that a person approved; see OperationState.confirmation. */
	readonly confirmDeletions?: string;
	/** Only these objects, as `Kind/name` or `Kind/namespace/name`; no hooks run, nothing else is written or deleted. */
	readonly only?: readonly string[];
	/** Write also what is held; without it a held application is refused with Held, and other held objects are left. */
	readonly overrideHold?: boolean;
	/** Sync although a window denies it, where the window lets people. */
	readonly ignoreWindows?: boolean;
	/** Wait for the last wave to be healthy too. */
	readonly waitForHealth?: boolean;
}

export interface EndSyncParameters {
	readonly application: string;
	readonly initiatedBy: string;
}

export interface SyncAnswer {
	readonly plan: Plan;
	/** Absent for a dry run. */
	readonly operation?: OperationState;
	/** Present when the sync was not started. */
	readonly problem?: Problem;
	/** What an automatic sync would have waited for, a revert under way included. */
	readonly warnings?: readonly Problem[];
}

export const SyncRequest = new RequestType<SyncParameters, SyncAnswer, Problem>('sync');
/** Ends the running sync of an application; answers with what it had done. */
export const EndSyncRequest = new RequestType<EndSyncParameters, OperationState, Problem>('endSync');
