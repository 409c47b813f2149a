import {type Settlement, settleByDryRun} from '../../engine/drift/settle.ts';
import type {KubernetesObject} from '../../model/object.ts';
import type {ApplicationContext} from './context.ts';
import {isPending, type TrackedObject} from './tracked-object.ts';
import {desiredBody} from './writer.ts';

/**
 * Asks the API server what an apply would change of a live object, and says who made each difference. The fall-back where
 * a fingerprint cannot tell; every one is counted.
 */
export async function compareByDryRun(
	context: ApplicationContext,
	tracked: TrackedObject,
	live: KubernetesObject,
): Promise<Settlement> {
	const {session, state, services} = context;
	const dryRun = await session.cluster.apply(desiredBody(tracked), {
		manager: state.fieldManager,
		force: true,
		dryRun: true,
	});
	return settleByDryRun({
		ref: tracked.ref,
		live,
		dryRun,
		manager: state.fieldManager,
		desired: desiredBody(tracked),
		seenAt: services.clock(),
		notBefore: tracked.knownGoodAt || (state.syncedAt ?? 0),
		hash: services.hash,
		...(tracked.fingerprint && !isPending(tracked) ? {fingerprint: tracked.fingerprint} : {}),
	});
}
