import type {Problem} from '../../model/errors.ts';
import {canonicalJson} from '../../model/json.ts';
import {type KubernetesObject, keyOf, type Manifest, nameOf, type ObjectRef} from '../../model/object.ts';
import type {BlockedObject} from '../../model/plan.ts';
import {isSyncHook} from '../hooks/due.ts';
import {idLabel, inventoryName, partOfLabel} from '../inventory/keys.ts';
import {withoutPlaceholderBundles} from './ca-bundles.ts';
import {withoutServerFields} from './clean.ts';
import {findDuplicateItem} from './duplicates.ts';
import {identify, placeOf} from './identity.ts';
import {settleNulls} from './nulls.ts';
import {readOptions} from './options.ts';
import {placeObject} from './placement.ts';
import {withPortProtocols} from './ports.ts';
import type {DefinedKind} from './scope.ts';
import {foldSecret} from './secret.ts';
import {findNonText} from './text-fields.ts';
import {isMap, typeName} from './tree.ts';
import type {DesiredInput, DesiredObject} from './types.ts';

export type Outcome =
	| {readonly type: 'object'; readonly object: DesiredObject; readonly notices: readonly Problem[]}
	| {readonly type: 'problem'; readonly problem: Problem}
	| {readonly type: 'blocked'; readonly blocked: BlockedObject}
	/** No part of an installation (a Helm test). */
	| {readonly type: 'dropped'};

/** Turns one manifest into what will be applied, or says why it cannot be. Never throws; never changes the manifest. */
export function normaliseOne(
	manifest: Manifest,
	input: DesiredInput,
	defined: ReadonlyMap<string, DefinedKind>,
): Outcome {
	const identity = identify(manifest);
	if (identity.type === 'problem') return identity;
	const place = placeOf(manifest);
	const {labels, annotations} = manifest.object.metadata;
	const reading = readOptions(labels, annotations);
	if (reading.isHelmTest) return {type: 'dropped'};
	if (identity.type === 'generated' && !reading.options.hook) {
		const message = `a ${identity.ref.kind} has generateName ${identity.ref.name} instead of a name`;
		const hint = 'Give it a name: an object that is named anew each time cannot be held';
		return {type: 'problem', problem: {code: 'GeneratedName', message, hint, ...place}};
	}
	const placed = placeObject(identity.ref, input, defined, place);
	const isHook = isSyncHook(reading.options);
	if ('code' in placed) return block(identity.ref, placed, isHook);
	const complaint = findComplaint(manifest.object, placed, input);
	if (complaint) return block(placed, {...complaint, ...place}, isHook);
	const content = settleContent(manifest.object, placed);
	if ('code' in content) return block(placed, {...content, ...place}, isHook);
	const {body, text} = content;
	return {
		type: 'object',
		object: {
			ref: placed,
			key: keyOf(placed),
			text: canonicalJson(withPartOf(body, input.applySetId)),
			desiredHash: input.hash(text),
			origin: manifest.origin,
			options: reading.options,
		},
		notices: reading.complaints.map(message => ({
			code: 'OptionWithoutEffect',
			message,
			...place,
			object: nameOf(placed),
		})),
	};
}

function block(ref: ObjectRef, problem: Problem, isHook: boolean): Outcome {
	const blocked = {ref, problem: {...problem, object: nameOf(ref)}};
	return {type: 'blocked', blocked: isHook ? {...blocked, isHook} : blocked};
}

/** What is wrong with the manifest as it was written. */
function findComplaint(object: KubernetesObject, ref: ObjectRef, input: DesiredInput): Problem | null {
	for (const field of ['labels', 'annotations'] as const) {
		const map: unknown = object.metadata[field];
		if (map !== undefined && map !== null && !isMap(map)) {
			return {code: 'WrongType', message: `metadata.${field} is ${typeName(map)} and must be a map`};
		}
	}
	const labels = object.metadata.labels ?? {};
	const reserved = [partOfLabel, idLabel].find(label => Object.hasOwn(labels, label));
	if (reserved) {
		const hint = 'Remove it from Git: it marks members of another set, or was copied from a cluster';
		return {code: 'ReservedLabel', message: `label ${reserved} is holdfast's own`, hint};
	}
	if (
		ref.kind === 'ConfigMap' &&
		ref.group === '' &&
		ref.namespace === input.defaultNamespace &&
		ref.name === inventoryName(input.application)
	) {
		const hint = 'Rename the ConfigMap, or the application';
		return {code: 'ReservedName', message: 'this is the name of the inventory of this application', hint};
	}
	const message = findNonText(object, ref);
	return message ? {code: 'WrongType', message} : null;
}

/** The normalised body without our label, and its canonical text. */
function settleContent(object: KubernetesObject, ref: ObjectRef): {body: KubernetesObject; text: string} | Problem {
	let body = withoutServerFields(object, ref.namespace);
	if (ref.kind === 'Secret' && ref.group === '') {
		const folded = foldSecret(body);
		if (typeof folded === 'string') return {code: 'InvalidSecret', message: folded};
		body = folded;
	}
	body = withoutPlaceholderBundles(withPortProtocols(body, ref), ref);
	let text = canonicalJson(body);
	// Most objects have none: looking at the text is much cheaper than walking the tree.
	if (text.includes(':null')) {
		body = settleNulls(body, ref);
		text = canonicalJson(body);
	}
	const duplicate = findDuplicateItem(body, ref);
	if (duplicate) {
		const hint = 'Server-side apply tells items apart by these fields; keep one of them';
		return {code: 'DuplicateListItem', message: duplicate, hint};
	}
	return {body, text};
}

function withPartOf(body: KubernetesObject, applySetId: string): KubernetesObject {
	const labels = {...body.metadata.labels, [partOfLabel]: applySetId};
	return {...body, metadata: {...body.metadata, labels}};
}
