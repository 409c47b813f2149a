import {useRef} from 'react';

/** The array from before while it says the same: a list that did not change is not looked at again. */
export function useSameKeys(keys: readonly string[]): readonly string[] {
	const last = useRef(keys);
	const before = last.current;
	const isSame = before.length === keys.length && keys.every((key, index) => key === before[index]);
	if (!isSame) last.current = keys;
	return last.current;
}
