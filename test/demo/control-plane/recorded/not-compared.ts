/** Recorded exchanges that are not counted, each with its reason. Everything else is. */
import type {Exchange} from '../recordings.ts';

export interface Reason {
	readonly reason: string;
	/** Not even sent. */
	readonly isSkipped: boolean;
}

const changedByRecorder = 'the recorder wrote the answer down after it had changed it for its next request';
const controllers = 'what controllers did in the time before it';
const apiServices = 'APIServices are not served';
const admission = 'admission policies, webhooks, quotas and limit ranges are stored and not enforced';
const internalStructure = "the message shows the server's internal structures";
const unstable = 'the real server names its errors in another order each time';

/** Sent, because later steps build on them, and not counted. By `case/step`, or the case for all its steps. */
const uncounted: Readonly<Record<string, string>> = {
	'16/2': changedByRecorder,
	'17/1': changedByRecorder,
	'18/1': changedByRecorder,
	'19/7': changedByRecorder,
	'41/1': changedByRecorder,
	'32/4': 'rules in CEL are not run',
	'37/1': unstable,
	'37/5': unstable,
	'37/6': unstable,
	'37/7': unstable,
	'38/8': internalStructure,
	'38/13': internalStructure,
	'44/2': controllers,
	'44/4': controllers,
	'44/8': controllers,
	'44/11': controllers,
	'47/7': 'reviews are answered without field ownership',
	'49/9': controllers,
	'50/1': controllers,
	'50/2': controllers,
	'57/3': controllers,
	'57/4': controllers,
	'57/6': controllers,
	'57/7': controllers,
	'58/3': controllers,
	'59/3': admission,
	'59/5': admission,
	'59/6': admission,
	'60/3': admission,
	'60/4': admission,
	'60/6': admission,
	'64': apiServices,
};

/** Not sent. */
const skipped: Readonly<Record<string, string>> = {
	'54': 'takes 70 seconds to see bookmarks',
};

/** Compared without the parts of objects that controllers had written by then. */
const withControllers: ReadonlySet<string> = new Set([
	'09/2',
	'09/3',
	'09/5',
	'09/6',
	'25/11',
	'44/3',
	'44/7',
	'57/2',
	'57/5',
	'58/2',
]);

export const isWithControllers = (name: string): boolean => withControllers.has(name);

export function reasonOf({case: name, step}: Exchange): Reason | undefined {
	const number = name.slice(0, 2);
	const find = (table: Readonly<Record<string, string>>): string | undefined =>
		table[`${number}/${step}`] ?? table[number];
	const skip = find(skipped);
	if (skip) return {reason: skip, isSkipped: true};
	const reason = find(uncounted);
	return reason === undefined ? undefined : {reason, isSkipped: false};
}
