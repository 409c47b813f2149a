import type {KubernetesObject} from '../../../../source/model/object.ts';
import {printAge} from '../duration.ts';
import {ageColumn, at, type Column, listAt, nameColumn, orNone} from './column.ts';

interface ContainerState {
	readonly waiting?: {readonly reason?: string};
	readonly terminated?: {readonly reason?: string; readonly exitCode?: number; readonly signal?: number};
	readonly running?: object;
}

const statuses = (pod: KubernetesObject): Record<string, unknown>[] => listAt(pod, 'status', 'containerStatuses');

/** Why a container does not run, as one word; undefined when it does. */
function wordOf(state: ContainerState | undefined): string | undefined {
	if (state?.waiting?.reason) return state.waiting.reason;
	const {terminated} = state ?? {};
	if (!terminated) return undefined;
	return (
		terminated.reason ?? (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode ?? 0}`)
	);
}

/** The column Status of kubectl: the phase, or what is wrong with a container, or that the Pod is going. */
function podStatus(pod: KubernetesObject): string {
	if (pod.metadata.deletionTimestamp) return 'Terminating';
	const waits = listAt(pod, 'status', 'initContainerStatuses').findIndex(
		({state}) => (state as ContainerState | undefined)?.terminated?.exitCode !== 0,
	);
	if (waits >= 0) {
		const word = wordOf(listAt(pod, 'status', 'initContainerStatuses')[waits]?.state as ContainerState);
		if (word && word !== 'PodInitializing') return `Init:${word}`;
		return `Init:${waits}/${listAt(pod, 'spec', 'initContainers').length}`;
	}
	const words = statuses(pod).map(({state}) => wordOf(state as ContainerState));
	return (
		words.find(word => word !== undefined) ??
		String(at(pod, 'status', 'reason') ?? at(pod, 'status', 'phase') ?? 'Unknown')
	);
}

function restarts(pod: KubernetesObject, now: number): string {
	const total = statuses(pod).reduce((sum, {restartCount}) => sum + Number(restartCount ?? 0), 0);
	const ends = statuses(pod).flatMap(status => {
		const finished = at(status, 'lastState', 'terminated', 'finishedAt');
		return typeof finished === 'string' ? [finished] : [];
	});
	const last = ends.sort().at(-1);
	return total > 0 && last ? `${total} (${printAge(last, now)} ago)` : String(total);
}

function gates(pod: KubernetesObject): string {
	const wanted = listAt(pod, 'spec', 'readinessGates');
	if (wanted.length === 0) return '<none>';
	const passed = wanted.filter(({conditionType}) =>
		listAt(pod, 'status', 'conditions').some(({type, status}) => type === conditionType && status === 'True'),
	);
	return `${passed.length}/${wanted.length}`;
}

export const podColumns: readonly Column[] = [
	nameColumn,
	{
		name: 'Ready',
		cell: pod => `${statuses(pod).filter(({ready}) => ready).length}/${listAt(pod, 'spec', 'containers').length}`,
	},
	{name: 'Status', cell: podStatus},
	{name: 'Restarts', cell: restarts},
	ageColumn,
	{name: 'IP', isWide: true, cell: pod => orNone(at(pod, 'status', 'podIP'))},
	{name: 'Node', isWide: true, cell: pod => orNone(at(pod, 'spec', 'nodeName'))},
	{name: 'Nominated Node', isWide: true, cell: pod => orNone(at(pod, 'status', 'nominatedNodeName'))},
	{name: 'Readiness Gates', isWide: true, cell: gates},
];
