import {RequestType} from 'vscode-jsonrpc/node';
import type {Problem} from '../../model/errors.ts';
import type {Hold, HoldScope} from '../../model/hold.ts';

export interface HoldParameters {
	/** Empty: every application. */
	readonly applications: readonly string[];
	readonly scope: HoldScope;
	readonly owner: string;
	readonly reason: string;
	/** Milliseconds from now; null only with `breakGlass`. */
	readonly durationMilliseconds: number | null;
	readonly breakGlass: boolean;
	readonly includesSync: boolean;
}

export interface ResumeParameters {
	/** Empty: every application. */
	readonly applications: readonly string[];
	/** Ids of holds to end; empty: all holds of these applications (with `scope`: those of that scope). */
	readonly holds: readonly string[];
	readonly scope?: HoldScope;
	readonly by: string;
}

/** What changed, application by application; one that could not be held does not stop the others. */
export interface HoldAnswer {
	readonly holds: readonly {readonly application: string; readonly hold: Hold}[];
	readonly problems: readonly {readonly application: string; readonly problem: Problem}[];
}

export const HoldRequest = new RequestType<HoldParameters, HoldAnswer, Problem>('hold');
/** Answers with the holds that were ended. */
export const ResumeRequest = new RequestType<ResumeParameters, HoldAnswer, Problem>('resume');
