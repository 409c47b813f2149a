import type {KubernetesObject} from '../../../../source/model/object.ts';
import {printAge} from '../duration.ts';

export interface Column {
	readonly name: string;
	/** Default `string`. */
	readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'date';
	readonly format?: string;
	/** Only shown in wide output. */
	readonly isWide?: boolean;
	/** `now` in epoch milliseconds. */
	cell(object: KubernetesObject, now: number): unknown;
}

export const nameColumn: Column = {name: 'Name', format: 'name', cell: ({metadata}) => metadata.name};

export const ageColumn: Column = {
	name: 'Age',
	cell: ({metadata}, now) => printAge(metadata.creationTimestamp, now),
};

/** The value at a path of field names; undefined where it ends. */
export function at(object: unknown, ...path: readonly string[]): unknown {
	let value = object;
	for (const name of path) value = (value as Record<string, unknown> | null | undefined)?.[name];
	return value;
}

export function listAt(object: unknown, ...path: readonly string[]): Record<string, unknown>[] {
	const value = at(object, ...path);
	return Array.isArray(value) ? value : [];
}

export const orNone = (text: unknown): string =>
	text === undefined || text === null || text === '' ? '<none>' : String(text);

/** A column of a number, zero where there is none. */
export const count = (name: string, ...path: readonly string[]): Column => ({
	name,
	type: 'integer',
	cell: object => at(object, ...path) ?? 0,
});

/** A column of a text, `<none>` where there is none. */
export const text = (name: string, ...path: readonly string[]): Column => ({
	name,
	cell: object => orNone(at(object, ...path)),
});

export const wide = (column: Column): Column => ({...column, isWide: true});

export const keyCount = (name: string, ...fields: readonly string[]): Column => ({
	name,
	cell: object =>
		fields.reduce((sum, field) => sum + Object.keys((at(object, field) as object | undefined) ?? {}).length, 0),
});

/** `app,sidecar`: the containers of a Pod or of its template. */
export const containers = (path: readonly string[]): Column => ({
	name: 'Containers',
	isWide: true,
	cell: object =>
		listAt(object, ...path, 'containers')
			.map(({name}) => name)
			.join(','),
});

export const images = (path: readonly string[]): Column => ({
	name: 'Images',
	isWide: true,
	cell: object =>
		listAt(object, ...path, 'containers')
			.map(({image}) => image)
			.join(','),
});

/** `a=b,c=d`. */
export function printLabels(labels: unknown): string {
	const entries = Object.entries((labels ?? {}) as Record<string, string>).map(([key, value]) => `${key}=${value}`);
	return entries.length === 0 ? '<none>' : entries.sort().join(',');
}
