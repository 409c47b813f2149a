import {formatDuration, shortRevision} from './ages.ts';
import type {ObjectResult, OperationState} from './status.ts';
import {safeText} from './text.ts';

/** What it looks like: a glyph of that name, wherever it is shown. */
export type OperationMark = 'good' | 'differs' | 'bad' | 'paused' | 'busy';

/** How a sync stands or ended, one sentence. `blocked`: objects of its plan that could not be written. */
export function describeOperation(
	name: string,
	operation: OperationState,
	blocked: number,
): {readonly mark: OperationMark; readonly text: string} {
	const counts = countsOf(operation);
	const took =
		operation.finishedAt === undefined ? '' : ` in ${formatDuration(operation.finishedAt - operation.startedAt)}`;
	const to = shortRevision(operation.revision);
	switch (operation.phase) {
		case 'Succeeded':
			return blocked > 0
				? {mark: 'differs', text: `${name}: synced to ${to} but for ${blocked} blocked: ${counts}${took}`}
				: {mark: 'good', text: `${name}: synced to ${to}: ${counts}${took}`};
		case 'Failed': {
			const failed = operation.results.filter(({result}) => result === 'Failed').length;
			const objects = failed > 0 ? `, ${failed} failed` : `: ${safeText(operation.message)}`;
			return {mark: 'bad', text: `${name}: sync to ${to} failed: ${counts}${objects}${took}`};
		}
		case 'AwaitingConfirmation':
			return {mark: 'paused', text: `${name}: ${to} waits for a person: ${counts}${took}`};
		case 'Running':
			return {mark: 'busy', text: `${name}: still syncing to ${to}`};
	}
}

/** A sync that a person ended: how far it came, what it was writing then included. */
export function describeEnded(name: string, operation: OperationState): string {
	const step = Math.min(operation.step + 1, operation.steps);
	const where = operation.steps > 1 ? ` in step ${step} of ${operation.steps}` : '';
	const to = shortRevision(operation.revision);
	const had =
		operation.phase === 'Succeeded'
			? `the sync to ${to} had come to its end already`
			: `the sync to ${to} was ended${where}`;
	return `${name}: ${had}: ${countsOf(operation)}`;
}

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
