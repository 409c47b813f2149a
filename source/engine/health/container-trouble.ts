import type {KubernetesObject} from '../../model/object.ts';
import {isMap, type JsonMap, valueAt} from '../desired/tree.ts';
import {mapsAt, numberAt, textAt} from './fields.ts';

const containerLists = ['status.initContainerStatuses', 'status.containerStatuses'];

/**
 * Waiting reasons that do not pass by themselves: CrashLoopBackOff, ImagePullBackOff, ErrImagePull,
 * CreateContainerError …
 */
const stuck = /(BackOff|Error)$|^Err|^InvalidImageName$|^ImageInspect|^RegistryUnavailable$/;

/** All containers of a pod, init containers first: they run first. */
export function containersOf(pod: KubernetesObject): JsonMap[] {
	return containerLists.flatMap(list => mapsAt(pod, list));
}

/**
 * Why a container cannot run, of the worst one: a crash says more than an image that is missing. null: none is stuck.
 */
export function findStuckContainer(pod: KubernetesObject): string | null {
	const troubles = containersOf(pod).filter(container => stuck.test(textAt(container, 'state.waiting.reason')));
	const worst =
		troubles.find(container => textAt(container, 'state.waiting.reason') === 'CrashLoopBackOff') ?? troubles[0];
	if (!worst) return null;
	const reason = textAt(worst, 'state.waiting.reason');
	const last = printExit(valueAt(worst, ['lastState', 'terminated']));
	const detail = last ?? textAt(worst, 'state.waiting.message');
	return `container ${textAt(worst, 'name')}: ${reason}${detail === '' ? '' : `, ${detail}`}${printRestarts(worst)}`;
}

/** How a container ended that should run, of the first one that failed; null: none did. */
export function findFailedContainer(pod: KubernetesObject): string | null {
	for (const container of containersOf(pod)) {
		const ended = valueAt(container, ['state', 'terminated']);
		if (!isMap(ended) || numberAt(ended, 'exitCode') === 0) continue;
		return `container ${textAt(container, 'name')}: ${printExit(ended)}${printRestarts(container)}`;
	}
	return null;
}

/** How a container ended the last time, of the first one that is not ready again; null: none ended. */
export function findRestartedContainer(pod: KubernetesObject): string | null {
	for (const container of mapsAt(pod, 'status.containerStatuses')) {
		const ended = printExit(valueAt(container, ['lastState', 'terminated']));
		if (container.ready === true || ended === null) continue;
		return `container ${textAt(container, 'name')} is not ready, ${ended}${printRestarts(container)}`;
	}
	return null;
}

function printExit(ended: unknown): string | null {
	if (!isMap(ended)) return null;
	const reason = textAt(ended, 'reason');
	const message = textAt(ended, 'message');
	const exit = `last exit code ${numberAt(ended, 'exitCode')}`;
	const named = reason === '' || reason === 'Error' || reason === 'Completed' ? exit : `${exit} (${reason})`;
	return message === '' ? named : `${named}: ${message}`;
}

function printRestarts(container: JsonMap): string {
	const restarts = numberAt(container, 'restartCount');
	return restarts === 0 ? '' : `, ${restarts} restart${restarts === 1 ? '' : 's'}`;
}
