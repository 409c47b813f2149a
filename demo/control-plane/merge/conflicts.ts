import {members} from '../../../source/engine/fields/leaves.ts';
import {formatElement} from '../../../source/engine/fields/step.ts';
import {ApiError} from '../types.ts';
import {compareElements, orderFields, printElement} from './element.ts';
import {identityOf, type Manager} from './managers.ts';
import type {Taken} from './take-over.ts';

/** One path that an apply would take from its owner. */
export interface Conflict {
	readonly manager: Manager;
	/** FieldsV1 keys. */
	readonly elements: readonly string[];
}

/** Every path of what an apply would take, by the owners' order of identity, then in the order of the set. */
export function conflictsOf(taken: readonly Taken[]): Conflict[] {
	return [...taken]
		.sort((left, right) => (identityOf(left.manager) < identityOf(right.manager) ? -1 : 1))
		.flatMap(({manager, fields}) =>
			members(orderFields(fields))
				.map(({path}) => path.map(formatElement))
				.sort(comparePaths)
				.map(elements => ({manager, elements})),
		);
}

/** Members of a level come before what lies below any of them, as the server walks a set. */
function comparePaths(left: readonly string[], right: readonly string[]): number {
	for (let index = 0; index < left.length && index < right.length; index++) {
		const isLeftLast = index === left.length - 1;
		const isRightLast = index === right.length - 1;
		if (isLeftLast !== isRightLast) return isLeftLast ? -1 : 1;
		const order = compareElements(left[index]!, right[index]!);
		if (order !== 0) return order;
	}
	return left.length - right.length;
}

/** The 409 that an apply without force is answered with. */
export function conflictError(conflicts: readonly Conflict[]): ApiError {
	return new ApiError({
		code: 409,
		reason: 'Conflict',
		message: printConflicts(conflicts),
		details: {
			causes: conflicts.map(({manager, elements}) => ({
				reason: 'FieldManagerConflict',
				message: `conflict with ${printManager(manager)}`,
				field: printConflictPath(elements),
			})),
		},
	});
}

function printConflicts(conflicts: readonly Conflict[]): string {
	const [first] = conflicts;
	if (conflicts.length === 1 && first) {
		return `Apply failed with 1 conflict: conflict with ${printManager(first.manager)}: ${printConflictPath(first.elements)}`;
	}
	const groups = new Map<string, string[]>();
	for (const {manager, elements} of conflicts) {
		const name = printManager(manager);
		groups.set(name, [...(groups.get(name) ?? []), `- ${printConflictPath(elements)}`]);
	}
	const texts = [...groups].flatMap(([name, paths]) => [`conflicts with ${name}:`, ...paths]);
	return `Apply failed with ${conflicts.length} conflicts: ${texts.join('\n')}`;
}

export function printConflictPath(elements: readonly string[]): string {
	return elements.map(printElement).join('');
}

/** `"name" with subresource "scale" using apps/v1`; the time is part of the format but never of what is compared. */
function printManager({manager, subresource, operation, apiVersion}: Manager): string {
	return [
		JSON.stringify(manager),
		...(subresource ? [`with subresource ${JSON.stringify(subresource)}`] : []),
		...(operation === 'Update' ? [`using ${apiVersion}`] : []),
	].join(' ');
}
