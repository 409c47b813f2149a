import type {Fingerprint} from '../../model/drift.ts';
import type {KubernetesObject, ObjectRef} from '../../model/object.ts';
import {canonicalFields, parseCanonical} from '../fields/canonical.ts';
import {difference} from '../fields/fields.ts';
import {printPath} from '../fields/path.ts';
import {pathOf} from '../fields/step.ts';
import {type Addition, findAdditions, firstMembers} from './additions.ts';
import type {Window} from './attribution.ts';
import type {Teller} from './classify.ts';
import {summariseOthers} from './fingerprint.ts';
import type {Hash} from './leaf-hash.ts';
import {findOwnedChanges, type OwnedChange, type OwnedChanges} from './owned-changes.ts';
import {relevantAdditions, tellAll} from './report.ts';
import {isOlderVersion} from './resource-version.ts';
import {makeScene, ownedAlready, type Scene} from './scene.ts';
import {inspectWithoutEntry} from './stripped.ts';
import {driftOf, type Inspection} from './verdict.ts';
import {tellDeleted, tellRecreated} from './whole-object.ts';

export {fillValues} from './values.ts';
export type {DriftVerdict, Inspection} from './verdict.ts';

export interface InspectInput {
	readonly ref: ObjectRef;
	readonly fingerprint: Fingerprint;
	/** null: gone. */
	readonly observed: KubernetesObject | null;
	/** What `observed` holds: `metadata` has no spec, no status and no data. */
	readonly view: 'metadata' | 'object';
	/** The normalised desired object, asked for only when there is something to say. */
	readonly desired: () => KubernetesObject | null;
	/** Epoch milliseconds. */
	readonly seenAt: number;
	/** Epoch milliseconds: the last time the object was known to be as we left it. */
	readonly notBefore: number;
	/** The function that the fingerprint was taken with. */
	readonly hash: Hash;
	/** Name of the HorizontalPodAutoscaler known to target the object. */
	readonly autoscaledBy?: string | undefined;
}

/**
 * Judges a live object against what it was after our last apply (engines.md f.6), cheap test first: status noise ends
 * after a few comparisons of texts. Nothing is asked of the cluster; when what was observed is not enough the answer says
 * what is.
 */
export function inspect(input: InspectInput): Inspection {
	const {fingerprint, observed} = input;
	const window: Window = input;
	if (!observed) return driftOf([tellDeleted(window)]);
	const {metadata} = observed;
	// An event from before our own answer, delivered late.
	if (isOlderVersion(metadata.resourceVersion ?? '', fingerprint.resourceVersion)) return {type: 'ours'};
	if (metadata.uid && metadata.uid !== fingerprint.uid) return driftOf([tellRecreated(observed, window)]);
	if (metadata.deletionTimestamp) return {type: 'terminating'};
	const scene = makeScene({...input, observed});
	const {own} = scene;
	if (!own) return inspectWithoutEntry(scene, () => tellerOf(input, scene));
	if (own.apiVersion !== fingerprint.apiVersion) {
		return {type: 'needs-dry-run', why: `our fields are recorded at ${own.apiVersion} now`};
	}
	const isSameSet = canonicalFields(own.fields) === fingerprint.owned;
	const isQuiet = isSameSet && scene.isSameTime && scene.isSameGeneration && scene.areOthersSame;
	if (isQuiet) return inspectQuiet(input, scene);
	const owned = isSameSet ? own.fields : parseCanonical(fingerprint.owned);
	const findings: Findings = {
		...findOwnedChanges(scene, owned, isSameSet),
		grown: isSameSet ? [] : firstMembers(difference(own.fields, owned)),
		additions: findAdditions(scene, owned),
	};
	return whatIsMissing(scene, findings) ?? conclude(input, scene, findings);
}

/**
 * No entry moved: a status write, as nearly every event. Labels and annotations are at hand, and a webhook can rewrite
 * them without leaving a trace in ownership; so are the values of kinds that count no generation, when they were read.
 */
