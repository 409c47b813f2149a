import {RequestType} from 'vscode-jsonrpc/node';
import type {Problem} from '../../model/errors.ts';
import type {HeldObject} from '../../model/hold.ts';
import type {ChangePreview, PushedChange} from './change.ts';
import type {FieldDiff} from './diff.ts';

export interface AdoptParameters {
	readonly application: string;
	readonly object: HeldObject;
	/** Printed paths; empty: every drifted field of the object. */
	readonly paths: readonly string[];
	readonly branch?: string;
	readonly initiatedBy: string;
	readonly dryRun: boolean;
	readonly token?: string;
}

export interface AdoptAnswer {
	readonly preview: ChangePreview;
	readonly fields: readonly FieldDiff[];
	readonly result?: PushedChange;
	readonly problem?: Problem;
}

export const AdoptRequest = new RequestType<AdoptParameters, AdoptAnswer, Problem>('adopt');
