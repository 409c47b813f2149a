import type {CustomColumn} from '../../kinds/resource.ts';
import {printAge} from '../duration.ts';
import {type Column, nameColumn} from './column.ts';
import {readJsonPath} from './json-path.ts';

/** The columns that a CRD declares, after the name. */
export function customColumns(columns: readonly CustomColumn[]): readonly Column[] {
	return [
		nameColumn,
		...columns.map(({name, type, format, priority, jsonPath}) => ({
			name,
			type: type as Column['type'] & string,
			...(format ? {format} : {}),
			isWide: (priority ?? 0) > 0,
			cell: (object: Parameters<Column['cell']>[0], now: number) => cellOf(type, readJsonPath(object, jsonPath), now),
		})),
	];
}

function cellOf(type: string, values: readonly unknown[], now: number): unknown {
	const [value] = values;
	if (value === undefined || value === null) return null;
	switch (type) {
		case 'date':
			return printAge(value, now);
		case 'string':
			return values.map(item => (typeof item === 'object' ? JSON.stringify(item) : String(item))).join(',');
		default:
			return value;
	}
}
