import type {KubernetesObject} from '../../model/object.ts';
import type {Health} from '../../model/status.ts';
import {degraded, healthy, progressing, suspended, unknown} from './answers.ts';
import {findCondition, readConditions, why} from './conditions.ts';
import {containersOf, findFailedContainer, findRestartedContainer, findStuckContainer} from './container-trouble.ts';
import {mapsAt, textAt} from './fields.ts';
import type {HealthContext, HealthRule} from './types.ts';

/** A scheduler may need a moment, or a node may be about to join: kstatus waits this long too. */
const unschedulableMilliseconds = 15_000;

export const podHealth: HealthRule = (object, context) => {
	const stuck = findStuckContainer(object);
	if (stuck) return degraded(stuck);
	switch (textAt(object, 'status.phase')) {
		case 'Pending':
			return pendingHealth(object, context);
		case 'Running':
			return runningHealth(object);
		case 'Succeeded':
			return healthy();
		case 'Failed':
			return degraded(failure(object));
		case '':
			return progressing('waits for its scheduler');
		default:
			return unknown(`its node does not answer${suffix(textAt(object, 'status.message'))}`);
	}
};

function pendingHealth(object: KubernetesObject, {now}: HealthContext): Health {
	const scheduled = findCondition(readConditions(object), 'PodScheduled');
	if (scheduled?.status === 'False') {
		if (scheduled.reason === 'SchedulingGated') return suspended(why(scheduled));
		const isLong = scheduled.since !== null && now - scheduled.since > unschedulableMilliseconds;
		if (scheduled.reason === 'Unschedulable' && isLong) return degraded(why(scheduled));
		return progressing(why(scheduled));
	}
	const waiting = containersOf(object).find(container => textAt(container, 'state.waiting.reason') !== '');
	if (!waiting) return progressing(textAt(object, 'spec.nodeName') === '' ? 'waits for its scheduler' : 'is starting');
	const {name} = waiting;
	return progressing(
		`container ${String(name)}: ${textAt(waiting, 'state.waiting.reason')}${suffix(textAt(waiting, 'state.waiting.message'))}`,
	);
}

function runningHealth(object: KubernetesObject): Health {
	const ready = findCondition(readConditions(object), 'Ready');
	const policy = textAt(object, 'spec.restartPolicy');
	// Such a pod is meant to end: until then its work is not done.
	if (policy === 'Never' || policy === 'OnFailure')
		return progressing(findFailedContainer(object) ?? 'runs until it is done');
	if (ready?.status === 'True') return healthy();
	const ended = findFailedContainer(object) ?? findRestartedContainer(object);
	if (ended) return degraded(ended);
	const names = mapsAt(object, 'status.containerStatuses')
		.filter(container => container.ready !== true)
		.map(container => textAt(container, 'name'));
	if (names.length > 0) return progressing(`not ready: ${names.join(', ')}`);
	return progressing(ready ? why(ready) : 'is starting');
}

function failure(object: KubernetesObject): string {
	const message = textAt(object, 'status.message');
	const reason = textAt(object, 'status.reason');
	if (message !== '' || reason !== '') return [reason, message].filter(text => text !== '').join(': ');
	return findFailedContainer(object) ?? 'it failed';
}

function suffix(message: string): string {
	return message === '' ? '' : `: ${message}`;
}
