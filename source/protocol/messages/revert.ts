import {RequestType} from 'vscode-jsonrpc/node';
import type {CommitInfo} from '../../model/commit.ts';
import type {Problem} from '../../model/errors.ts';
import type {ChangePreview, PushedChange} from './change.ts';

export interface RevertParameters {
	readonly application: string;
	/** `COMMIT` or `OLD..NEW`. */
	readonly commits: string;
	readonly mainline?: number;
	readonly reason: string;
	/** Push here instead of to the tracked branch. */
	readonly branch?: string;
	readonly initiatedBy: string;
	readonly dryRun: boolean;
	/** Of the preview that a person approved; another effect is refused with PlanChanged. Required unless dryRun. */
	readonly token?: string;
}

export interface RevertAnswer {
	readonly preview: ChangePreview;
	/** Reverted commits, newest first. */
	readonly reverted: readonly CommitInfo[];
	/** Absent for a dry run. */
	readonly result?: PushedChange;
	/** Present when nothing was pushed. */
	readonly problem?: Problem;
}

export const RevertRequest = new RequestType<RevertParameters, RevertAnswer, Problem>('revert');
