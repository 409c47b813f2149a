import type {FieldChange} from '../../model/drift.ts';
import {pathOf} from '../fields/step.ts';
import type {Addition} from './additions.ts';
import {isBookkeeping, isLastApplied} from './bookkeeping.ts';
import {type Teller, tellAddition, tellGrowth, tellOwnedChange, valueIn} from './classify.ts';
import type {OwnedChange} from './owned-changes.ts';
import type {Scene} from './scene.ts';

/** Without bookkeeping, without what is gone again, each path once. */
export function relevantAdditions(scene: Scene, additions: readonly Addition[]): Addition[] {
	const seen = new Set<string>();
	return additions.filter(({elements}) => {
		const key = elements.join('\u0000');
		if (seen.has(key)) return false;
		seen.add(key);
		return !isBookkeeping(pathOf(elements)) && valueIn(scene, elements) !== undefined;
	});
}

/** Everything found, in the words of an event, in canonical order of the paths. */
export function tellAll(
	teller: Teller,
	found: {
		readonly changes: readonly OwnedChange[];
		readonly grown: readonly (readonly string[])[];
		readonly additions: readonly Addition[];
	},
): FieldChange[] {
	const {own} = teller.scene;
	return inOrder(
		withoutEcho([
			...found.changes.map(change => ({elements: change.elements, field: tellOwnedChange(teller, change)})),
			...(own ? found.grown.map(elements => ({elements, field: tellGrowth(teller, elements, own)})) : []),
			...found.additions.map(addition => ({elements: addition.elements, field: tellAddition(teller, addition)})),
		]),
	);
}

interface Told {
	readonly elements: readonly string[];
	readonly field: FieldChange;
}

/** `kubectl apply` leaves its annotation with everything it does: it is news only when it did nothing else. */
function withoutEcho(told: readonly Told[]): readonly Told[] {
	const isEcho = ({elements}: Told) => isLastApplied(pathOf(elements));
	return told.filter(
		one => !isEcho(one) || !told.some(other => !isEcho(other) && other.field.manager === one.field.manager),
	);
}

function inOrder(told: readonly Told[]): FieldChange[] {
	const text = ({elements}: Told) => elements.join('\u0000');
	return told.toSorted((left, right) => (text(left) < text(right) ? -1 : 1)).map(one => one.field);
}
