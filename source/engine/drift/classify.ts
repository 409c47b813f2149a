import type {DriftClass, FieldChange, OtherManager} from '../../model/drift.ts';
import type {KubernetesObject} from '../../model/object.ts';
import {isSecretPath, redacted} from '../../model/redact.ts';
import {parseCanonical} from '../fields/canonical.ts';
import {type Entry, holdOf} from '../fields/entries.ts';
import {lookup} from '../fields/lookup.ts';
import {printPath} from '../fields/path.ts';
import {printField} from '../fields/print-value.ts';
import {pathOf} from '../fields/step.ts';
import type {Addition} from './additions.ts';
import {type Attribution, attributedTo, claimsOn, confidenceOf, unattributed, type Window} from './attribution.ts';
import {type OwnedChange, unseen} from './owned-changes.ts';
import {isSameWriter, type Scene} from './scene.ts';

/** What turns findings into the words of an event. */
export interface Teller {
	readonly scene: Scene;
	readonly window: Window;
	/** The desired object, read at most once and only when something changed. */
	readonly desired: KubernetesObject | null;
}

/** A path of ours that is not as we left it. */
export function tellOwnedChange(teller: Teller, change: OwnedChange): FieldChange {
	const verdict = judge(teller, change);
	return {...tell(teller, change.elements, verdict.class, change.value), ...verdict.by};
}

/** Something that somebody recorded as ours although we did not write it. */
export function tellGrowth(teller: Teller, elements: readonly string[], own: Entry): FieldChange {
	const {scene, window} = teller;
	const told = tell(teller, elements, 'imposter', valueIn(scene, elements));
	return {...told, was: told.was ?? null, ...attributedTo(own, window, 'exact')};
}

export function tellAddition(teller: Teller, {elements, entry, isOtherVersion}: Addition): FieldChange {
	const {scene, window} = teller;
	const claims = claimsOn(elements, scene.declared, heldBefore(scene, elements));
	const [newest] = claims.filter(claim => !claim.isAround);
	const confidence = isOtherVersion ? 'likely' : confidenceOf(claims.filter(claim => !claim.isAround));
	const by = attributedTo(newest?.entry ?? entry, window, confidence);
	return {...tell(teller, elements, 'foreign-addition', valueIn(scene, elements)), was: null, ...by};
}

/** The value that the view shows at a path. */
export function valueIn(scene: Scene, elements: readonly string[]): unknown {
	if (scene.view === 'metadata' && elements[0] !== 'f:metadata') return unseen;
	return lookup(scene.observed, pathOf(elements));
}

function judge({scene, window}: Teller, {elements, isLost, value}: OwnedChange): {class: DriftClass; by: Attribution} {
	const {own, fingerprint} = scene;
	const isOwnMoved = own !== null && !scene.isSameTime;
	if (!isLost) {
		return isOwnMoved
			? {class: 'imposter', by: attributedTo(own, window, 'exact')}
			: {class: 'reset', by: unattributed(window)};
	}
	const all = claimsOn(elements, scene.foreign, heldBefore(scene, elements));
	// Something that is gone is not held by whoever owns what it lay in.
	const claims = value === undefined ? all.filter(claim => !claim.isAround) : all;
	const [newest] = claims;
	if (newest) {
		const isOurName = newest.entry.manager === fingerprint.manager;
		return {
			class: isOurName ? 'imposter' : 'modified',
			by: attributedTo(newest.entry, window, confidenceOf(claims)),
		};
	}
	if (isOwnMoved) return {class: 'imposter', by: attributedTo(own, window, 'likely')};
	const stranger = soleNewStranger(scene);
	if (stranger && value !== undefined) return {class: 'modified', by: attributedTo(stranger, window, 'likely')};
	return {class: value === undefined || value === unseen ? 'removed' : 'reset', by: unattributed(window)};
}

/**
 * Entries of another API version spell their paths in their own way, so none may match ours. If exactly one such entry
 * is new, it is likely the writer.
 */
function soleNewStranger(scene: Scene): Entry | null {
	const strangers = scene.moved.filter(entry => entry.apiVersion !== scene.fingerprint.apiVersion);
	return strangers.length === 1 ? strangers[0]! : null;
}

function heldBefore(scene: Scene, elements: readonly string[]): (entry: Entry) => boolean {
	const holders: OtherManager[] = scene.fingerprint.others.filter(
		other => holdOf(parseCanonical(other.fields), elements) !== null,
	);
	return entry => holders.some(other => isSameWriter(entry, other) && other.time === entry.time);
}

type Told = Pick<FieldChange, 'path' | 'class' | 'was' | 'now'>;

function tell({scene, desired}: Teller, elements: readonly string[], driftClass: DriftClass, value: unknown): Told {
	const {ref} = scene;
	const steps = pathOf(elements);
	const path = printPath(steps);
	const isSecret = isSecretPath(ref, path);
	// What is not in the desired object (a label that we add ourselves) is not known here.
	const wanted = desired ? lookup(desired, steps) : undefined;
	const was = isSecret ? redacted : wanted === undefined ? undefined : printField(ref, path, wanted);
	const isHidden = isSecret && driftClass !== 'removed';
	const now = value === unseen ? (isHidden ? redacted : undefined) : printField(ref, path, value);
	return {path, class: driftClass, ...(was === undefined ? {} : {was}), ...(now === undefined ? {} : {now})};
}
