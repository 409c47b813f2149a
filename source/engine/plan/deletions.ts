import type {Problem} from '../../model/errors.ts';
import {keyOf, nameOf, type ObjectKey, type ObjectRef} from '../../model/object.ts';
import type {BlockedObject, InventoryEntry, PlanItem} from '../../model/plan.ts';
import {guessPlural} from '../desired/not-served.ts';
import {readOptions} from '../desired/options.ts';
import {partOfLabel} from '../inventory/keys.ts';
import {findForeignOwner} from '../ownership/find-owner.ts';
import {isDefinition, isNamespace, isSystemNamespace, whyProtected} from './protected-kinds.ts';
import type {LiveHint, PlanInput} from './types.ts';

/** An object that left Git and may be deleted as far as it alone is concerned. */
export interface DeletionCandidate {
	readonly item: PlanItem & {readonly uid: string};
	/** From the live object: the manifest is gone. */
	readonly wave: number;
	/** Why a person has to agree to this one; null when nobody has to. */
	readonly confirmReason: string | null;
}

export interface DeletionSurvey {
	readonly candidates: readonly DeletionCandidate[];
	/** Objects that stay for reasons of their own. */
	readonly kept: readonly BlockedObject[];
	readonly gone: readonly ObjectKey[];
}

/**
 * Looks at every inventory entry that is not in Git. The right to delete rests on the inventory and the uid, never on a
 * label alone (kro #1153); the live object is asked whether it wants to stay, because its manifest can no longer be
 * asked. `uidsInGit` are the live uids of the objects that Git wants.
 */
export function surveyDeletions(input: PlanInput, uidsInGit: ReadonlySet<string>): DeletionSurvey {
	const isInGit = membershipOf(input);
	const candidates: DeletionCandidate[] = [];
	const kept: BlockedObject[] = [];
	const gone: ObjectKey[] = [];
	for (const entry of input.inventory) {
		if (isInGit(entry)) continue;
		const key = keyOf(entry.ref);
		const live = input.liveOf(key);
		if (live === null) {
			gone.push(key);
			continue;
		}
		const reason = live === 'unknown' ? liveUnknown : whyItStays(entry, live, uidsInGit, input);
		if (reason || live === 'unknown') kept.push(keep(entry.ref, reason ?? liveUnknown));
		else candidates.push(candidateOf(entry.ref, key, live, input));
	}
	return withContainersKept({candidates, kept, gone}, input);
}

type Reason = Pick<Problem, 'code' | 'message' | 'hint'>;

export function keep(ref: ObjectRef, reason: Reason): BlockedObject {
	return {ref, problem: {...reason, object: nameOf(ref)}};
}

const liveUnknown: Reason = {
	code: 'LiveStateUnknown',
	message: 'is not in Git any more; the cluster does not say whether it still exists',
};

function candidateOf(ref: ObjectRef, key: ObjectKey, live: LiveHint, {isLeaving}: PlanInput): DeletionCandidate {
	const {options} = readOptions(live.labels, live.annotations);
	const rule = isLeaving ? options.deletion : options.prune;
	const why = whyProtected(ref);
	let confirmReason = why && `${nameOf(ref)} is protected: ${why}`;
	if (rule === 'confirm') confirmReason ??= `${nameOf(ref)} asks for confirmation by its own annotation`;
	const item = {action: 'delete', ref, key, reason: 'not in Git any more', uid: live.uid} as const;
	return {item, wave: options.wave, confirmReason};
}

/**
 * What Git still wants. A blocked object counts whatever its namespace: when its kind could not be looked up, the
 * namespace could not be settled either.
 */
function membershipOf(input: PlanInput): (entry: InventoryEntry) => boolean {
	const keys = new Set([...input.desired, ...input.hooks].map(object => object.key));
	const blocked = new Set(input.blocked.map(({ref}) => withoutNamespace(ref)));
	return ({ref}) => keys.has(keyOf(ref)) || blocked.has(withoutNamespace(ref));
}

function withoutNamespace(ref: ObjectRef): string {
	return keyOf({...ref, namespace: ''});
}

/** Reasons of the object itself; null: it may go. */
function whyItStays(
	entry: InventoryEntry,
	live: LiveHint,
	uidsInGit: ReadonlySet<string>,
	input: PlanInput,
): Reason | null {
	const {ref, uid} = entry;
	if (live.deletionTimestamp) return {code: 'AlreadyDeleting', message: 'is being deleted already'};
	if (live.uid === '') return liveUnknown;
	if (uidsInGit.has(live.uid)) {
		// It moved to another API group in Git: deleting it would delete what was just applied.
		return {code: 'SameObject', message: 'is the same object as one in Git, seen through another API group'};
	}
	if (uid !== '' && uid !== live.uid) {
		const hint = 'Somebody deleted and created it anew; delete it by hand if it is not wanted';
		return {code: 'UidDiffers', message: 'is not the object that was applied: its uid differs', hint};
	}
	const owner = findForeignOwner(live, {application: input.application, applySetId: input.applySetId}, ref);
	if (owner) return {code: owner.code, message: `belongs to ${owner.owner}`, hint: owner.hint};
	if (live.labels?.[partOfLabel] !== input.applySetId) {
		const hint = 'Somebody took it out of the set; delete it by hand if it is not wanted';
		return {code: 'LabelGone', message: `does not carry our label ${partOfLabel} any more`, hint};
	}
	const {prune, deletion} = readOptions(live.labels, live.annotations).options;
	if ((input.isLeaving ? deletion : prune) === 'disabled') {
		return {code: 'PruneDisabled', message: 'is kept by its own annotation'};
	}
	if (isSystemNamespace(ref)) return {code: 'SystemNamespace', message: 'is a namespace the cluster needs'};
	return input.guard?.(ref) ?? null;
}

/** A Namespace or a definition takes its contents along; it stays while anything of ours in it stays. */
function withContainersKept(survey: DeletionSurvey, input: PlanInput): DeletionSurvey {
	const survivors = [
		...[...input.desired, ...input.hooks].map(object => object.ref),
		...input.blocked.map(blocked => blocked.ref),
		...survey.kept.map(kept => kept.ref),
	];
	const namespaces = new Set([...survivors.map(ref => ref.namespace), input.inventoryNamespace]);
	const resources = new Set(survivors.map(ref => `${guessPlural(ref.kind)}.${ref.group}`));
	const kept = [...survey.kept];
	const candidates = survey.candidates.filter(({item: {ref}}) => {
		const isInUse = (isNamespace(ref) && namespaces.has(ref.name)) || (isDefinition(ref) && resources.has(ref.name));
		if (isInUse) kept.push(keep(ref, {code: 'StillInUse', message: 'still holds objects that stay'}));
		return !isInUse;
	});
	return {...survey, candidates, kept};
}
