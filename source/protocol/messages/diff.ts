import {RequestType} from 'vscode-jsonrpc/node';
import type {Problem} from '../../model/errors.ts';

export interface DiffAnswer {
	readonly application: string;
	readonly revision: string;
	readonly objects: readonly ObjectDiff[];
	readonly problems: readonly Problem[];
	/** Dry runs made to answer; zero when nothing differs. */
	readonly dryRuns: number;
}

/** One object's difference between the cluster now and the cluster after a sync. Redacted. */
export interface ObjectDiff {
	readonly object: string;
	readonly namespace: string;
	readonly group: string;
	readonly version: string;
	readonly action: 'create' | 'change' | 'delete';
	readonly fields: readonly FieldDiff[];
	/** YAML of the live object and of what it would become; absent sides do not exist. */
	readonly live?: string;
	readonly desired?: string;
}

export interface FieldDiff {
	readonly path: string;
	/** Printed; null when absent. */
	readonly live: string | null;
	readonly desired: string | null;
	/** Manager that owns the live value, when it is not us. */
	readonly manager?: string;
}

export const DiffRequest = new RequestType<{application: string}, DiffAnswer, Problem>('diff');
