import {setTimeout as sleep} from 'node:timers/promises';
import {waitEstablished} from '../../cluster/wait.ts';
import {HoldfastError} from '../../model/errors.ts';
import {nameOf, type ObjectKey, type ObjectRef} from '../../model/object.ts';
import {childHealth} from './children.ts';
import type {ApplicationContext} from './context.ts';
import type {SyncStop} from './sync-stop.ts';
import type {TrackedObject} from './tracked-object.ts';

const pollMilliseconds = 50;
const goneMilliseconds = 250;
const establishMilliseconds = 30_000;

/**
 * Waits until what a step wrote can be built upon: definitions established and served, everything else healthy. The
 * watches keep health up to date; nothing is asked here. Rejects with NotReady, naming the worst.
 */
export async function awaitReady(
	context: ApplicationContext,
	keys: readonly ObjectKey[],
	timeoutMilliseconds: number,
	stop: SyncStop,
): Promise<void> {
	const waiting = keys.flatMap(key => context.state.objects.get(key) ?? []);
	const definitions = waiting.filter(tracked => tracked.ref.kind === 'CustomResourceDefinition');
	if (definitions.length > 0) {
		context.session.cluster.invalidateDiscovery();
		await Promise.all(
			definitions.map(tracked => waitEstablished(context.session.cluster, tracked.ref, establishMilliseconds)),
		);
	}
	const others = waiting.filter(tracked => tracked.desired !== null && !definitions.includes(tracked));
	const deadline = performance.now() + timeoutMilliseconds;
	for (;;) {
		stop.check();
		if (context.isStopped) throw new HoldfastError({code: 'Stopped', message: 'the worker was told to stop'});
		const unready = others.find(tracked => !isReady(tracked)) ?? unreadyChild(context, keys);
		if (!unready) return;
		if (performance.now() > deadline) {
			const object = nameOf(unready.ref);
			throw new HoldfastError({
				code: 'NotReady',
				message: `${object} is ${unready.health.status} after ${Math.round(timeoutMilliseconds / 1000)} s${unready.health.message ? `: ${unready.health.message}` : ''}`,
				hint: 'what comes after it was not applied',
				object,
			});
		}
		await sleep(pollMilliseconds);
	}
}

/** A child is ready when it is synced and healthy; it gets there by itself. */
function unreadyChild(
	context: ApplicationContext,
	keys: readonly ObjectKey[],
): Pick<TrackedObject, 'ref' | 'health'> | undefined {
	for (const key of keys) {
		const child = context.state.children.get(key);
		// One that only a person syncs, or that is suspended, would be waited for in vain.
		if (!child?.application.syncPolicy.automated || child.application.isSuspended) continue;
		const health = childHealth(context, key);
		if (health.status !== 'Healthy' && health.status !== 'Suspended') return {ref: child.desired.ref, health};
	}
	return undefined;
}

/** Waits until deleted objects are really gone: what comes next must not meet them. Rejects with StillTerminating. */
export async function awaitGone(
	context: ApplicationContext,
	refs: readonly ObjectRef[],
	timeoutMilliseconds: number,
	stop: SyncStop,
): Promise<void> {
	const deadline = performance.now() + timeoutMilliseconds;
	await Promise.all(
		refs.map(async ref => {
			while (await context.session.cluster.get(ref, 'metadata')) {
				if (performance.now() > deadline) {
					throw new HoldfastError({
						code: 'StillTerminating',
						message: `${nameOf(ref)} is still being deleted after ${Math.round(timeoutMilliseconds / 1000)} s`,
						hint: 'look at its finalizers; what comes after it was not deleted',
						object: nameOf(ref),
					});
				}
				await sleep(goneMilliseconds);
				stop.check();
			}
		}),
	);
}

function isReady(tracked: TrackedObject): boolean {
	return tracked.problem !== null || tracked.health.status === 'Healthy' || tracked.health.status === 'Suspended';
}
