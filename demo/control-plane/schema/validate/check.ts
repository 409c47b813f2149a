import {isEqual, isMap} from '../../../../source/engine/fields/equal.ts';
import {each, type Structure} from '../defaults/fill.ts';
import type {Format} from './formats.ts';
import {duplicate, type FieldProblem, invalid, required} from './problem.ts';

/** Small checks that many kinds share. Each answers with what is wrong, and with nothing when all is well. */

export function checkText(field: string, value: unknown, format: Format): FieldProblem[] {
	if (value === undefined || value === null || value === '') return [required(field)];
	const problem = format(String(value));
	return problem ? [invalid(field, value, problem)] : [];
}

export function checkNotNegative(field: string, value: unknown): FieldProblem[] {
	return typeof value === 'number' && value < 0 ? [invalid(field, value, 'must be greater than or equal to 0')] : [];
}

export function checkPort(field: string, value: unknown): FieldProblem[] {
	const port = Number(value ?? 0);
	return port >= 1 && port <= 65_535 ? [] : [invalid(field, value ?? 0, 'must be between 1 and 65535, inclusive')];
}

export function checkUnchanged(field: string, after: unknown, before: unknown): FieldProblem[] {
	return isEqual(after ?? null, before ?? null) ? [] : [invalid(field, after ?? null, 'field is immutable')];
}

/** Names of list items must differ. */
export function checkUnique(field: string, list: unknown, name: string): FieldProblem[] {
	const seen = new Set<unknown>();
	const problems: FieldProblem[] = [];
	for (const [index, item] of each(list).entries()) {
		const value = item[name];
		if (value === undefined || value === '') continue;
		if (seen.has(value)) problems.push(duplicate(`${field}[${index}].${name}`, value));
		seen.add(value);
	}
	return problems;
}

/** Every item of a list of structures, with its path. */
export function items(field: string, list: unknown): [string, Structure][] {
	return each(list).map((item, index) => [`${field}[${index}]`, item]);
}

/** Whether labels satisfy a selector's `matchLabels` and `matchExpressions`. */
export function selects(selector: unknown, labels: unknown): boolean {
	const given = isMap(labels) ? labels : {};
	if (!isMap(selector)) return false;
	const {matchLabels, matchExpressions} = selector;
	const areLabelsMet = Object.entries(isMap(matchLabels) ? matchLabels : {}).every(
		([name, value]) => Object.hasOwn(given, name) && given[name] === value,
	);
	return (
		areLabelsMet &&
		each(matchExpressions).every(({key, operator, values}) => {
			const value = Object.hasOwn(given, String(key)) ? given[String(key)] : undefined;
			const isListed = Array.isArray(values) && values.includes(value);
			switch (operator) {
				case 'In':
					return value !== undefined && isListed;
				case 'NotIn':
					return !isListed;
				case 'Exists':
					return value !== undefined;
				case 'DoesNotExist':
					return value === undefined;
				default:
					return false;
			}
		})
	);
}
