import {parseJson} from '../../model/json.ts';
import type {FieldsV1, ObjectMetadata} from '../../model/object.ts';
import {isMap} from '../desired/tree.ts';

export const lastAppliedAnnotation = 'kubectl.kubernetes.io/last-applied-configuration';

/**
 * The part of a set of fields that somebody really declared, going by kubectl's copy of what was applied last. Needed
 * for `before-first-apply`, which names everything an object had when tracking began: also its finalizers, and what
 * controllers and the API server put there, which nobody may lose. null: no copy, so nothing is known to be declared.
 */
export function declaredFields(metadata: ObjectMetadata, fields: FieldsV1): FieldsV1 | null {
	const copy = metadata.annotations?.[lastAppliedAnnotation];
	if (copy === undefined) return null;
	let declared: unknown;
	try {
		declared = parseJson(copy);
	} catch {
		return null;
	}
	if (!isMap(declared)) return null;
	const {annotations} = isMap(declared.metadata) ? declared.metadata : {};
	// The copy does not hold itself, but it goes with what it describes.
	const withCopy = {...(isMap(annotations) ? annotations : {}), [lastAppliedAnnotation]: copy};
	const root = {...declared, metadata: {...(isMap(declared.metadata) ? declared.metadata : {}), annotations: withCopy}};
	return intersect(fields, root);
}

function intersect(fields: FieldsV1, value: unknown): FieldsV1 {
	const kept: [string, FieldsV1][] = [];
	for (const [step, children] of Object.entries(fields)) {
		if (step === '.') kept.push([step, children]);
		const child = step === '.' ? undefined : stepInto(value, step);
		if (child === undefined) continue;
		const isLeaf = Object.keys(children).length === 0;
		const below = intersect(children, child);
		if (isLeaf || Object.keys(below).length > 0) kept.push([step, below]);
	}
	return Object.fromEntries(kept);
}

/** What a FieldsV1 step leads to; undefined: nothing was declared there. */
function stepInto(value: unknown, step: string): unknown {
	const name = step.slice(2);
	if (step.startsWith('f:')) return isMap(value) && Object.hasOwn(value, name) ? value[name] : undefined;
	if (!Array.isArray(value)) return undefined;
	const wanted = parseStep(name);
	if (step.startsWith('v:')) return value.includes(wanted) ? true : undefined;
	if (!step.startsWith('k:') || !isMap(wanted)) return undefined;
	return value.find(item => isMap(item) && Object.entries(wanted).every(([key, part]) => matchesKey(item[key], part)));
}

/** Key fields may have been left to their default, as a port's protocol is. */
function matchesKey(declared: unknown, wanted: unknown): boolean {
	return declared === wanted || (declared === undefined && wanted === 'TCP');
}

function parseStep(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}
