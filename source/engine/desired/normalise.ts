import type {Problem} from '../../model/errors.ts';
import {nameOf, type ObjectKey} from '../../model/object.ts';
import type {BlockedObject} from '../../model/plan.ts';
import {normaliseOne} from './normalise-one.ts';
import {definedKinds} from './scope.ts';
import type {DesiredInput, DesiredObject, DesiredResult} from './types.ts';

export type * from './types.ts';

/**
 * Rendered manifests to what will be applied (engines.md f.8): normalised so that the same intent always gives the same
 * hash, and so that the API server has nothing opaque to answer. One bad manifest never stops the others. Quantities
 * are not touched: the fingerprint makes that needless.
 */
export function makeDesired(input: DesiredInput): DesiredResult {
	const defined = definedKinds(input.manifests);
	const objects = new Map<ObjectKey, DesiredObject>();
	const duplicates = new Map<ObjectKey, DesiredObject[]>();
	const hooks: DesiredObject[] = [];
	const problems: Problem[] = [];
	const blocked: BlockedObject[] = [];
	const notices: Problem[] = [];
	for (const manifest of input.manifests) {
		const outcome = normaliseOne(manifest, input, defined);
		switch (outcome.type) {
			case 'object': {
				notices.push(...outcome.notices);
				const {object} = outcome;
				const twin = objects.get(object.key);
				if (object.options.hook) hooks.push(object);
				else if (!twin) objects.set(object.key, object);
				else if (twin.text === object.text) notices.push(repeated(object, twin));
				else duplicates.set(object.key, [...(duplicates.get(object.key) ?? [twin]), object]);
				break;
			}
			case 'problem':
				problems.push(outcome.problem);
				break;
			case 'blocked':
				blocked.push(outcome.blocked);
				break;
			case 'dropped':
				break;
		}
	}
	for (const [key, twins] of duplicates) {
		objects.delete(key);
		blocked.push(contradictory(twins));
	}
	return {objects: [...objects.values()], hooks, problems, blocked, notices};
}

/** The same text twice is harmless, as it is to kubectl. */
function repeated(object: DesiredObject, twin: DesiredObject): Problem {
	return {
		code: 'DuplicateObject',
		message: `${nameOf(object.ref)} is rendered twice with the same content, also ${printOrigin(twin)}`,
		...object.origin,
		object: nameOf(object.ref),
	};
}

/** Which of them is meant cannot be known: none is applied, and the live object stays as it is. */
function contradictory(twins: readonly DesiredObject[]): BlockedObject {
	const [first, ...others] = twins as [DesiredObject, ...DesiredObject[]];
	const places = others.map(printOrigin).join(' and ');
	return {
		ref: first.ref,
		problem: {
			code: 'DuplicateObject',
			message: `${nameOf(first.ref)} is rendered ${twins.length} times with different content, also ${places}`,
			hint: 'Keep one of them',
			...first.origin,
			object: nameOf(first.ref),
		},
	};
}

function printOrigin({origin}: DesiredObject): string {
	return `in ${origin.file}${origin.line === undefined ? '' : `:${origin.line}`}`;
}
