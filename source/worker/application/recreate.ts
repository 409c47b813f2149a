import {whyProtected} from '../../engine/plan/protected-kinds.ts';
import {HoldfastError} from '../../model/errors.ts';
import {type KubernetesObject, nameOf} from '../../model/object.ts';
import {awaitGone} from './await-ready.ts';
import type {ApplicationContext} from './context.ts';
import {saveUidsSoon} from './inventory-keeper.ts';
import {refuseForeign} from './ownership.ts';
import {SyncStop} from './sync-stop.ts';
import type {TrackedObject} from './tracked-object.ts';
import {applyTracked} from './writer.ts';

const goneMilliseconds = 2 * 60_000;

/**
 * Deletes an object and creates it anew, because a field that cannot change must change and the object itself says that
 * this may be done (Flux `force`, Argo CD `Force=true`). Kinds whose deletion loses data are left to a person. Call it
 * within the object's turn.
 */
export async function recreate(
	context: ApplicationContext,
	tracked: TrackedObject,
	body: KubernetesObject,
): Promise<void> {
	const {session, log} = context;
	const name = nameOf(tracked.ref);
	const why = whyProtected(tracked.ref);
	if (why) {
		throw new HoldfastError({
			code: 'ImmutableField',
			message: `${name} has a field that cannot change, and is not deleted and created anew although it says so: ${why}`,
			hint: 'delete it by hand, then it is created anew',
			object: name,
		});
	}
	const live = await session.cluster.get(tracked.ref, 'object');
	if (live) {
		refuseForeign(context, tracked, live);
		log.info({key: tracked.key}, 'deleted, to be created anew');
		await session.cluster.remove(tracked.ref, {uid: live.metadata.uid ?? '', propagation: 'foreground'});
		await awaitGone(context, [tracked.ref], goneMilliseconds, new SyncStop());
	}
	tracked.fingerprint = null;
	await applyTracked(context, tracked, body, {force: false});
	saveUidsSoon(context);
}
