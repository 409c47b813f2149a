import {assessHealth, hasHealth} from '../../engine/health/assess.ts';
import {toProblem} from '../../model/errors.ts';
import type {ApplicationContext} from './context.ts';
import type {TrackedObject} from './tracked-object.ts';

/**
 * Finds out how objects are that were there before and are left alone: they carry no label of ours, so no watch tells.
 * Asked once for each; kinds without health cost nothing.
 */
export async function lookAtOthers(context: ApplicationContext): Promise<void> {
	const others = [...context.state.objects.values()].filter(
		tracked =>
			tracked.desired?.options.apply === 'if-not-present' &&
			tracked.presence === 'present' &&
			tracked.health.status === 'Unknown',
	);
	await Promise.all(others.map(tracked => look(context, tracked)));
}

async function look({session, services, log}: ApplicationContext, tracked: TrackedObject): Promise<void> {
	const {ref, firstSeenAt, key} = tracked;
	if (!hasHealth(ref.group, ref.kind)) {
		tracked.health = {status: 'Healthy'};
		return;
	}
	try {
		const live = await session.cluster.get(ref, 'object');
		if (live) tracked.health = assessHealth(live, {now: services.clock(), firstSeenAt});
	} catch (error) {
		log.debug({key, problem: toProblem(error)}, 'the health of an object that is left alone could not be read');
	}
}
