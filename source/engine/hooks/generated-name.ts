import type {HookPhase} from '../desired/types.ts';

/** A Job's name is also a label of its pods. */
const longestName = 63;

export interface HookNaming {
	/** `metadata.generateName`. */
	readonly prefix: string;
	readonly revision: string;
	readonly phase: HookPhase;
	/** Epoch milliseconds of the sync's beginning. */
	readonly startedAt: number;
	/** Names that this sync has given already. */
	readonly taken: ReadonlySet<string>;
}

/**
 * The name of a hook that has generateName only, as Argo CD makes it: prefix, seven characters of the revision, phase
 * and seconds, in lower case. A prefix that is too long is cut, so that what tells runs apart stays.
 */
export function generatedHookName({prefix, revision, phase, startedAt, taken}: HookNaming): string {
	const run = `${revision.slice(0, 7)}-${phase}-${Math.floor(startedAt / 1_000)}`;
	for (let number = 1; ; number++) {
		const suffix = (number === 1 ? run : `${run}-${number}`).toLowerCase();
		const name = prefix.toLowerCase().slice(0, longestName - suffix.length) + suffix;
		if (!taken.has(name)) return name;
	}
}

/** Whether a name is one that {@link generatedHookName} gave to an earlier run of the same hook. */
export function isEarlierRun(name: string, {prefix, phase}: Pick<HookNaming, 'prefix' | 'phase'>): boolean {
	const run = new RegExp(`([0-9a-f]{7})-${phase.toLowerCase()}-[0-9]{9,12}(-[0-9]{1,3})?$`).exec(name);
	if (!run) return false;
	const own = name.slice(0, run.index);
	const wanted = prefix.toLowerCase();
	return own === wanted || (name.length === longestName && own !== '' && wanted.startsWith(own));
}
