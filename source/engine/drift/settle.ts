import type {DriftClass, FieldChange, Fingerprint} from '../../model/drift.ts';
import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {canonicalFields, parseCanonical} from '../fields/canonical.ts';
import {compareObjects, type FieldDifference} from '../fields/compare.ts';
import {type Entry, isApplyEntryOf, readEntries} from '../fields/entries.ts';
import {nodeAt} from '../fields/fields.ts';
import {lookup} from '../fields/lookup.ts';
import {printField} from '../fields/print-value.ts';
import {formatElement} from '../fields/step.ts';
import {type Attribution, attributedTo, claimsOn, confidenceOf, unattributed} from './attribution.ts';
import {type Hash, leafSlot} from './leaf-hash.ts';
import {pathKey, readSlots} from './slots.ts';

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
	 * The fingerprint that could not tell, if there is one. It knows what was ours and with what value, and so tells what
	 * somebody did from what Git has changed since.
	 */
	readonly fingerprint?: Fingerprint | null;
	readonly autoscaledBy?: string | undefined;
}

export interface Settlement {
	/** Whether applying would change nothing that is declared. */
	readonly isSynced: boolean;
	/**
	 * Differences that are known to be somebody else's doing. Without a fingerprint these are the ones that another manager
	 * holds: whether a field that nobody holds was removed, or is new in Git, nothing can tell. Empty although not synced:
	 * Git has moved on, or an apply would take back what cannot be told apart from it.
	 */
	readonly fields: FieldChange[];
	/** How many differences there are in all, also those that Git made. */
	readonly differences: number;
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
	const judge = input.fingerprint ? judgeByFingerprint(input, input.fingerprint) : judgeByEntries(input);
	const fields = differences.flatMap(difference => {
		const verdict = difference.isOrder ? null : judge({difference, own: own ?? null, foreign});
		return verdict ? [tell(input, difference, verdict)] : [];
	});
	return {
		isSynced: differences.length === 0,
		fields,
		differences: differences.filter(difference => !difference.isOrder).length,
		canFingerprintLive:
			differences.length === 0 &&
			own !== undefined &&
			planned !== undefined &&
			own.apiVersion === planned.apiVersion &&
			canonicalFields(own.fields) === canonicalFields(planned.fields),
	};
}

interface Verdict {
	readonly class: DriftClass;
	readonly by: Attribution;
}

/** One difference and who is recorded around it. */
interface Case {
	readonly difference: FieldDifference;
	readonly own: Entry | null;
	readonly foreign: readonly Entry[];
}

type Judge = (one: Case) => Verdict | null;

/** Without knowing what was ours: what we are recorded to own was written by us, so Git changed there. */
function judgeByEntries(input: SettleInput): Judge {
	return ({difference, own, foreign}) => {
		if (own && nodeAt(own.fields, difference.steps) !== undefined) return null;
		return judgeByHolder(input, difference, foreign);
	};
}

function judgeByFingerprint(input: SettleInput, fingerprint: Fingerprint): Judge {
	const owned = parseCanonical(fingerprint.owned);
	const slots = readSlots(owned, fingerprint.leafHashes);
	const byEntries = judgeByEntries(input);
	return one => {
		const {difference, own, foreign} = one;
		// Paths of another API version cannot be looked up among ours.
		if (own && own.apiVersion !== fingerprint.apiVersion) return byEntries(one);
		if (nodeAt(owned, difference.steps) === undefined) return null;
		const elements = difference.steps.map(formatElement);
		const inside = foreign.flatMap(entry => nodeAt(entry.fields, difference.steps) ?? []);
		if (slots.get(pathKey(elements)) === leafSlot(difference.live, inside, input.hash)) return null;
		if (own && nodeAt(own.fields, difference.steps) !== undefined) {
			return own.time === fingerprint.entryTime
				? {class: 'reset', by: unattributed(input)}
				: {class: 'imposter', by: attributedTo(own, input, 'exact')};
		}
		return (
			judgeByHolder(input, difference, foreign) ?? {
				class: difference.live === undefined ? 'removed' : 'reset',
				by: unattributed(input),
			}
		);
	};
}

function judgeByHolder(input: SettleInput, {steps, live}: FieldDifference, foreign: readonly Entry[]): Verdict | null {
	const all = claimsOn(steps.map(formatElement), foreign, () => false);
	const claims = live === undefined ? all.filter(claim => !claim.isAround) : all;
	const [newest] = claims;
	if (!newest) return null;
	return {
		class: newest.entry.manager === input.manager ? 'imposter' : 'modified',
		by: attributedTo(newest.entry, input, confidenceOf(claims)),
	};
}

function tell({ref, desired}: SettleInput, difference: FieldDifference, verdict: Verdict): FieldChange {
	const {path, steps, live} = difference;
	const wanted = (desired && lookup(desired, steps)) ?? difference.desired;
	return {
		path,
		class: verdict.class,
		was: printField(ref, path, wanted),
		now: printField(ref, path, live),
		...verdict.by,
	};
}
