/** Recorded exchanges that are not counted, each with its reason. Everything else is. */
import type {Exchange} from '../recordings.ts';

export interface Reason {
	readonly reason: string;
	/** Not even sent. */
	readonly isSkipped: boolean;
}

/** Sent, because later steps build on them, and not compared. */
const uncounted: Readonly<Record<string, string>> = {};

/** Not sent. */
const skipped: Readonly<Record<string, string>> = {
	'54': 'takes 70 seconds to see bookmarks',
};

export function reasonOf({case: name, step}: Exchange): Reason | undefined {
	const number = name.slice(0, 2);
	const find = (table: Readonly<Record<string, string>>): string | undefined =>
		table[`${number}/${step}`] ?? table[number];
	const skip = find(skipped);
	if (skip) return {reason: skip, isSkipped: true};
	const reason = find(uncounted);
	return reason === undefined ? undefined : {reason, isSkipped: false};
}
