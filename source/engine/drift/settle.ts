import type {DriftClass, FieldChange, Fingerprint} from '../../model/drift.ts';
import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {isSecretPath, redacted} from '../../model/redact.ts';
import {canonicalFields} from '../fields/canonical.ts';
import {compareObjects, type FieldDifference} from '../fields/compare.ts';
import {type Entry, isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {nodeAt} from '../fields/fields.ts';
import {lookup} from '../fields/lookup.ts';
import {printField} from '../fields/print-value.ts';
import {formatElement} from '../fields/step.ts';
import {type Attribution, attributedTo, claimsOn, confidenceOf, unattributed, type Window} from './attribution.ts';
import type {Hash} from './leaf-hash.ts';

export interface SettleInput {
	readonly ref: ObjectRef;
	readonly live: KubernetesObject;
	/** The answer to a forced dry run of our apply. */
	readonly dryRun: KubernetesObject;
	/** Our field manager. */
	readonly manager: string;
	readonly desired: KubernetesObject | null;
	/** Epoch milliseconds. */
	readonly seenAt: number;
	readonly notBefore: number;
	readonly hash: Hash;
	/**
	 * The fingerprint that could not tell, if there is one and Git has not changed since it was taken: then also a
	 * difference in what is recorded as ours is somebody's doing.
	 */
	readonly fingerprint?: Fingerprint | null;
	readonly autoscaledBy?: string | undefined;
}

export interface Settlement {
	/** Whether applying would change nothing that is declared. */
	readonly isSynced: boolean;
	/**
	 * Differences that others made. Empty although not synced: only Git moved on, what is live is what we applied earlier.
	 */
	readonly fields: FieldChange[];
	/** Whether the live object records us exactly as an apply would: it can be fingerprinted without a write. */
	readonly canFingerprintLive: boolean;
}

/**
 * The tie-breaker for objects without a fingerprint, or with one that cannot tell (engines.md f.6, rule 8): compares the
 * live object with what an apply would make of it, and says who holds what differs.
 */
export function settleByDryRun(input: SettleInput): Settlement {
	const {live, dryRun, manager} = input;
	const liveEntries = readEntries(live);
	const own = liveEntries.find(entry => isApplyEntryOf(entry, manager));
	const planned = readEntries(dryRun).find(entry => isApplyEntryOf(entry, manager));
	const differences = compareObjects(live, dryRun, {
		listKeysFrom: [...liveEntries, ...readEntries(dryRun)].map(entry => entry.fields),
	});
	const foreign = liveEntries.filter(entry => entry !== own);
	const fields = differences.flatMap(difference => {
		if (difference.isOrder) return [];
		const holder = own && nodeAt(own.fields, difference.steps) !== undefined ? own : null;
		// What is recorded as ours was written by us: a difference there means that Git has changed since.
		return holder && !input.fingerprint ? [] : [tell(input, holder, foreign, difference)];
	});
	return {
		isSynced: differences.length === 0,
		fields,
		canFingerprintLive:
			differences.length === 0 &&
			own !== undefined &&
			planned !== undefined &&
			own.apiVersion === planned.apiVersion &&
			canonicalFields(own.fields) === canonicalFields(planned.fields),
	};
}

function tell(
	input: SettleInput,
	own: Entry | null,
	foreign: readonly Entry[],
	difference: FieldDifference,
): FieldChange {
	const {ref, desired} = input;
	const {path, steps} = difference;
	const {class: driftClass, by} = own ? judgeOurs(input, own) : judge(input, foreign, difference);
	const wanted = (desired && lookup(desired, steps)) ?? difference.desired;
	const isSecret = isSecretPath(ref, path);
	return {
		path,
		class: driftClass,
		was: wanted === undefined ? null : isSecret ? redacted : printField(ref, path, wanted),
		now: difference.live === undefined ? null : isSecret ? redacted : printField(ref, path, difference.live),
		...by,
	};
}

interface Verdict {
	readonly class: DriftClass;
	readonly by: Attribution;
}

function judgeOurs(input: SettleInput, own: Entry): Verdict {
	return own.time === input.fingerprint?.entryTime
		? {class: 'reset', by: unattributed(input)}
		: {class: 'imposter', by: attributedTo(own, input, 'exact')};
}

function judge(
	{manager, ...window}: SettleInput & Window,
	foreign: readonly Entry[],
	{steps, live}: FieldDifference,
): Verdict {
	const claims = claimsOn(steps.map(formatElement), foreign, () => false).filter(
		claim => live !== undefined || !claim.isAround,
	);
	const [newest] = claims;
	if (newest) {
		const isOurName = newest.entry.manager === manager;
		return {class: isOurName ? 'imposter' : 'modified', by: attributedTo(newest.entry, window, confidenceOf(claims))};
	}
	return {class: live === undefined ? 'removed' : 'reset', by: unattributed(window)};
}
