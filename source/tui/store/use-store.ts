import {useRef, useSyncExternalStore} from 'react';
import type {ReadableStore} from './store.ts';

/**
 * A part of a store. The component is drawn again only when that part changed: pass `isEqual` where the selector makes a
 * new value every time.
 */
export function useStore<State, Part>(
	store: ReadableStore<State>,
	select: (state: State) => Part,
	isEqual: (one: Part, other: Part) => boolean = Object.is,
): Part {
	const last = useRef<{readonly part: Part} | null>(null);
	return useSyncExternalStore(store.subscribe, () => {
		const part = select(store.getState());
		if (last.current && isEqual(last.current.part, part)) return last.current.part;
		last.current = {part};
		return part;
	});
}

/** For selectors that pick several things: the same things, whatever object holds them. */
export function hasSameFields<Value extends object>(one: Value, other: Value): boolean {
	const keys = Object.keys(one) as (keyof Value)[];
	return keys.length === Object.keys(other).length && keys.every(key => Object.is(one[key], other[key]));
}
