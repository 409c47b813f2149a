import {findForeignOwner} from '../../engine/ownership/find-owner.ts';
import {HoldfastError} from '../../model/errors.ts';
import {type KubernetesObject, nameOf} from '../../model/object.ts';
import type {ApplicationContext} from './context.ts';
import type {TrackedObject} from './tracked-object.ts';
import {desiredBody} from './writer.ts';

/** Notes whose object it is, when it is somebody else's; such an object is never written. */
export function checkOwner(context: ApplicationContext, tracked: TrackedObject, live: KubernetesObject): void {
	const self = {application: context.application.name, applySetId: context.state.applySetId};
	// Marks that Git itself declares are no claim of somebody else.
	const declared = tracked.desired ? desiredBody(tracked).metadata : undefined;
	const owner = findForeignOwner(live.metadata, {...self, ...(declared ? {declared} : {})}, tracked.ref);
	tracked.foreignOwner = owner?.owner ?? null;
	tracked.problem = owner
		? {
				code: owner.code,
				message: `${nameOf(tracked.ref)} is owned by ${owner.owner}`,
				hint: owner.hint,
				object: nameOf(tracked.ref),
			}
		: null;
}

/** Like {@link checkOwner}, and throws OwnedByOther when it is somebody else's. */
export function refuseForeign(context: ApplicationContext, tracked: TrackedObject, live: KubernetesObject): void {
	checkOwner(context, tracked, live);
	if (!tracked.foreignOwner) return;
	throw new HoldfastError(
		tracked.problem ?? {code: 'OwnedByOther', message: `${nameOf(tracked.ref)} is owned by ${tracked.foreignOwner}`},
	);
}
