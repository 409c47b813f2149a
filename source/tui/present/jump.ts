import type {HeldObject} from '../../model/hold.ts';

/** Where a line leads when somebody opens it: every piece of evidence can be gone to. */
export type Jump =
	| {readonly type: 'application'; readonly name: string}
	| {readonly type: 'object'; readonly application: string; readonly object: HeldObject}
	| {readonly type: 'commit'; readonly application: string; readonly commit: string}
	| {readonly type: 'drift'; readonly application: string; readonly id: string}
	| {readonly type: 'diff'; readonly application: string}
	| {readonly type: 'events'; readonly application: string}
	| {readonly type: 'worker-log'; readonly application: string}
	| {readonly type: 'timeline'; readonly application: string}
	| {readonly type: 'sync'; readonly application: string};
