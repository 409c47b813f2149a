import {isMap} from '../../../source/engine/fields/equal.ts';
import {formatElement, keyStep, parseElement, type Step} from '../../../source/engine/fields/step.ts';
import {canonicalJson} from '../../../source/model/json.ts';
import type {FieldsV1} from '../../../source/model/object.ts';
import type {ListType} from '../schema/type.ts';

/** The FieldsV1 key of a map's key. */
export function fieldElement(name: string): string {
	return `f:${name}`;
}

/**
 * The FieldsV1 key of an item of an associative list: by its key fields (with their defaults), or by its value in a set.
 * Throws an Error with structured-merge-diff's text when the item has none.
 */
export function itemElement(list: ListType, item: unknown): string {
	return list.keys.length > 0 ? keyedElement(list, item) : valueElement(item);
}

function keyedElement(list: ListType, item: unknown): string {
	if (item === null || item === undefined) throw new Error('associative list with keys may not have a null element');
	if (!isMap(item)) throw new Error('associative list with keys may not have non-map elements');
	const match: Record<string, unknown> = {};
	for (const name of list.keys) {
		const value = Object.hasOwn(item, name) ? item[name] : list.element.map?.fields.get(name)?.default;
		if (value !== undefined) match[name] = value;
	}
	if (Object.keys(match).length === 0) {
		throw new Error(
			`associative list with keys has an element that omits all key fields ${printNames(list.keys)} (and doesn't have default values for any key fields)`,
		);
	}
	return formatElement(keyStep(match));
}

function printNames(names: readonly string[]): string {
	return `[${names.map(name => JSON.stringify(name)).join(' ')}]`;
}

function valueElement(item: unknown): string {
	if (item === null || item === undefined) {
		throw new Error("associative list without keys has an element that's an explicit null");
	}
	if (Array.isArray(item)) throw new Error('not supported: associative list with lists as elements');
	if (isMap(item)) throw new Error("associative list without keys has an element that's a map type");
	return formatElement({type: 'value', value: item});
}

/** The FieldsV1 key of every item, in order; null for an item that has none. */
export function itemElements(list: ListType, items: readonly unknown[]): (string | null)[] {
	return items.map(item => {
		try {
			return itemElement(list, item);
		} catch {
			return null;
		}
	});
}

/** A FieldsV1 key as structured-merge-diff prints a path: `.name`, `[port=80,protocol="TCP"]`, `[="x"]`, `[3]`. */
export function printElement(element: string): string {
	const step = parseElement(element);
	if (!step) return `.${element.slice(2)}`;
	switch (step.type) {
		case 'field':
			return `.${step.name}`;
		case 'key':
			return `[${step.match.map(({name, value}) => `${name}=${canonicalJson(value)}`).join(',')}]`;
		case 'value':
			return `[=${canonicalJson(step.value)}]`;
		case 'index':
			return `[${step.index}]`;
	}
}

const rankOfStep: Readonly<Record<Step['type'], number>> = {field: 0, key: 1, value: 2, index: 3};

/** The server's order of FieldsV1 keys: fields by name, items by their key values (numbers as numbers), then set members. */
export function compareElements(left: string, right: string): number {
	if (left.startsWith('f:') && right.startsWith('f:')) return compareText(left, right);
	const leftStep = parseElement(left);
	const rightStep = parseElement(right);
	if (!leftStep || !rightStep || leftStep.type !== rightStep.type) {
		return leftStep && rightStep ? rankOfStep[leftStep.type] - rankOfStep[rightStep.type] : compareText(left, right);
	}
	if (leftStep.type === 'key' && rightStep.type === 'key') {
		for (const [index, field] of leftStep.match.entries()) {
			const other = rightStep.match[index];
			if (!other) return 1;
			const order = compareText(field.name, other.name) || compareValues(field.value, other.value);
			if (order !== 0) return order;
		}
		return leftStep.match.length - rightStep.match.length;
	}
	if (leftStep.type === 'value' && rightStep.type === 'value') return compareValues(leftStep.value, rightStep.value);
	if (leftStep.type === 'index' && rightStep.type === 'index') return leftStep.index - rightStep.index;
	return 0;
}

function compareValues(left: unknown, right: unknown): number {
	const isLeftNumber = typeof left === 'number' || typeof left === 'bigint';
	const isRightNumber = typeof right === 'number' || typeof right === 'bigint';
	if (isLeftNumber && isRightNumber) return left < right ? -1 : left > right ? 1 : 0;
	if (isLeftNumber !== isRightNumber) return isLeftNumber ? -1 : 1;
	return compareText(String(left), String(right));
}

function compareText(left: string, right: string): number {
	return left < right ? -1 : left > right ? 1 : 0;
}

/** A set with its keys in the server's order, `.` first. */
export function orderFields(fields: FieldsV1): FieldsV1 {
	const result: FieldsV1 = {};
	if ('.' in fields) result['.'] = {};
	for (const key of Object.keys(fields)
		.filter(name => name !== '.')
		.sort(compareElements)) {
		result[key] = orderFields(fields[key]!);
	}
	return result;
}
