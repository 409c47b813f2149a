import pLimit from 'p-limit';
import type {ObjectHold} from '../../engine/hold/coverage.ts';
import type {SyncStep} from '../../engine/plan/types.ts';
import {HoldfastError, toProblem} from '../../model/errors.ts';
import type {ObjectKey} from '../../model/object.ts';
import type {PlanItem} from '../../model/plan.ts';
import {awaitGone, awaitReady} from './await-ready.ts';
import {declareChild, isChildKey, withdrawChild} from './children.ts';
import type {ApplicationContext} from './context.ts';
import {noteFailure, watchKinds} from './knowledge.ts';
import {lookForNewerCommit} from './newer-commit.ts';
import type {HookRunner} from './run-hook.ts';
import type {RunningOperation} from './running-operation.ts';
import {deleteObject, writeObject} from './write-object.ts';

/** How long a wave may take to become healthy before the sync gives up on what comes after it. */
const waveMilliseconds = 5 * 60_000;
const goneMilliseconds = 2 * 60_000;
/** As many as requests are sent at once: what a sync that is ended has not begun is not begun. */
const itemsAtOnce = 32;

export interface StepParts {
	readonly operation: RunningOperation;
	readonly hooks: HookRunner;
	/** Takes up what is gone for good. */
	readonly gone: Set<ObjectKey>;
}

/** Carries out one step and waits for what the next one needs. Rejects when what comes after it must not be done. */
export async function runStep(context: ApplicationContext, step: SyncStep, parts: StepParts): Promise<void> {
	const {operation, hooks} = parts;
	operation.stop.check();
	if (step.hooks.length > 0) {
		if (operation.hasFailures) throw waveFailed(step, operation);
		await hooks.run(step);
	} else {
		await writeItems(context, step, parts);
	}
	if (step.awaits.length > 0) await awaitStep(context, step, operation);
}

/** Applies and deletions that are made together; one object's failure stops nobody else's. */
async function writeItems(context: ApplicationContext, step: SyncStep, {operation, gone}: StepParts): Promise<void> {
	const limit = pLimit(itemsAtOnce);
	const write = async (item: PlanItem): Promise<void> => {
		operation.stop.check();
		try {
			if (item.action === 'delete') {
				if (operation.hasFailures) {
					operation.add(item, 'Skipped', 'not deleted because something else failed in this sync');
					return;
				}
				await removeItem(context, item, {operation, gone});
			} else if (isChildKey(context, item.key)) {
				await declareChild(context, item);
				operation.add(item, 'Succeeded');
			} else {
				reportWritten(context, item, await writeObject(context, item, operation), operation);
			}
		} catch (error) {
			const tracked = context.state.objects.get(item.key);
			if (tracked) noteFailure(context, tracked, error);
			operation.fail(item, toProblem(error));
		}
	};
	const outcomes = await Promise.allSettled(step.items.map(item => limit(() => write(item))));
	// What was begun is finished before the sync ends.
	const ended = outcomes.find(outcome => outcome.status === 'rejected');
	if (ended) throw ended.reason;
}

function reportWritten(
	{state}: ApplicationContext,
	item: PlanItem,
	hold: ObjectHold,
	operation: RunningOperation,
): void {
	if (hold.type === 'whole') {
		state.heldBack.add(item.key);
		operation.leave(item, hold.hold);
		return;
	}
	state.heldBack.delete(item.key);
	if (hold.type === 'fields') operation.leaveFields(item, hold.hold, hold.paths);
	else operation.add(item, 'Succeeded');
}

/** Deletes an object or lets a child go; a child that is not gone yet is a failure with its reason. */
async function removeItem(
	context: ApplicationContext,
	item: PlanItem,
	{operation, gone}: Pick<StepParts, 'operation' | 'gone'>,
): Promise<void> {
	if (isChildKey(context, item.key)) {
		const obstacle = await withdrawChild(context, item);
		if (obstacle) throw new HoldfastError(obstacle);
		// Children are kept apart from the objects of the inventory.
		operation.add(item, 'Succeeded');
		return;
	}
	const outcome = await deleteObject(context, item, operation);
	if (outcome.type === 'held') {
		context.state.heldBack.add(item.key);
		operation.leave(item, outcome.hold);
		return;
	}
	context.state.heldBack.delete(item.key);
	if (outcome.type === 'gone') gone.add(item.key);
	operation.add(item, 'Succeeded');
}

async function awaitStep(context: ApplicationContext, step: SyncStep, operation: RunningOperation): Promise<void> {
	const {stop} = operation;
	const deleted = step.items.filter(item => item.action === 'delete' && step.awaits.includes(item.key));
	if (deleted.length > 0) {
		const refs = deleted.filter(({key}) => !context.state.heldBack.has(key)).map(item => item.ref);
		if (!operation.hasFailures) await awaitGone(context, refs, goneMilliseconds, stop);
		return;
	}
	const isStage = step.items.some(({ref}) => ref.kind === 'CustomResourceDefinition' || ref.kind === 'Namespace');
	if (operation.hasFailures && !isStage) throw waveFailed(step, operation);
	// A wave that never gets ready must not keep the commit that mends it waiting; a person's sync is ended by a person.
	const endLookout = operation.isAutomatic ? lookForNewerCommit(context, stop) : null;
	try {
		await awaitReady(context, step.awaits, waveMilliseconds, stop);
	} finally {
		endLookout?.();
	}
	// Kinds that just came to be are listened to from here on.
	if (isStage) await watchKinds(context);
}

function waveFailed(step: SyncStep, operation: RunningOperation): HoldfastError {
	return new HoldfastError({
		code: 'WaveFailed',
		message: `${step.title} failed: ${operation.firstFailure ?? ''}`,
		hint: 'what comes after it was not applied',
	});
}