function inspectQuiet(input: InspectInput, scene: Scene): Inspection {
	const seen: Scene = scene.hasGeneration ? {...scene, view: 'metadata'} : scene;
	const found = findOwnedChanges(seen, scene.own!.fields, true);
	if (found.changes.length === 0) return {type: 'ours'};
	return conclude(input, scene, {...found, grown: [], additions: []});
}

interface Findings extends OwnedChanges {
	/** Paths recorded as ours that we did not apply. */
	readonly grown: readonly (readonly string[])[];
	readonly additions: readonly Addition[];
}

/** What the metadata view cannot tell; null when it tells enough. */
function whatIsMissing(scene: Scene, findings: Findings): Inspection | null {
	if (scene.view === 'object') return null;
	const isImposter = findings.grown.length > 0 || !scene.isSameTime;
	if (isImposter) {
		if (!scene.isSecret) return {type: 'needs-object', why: 'somebody wrote under our field manager name'};
		const isSaid = findings.grown.length + findings.changes.length > 0;
		return isSaid ? null : {type: 'needs-dry-run', why: 'somebody wrote under our field manager name'};
	}
	if (findings.unread) {
		return {type: 'needs-object', why: `${printPath(pathOf(findings.unread))} has no owner any more: removed or reset`};
	}
	if (findings.additions.some(addition => addition.isOtherVersion)) {
		return {type: 'needs-object', why: 'others wrote through another API version'};
	}
	const isSilent = findings.changes.length + findings.additions.length === 0;
	if (isSilent && !scene.isSameGeneration && !isExplained(scene)) {
		return {type: 'needs-object', why: 'the generation rose although no owner changed'};
	}
	return null;
}

/**
 * Whether a risen generation has a cause that does not concern us: somebody owns more or less than before, or wrote the
 * status of a kind without a status subresource (such an entry has `f:status`, and no other's time moved). What never has
 * an explanation is the scaling of replicas that nobody owns: the server records it nowhere (measured on 1.36).
 */
function isExplained(scene: Scene): boolean {
	const {moved} = scene;
	if (moved.some(entry => !ownedAlready(scene, entry))) return true;
	return moved.length > 0 && moved.every(entry => 'f:status' in entry.fields);
}

function conclude(input: InspectInput, scene: Scene, findings: Findings): Inspection {
	const {certain, isAmbiguous} = sortOut(scene, findings.changes);
	const additions = relevantAdditions(scene, findings.additions);
	if (certain.length + additions.length + findings.grown.length === 0) {
		if (isAmbiguous) return {type: 'needs-dry-run', why: 'a value changed although the generation did not'};
		return oursFrom(scene, findings);
	}
	return driftOf(tellAll(tellerOf(input, scene), {changes: certain, grown: findings.grown, additions}));
}

/**
 * A value that changed while the generation stayed is no write: a new default, or another server version reading the
 * same bytes. A dry run tells whether applying would change it.
 */
function sortOut(
	scene: Scene,
	changes: readonly OwnedChange[],
): {certain: readonly OwnedChange[]; isAmbiguous: boolean} {
	if (!scene.hasGeneration || !scene.isSameGeneration || !scene.isSameTime) {
		return {certain: changes, isAmbiguous: false};
	}
	const certain = changes.filter(change => change.isLost || change.elements[0] === 'f:metadata');
	return {certain, isAmbiguous: certain.length < changes.length};
}

function oursFrom(scene: Scene, findings: Findings): Inspection {
	const {fingerprint, observed, own} = scene;
	const hasMoved = !scene.isSameGeneration || !scene.isSameTime || !scene.areOthersSame;
	return {
		type: 'ours',
		...(findings.disowned.length > 0 ? {disowned: findings.disowned.map(elements => printPath(pathOf(elements)))} : {}),
		...(hasMoved
			? {
					fingerprint: {
						...fingerprint,
						resourceVersion: observed.metadata.resourceVersion ?? '',
						generation: observed.metadata.generation ?? 0,
						entryTime: own?.time ?? '',
						others: summariseOthers(scene.declared),
					},
				}
			: {}),
	};
}

function tellerOf(input: InspectInput, scene: Scene): Teller {
	return {scene, window: input, desired: input.desired()};
}
