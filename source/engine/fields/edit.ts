import {isMap} from './equal.ts';
import {indexOf} from './lookup.ts';
import type {Path, Step} from './step.ts';

/**
 * A copy of the value in which the path has the given value; the original stays as it is, and both share what did not
 * change. Missing maps and list items are made on the way. A path that leads through a scalar changes nothing.
 */
export function setAt(value: unknown, path: Path, replacement: unknown): unknown {
	const [step, ...rest] = path;
	if (!step) return replacement;
	if (step.type === 'field') {
		if (value !== undefined && value !== null && !isMap(value)) return value;
		const map = value ?? {};
		const child = Object.hasOwn(map, step.name) ? (map as Record<string, unknown>)[step.name] : undefined;
		const changed = setAt(child, rest, replacement);
		// A computed key defines a property even when it is called `__proto__`.
		return changed === child && child !== undefined ? map : {...map, [step.name]: changed};
	}
	if (value !== undefined && value !== null && !Array.isArray(value)) return value;
	const list = Array.isArray(value) ? value : [];
	const index = indexOf(list, step);
	const child = index < 0 ? newItem(step) : list[index];
	const changed = setAt(child, rest, replacement);
	return index < 0 ? [...list, changed] : changed === child ? list : list.with(index, changed);
}

/**
 * A copy of the value without what the path names. With `prunes`, maps and lists that became empty by it go too (an empty
 * map in an applied object would claim the map), up to but not including list items and the top-level fields' parent.
 */
export function removeAt(value: unknown, path: Path, {prunes = false}: {prunes?: boolean} = {}): unknown {
	const [step, ...rest] = path;
	if (!step) return undefined;
	if (step.type === 'field') {
		if (!isMap(value) || !Object.hasOwn(value, step.name)) return value;
		const child = value[step.name];
		const changed = removeAt(child, rest, {prunes});
		if (changed === child) return value;
		if (changed !== undefined && !(prunes && isBlank(changed))) return {...value, [step.name]: changed};
		const {[step.name]: _removed, ...others} = value;
		return others;
	}
	const index = indexOf(value, step);
	if (index < 0) return value;
	const list = value as unknown[];
	const changed = removeAt(list[index], rest, {prunes});
	if (changed === list[index]) return value;
	return changed === undefined ? list.toSpliced(index, 1) : list.with(index, changed);
}

function newItem(step: Step): unknown {
	if (step.type === 'value') return step.value;
	return step.type === 'key' ? Object.fromEntries(step.match.map(({name, value}) => [name, value])) : undefined;
}

function isBlank(value: unknown): boolean {
	return Array.isArray(value) ? value.length === 0 : isMap(value) && Object.keys(value).length === 0;
}
