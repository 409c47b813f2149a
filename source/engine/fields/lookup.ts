import {isEqual, isMap} from './equal.ts';
import type {KeyField, Path, Step} from './step.ts';

/** The value at a path; undefined when there is none. An explicit null is null. */
export function lookup(value: unknown, path: Path): unknown {
	let current = value;
	for (const step of path) {
		if (current === undefined) return undefined;
		current = stepInto(current, step);
	}
	return current;
}

/** One step down. `__proto__` and its kin are ordinary keys here: only what the object itself holds is seen. */
export function stepInto(value: unknown, step: Step): unknown {
	switch (step.type) {
		case 'field':
			return isMap(value) && Object.hasOwn(value, step.name) ? value[step.name] : undefined;
		case 'index':
			return Array.isArray(value) ? value[step.index] : undefined;
		case 'key':
		case 'value': {
			const index = indexOf(value, step);
			return index < 0 ? undefined : (value as unknown[])[index];
		}
	}
}

/** Position of the list item that a key, value or index step means; -1 when there is none. */
export function indexOf(list: unknown, step: Step): number {
	if (!Array.isArray(list)) return -1;
	switch (step.type) {
		case 'field':
			return -1;
		case 'index':
			return step.index < list.length ? step.index : -1;
		case 'value':
			return list.findIndex(item => isEqual(item, step.value));
		case 'key': {
			const exact = list.findIndex(item => matchesKey(item, step.match, false));
			if (exact >= 0) return exact;
			// A rendered object may leave out key fields that the server fills in (a port's protocol): the only item that
			// contradicts none of the others is meant.
			const loose = list.flatMap((item, index) => (matchesKey(item, step.match, true) ? [index] : []));
			return loose.length === 1 ? loose[0]! : -1;
		}
	}
}

function matchesKey(item: unknown, match: readonly KeyField[], mayLack: boolean): boolean {
	if (!isMap(item) || match.length === 0) return false;
	let isAnyEqual = false;
	for (const {name, value} of match) {
		if (Object.hasOwn(item, name)) {
			if (!isEqual(item[name], value)) return false;
			isAnyEqual = true;
		} else if (!mayLack) return false;
	}
	return isAnyEqual;
}
