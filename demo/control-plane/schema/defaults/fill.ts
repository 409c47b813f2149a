import {isMap} from '../../../../source/engine/fields/equal.ts';

/** A structure that is being filled in: freshly read, owned by nobody else. */
export type Structure = Record<string, unknown>;

/** Sets what is absent. */
export function fill(structure: Structure, values: Readonly<Record<string, unknown>>): void {
	for (const [name, value] of Object.entries(values)) {
		if (structure[name] === undefined || structure[name] === null) structure[name] = structuredClone(value);
	}
}

/** The structure at a path; undefined when there is none. */
export function at(structure: unknown, ...names: readonly string[]): Structure | undefined {
	let current = structure;
	for (const name of names) current = isMap(current) ? current[name] : undefined;
	return isMap(current) ? current : undefined;
}

/** The structure at a field, made when it is absent. */
export function demand(structure: Structure, name: string): Structure {
	const child = structure[name];
	if (isMap(child)) return child;
	const made: Structure = {};
	structure[name] = made;
	return made;
}

/** The structures in a list; none when there is no list. */
export function each(list: unknown): Structure[] {
	return Array.isArray(list) ? list.filter(isMap) : [];
}
