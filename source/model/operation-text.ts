import type {ObjectResult, OperationState} from './status.ts';

/** `1 created, 2 changed, 0 deleted, 1 hook run`. */
export function countsOf(operation: OperationState): string {
	const hooks = count(operation, ['hook']);
	return [
		`${count(operation, ['create'])} created`,
		`${count(operation, ['change', 'heal'])} changed`,
		`${count(operation, ['delete'])} deleted`,
		...(hooks > 0 ? [`${hooks} hook${hooks === 1 ? '' : 's'} run`] : []),
	].join(', ');
}

function count(operation: OperationState, actions: readonly ObjectResult['action'][]): number {
	return operation.results.filter(({action, result}) => result === 'Succeeded' && actions.includes(action)).length;
}
