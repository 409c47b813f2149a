import {setTimeout as sleep} from 'node:timers/promises';
import {waitEstablished} from '../../cluster/wait.ts';
import {HoldfastError} from '../../model/errors.ts';
import {nameOf, type ObjectKey} from '../../model/object.ts';
import type {ApplicationContext} from './context.ts';
import type {TrackedObject} from './tracked-object.ts';

const pollMilliseconds = 50;
const establishMilliseconds = 30_000;

/**
 * Waits until what a step wrote can be built upon: definitions established and served, everything else healthy. The
 * watches keep health up to date; nothing is asked here. Rejects with NotReady, naming the worst.
 */
export async function awaitReady(
	context: ApplicationContext,
	keys: readonly ObjectKey[],
	timeoutMilliseconds: number,
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
		const unready = others.find(tracked => !isReady(tracked));
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

function isReady(tracked: TrackedObject): boolean {
	return tracked.problem !== null || tracked.health.status === 'Healthy' || tracked.health.status === 'Suspended';
}
