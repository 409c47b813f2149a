import {setTimeout as sleep} from 'node:timers/promises';
import {chooseNode, fakeNodes} from './fake-nodes.ts';
import type {Container, KubeletClient, Pod} from './kubelet-client.ts';

/** Moves pods along; told of every pod that appears or changes, in any order, as often as one likes. */
export interface PodRunner {
	onChange(pod: Pod): void;
	onGone(uid: string): void;
}

type Step = 'bind' | 'refuse' | 'run' | 'finish' | 'delete';

const podPath = (pod: Pod): string => `/api/v1/namespaces/${pod.metadata.namespace}/pods/${pod.metadata.name}`;
const timestamp = (): string => new Date().toISOString().replace(/\.\d+Z/, 'Z');
const isOurs = (name: string | undefined): boolean => fakeNodes.some(node => node.name === name);

export function createPodRunner(client: KubeletClient, onError: (error: unknown) => void): PodRunner {
	// A step is done once for a pod; a step that failed is forgotten, so that the next event tries again.
	const done = new Map<string, Set<Step>>();
	let turn = 0;
	let lastAddress = 0;

	const once = (pod: Pod, step: Step, action: () => Promise<void>): void => {
		const {uid} = pod.metadata;
		const steps = done.get(uid) ?? new Set<Step>();
		done.set(uid, steps);
		if (steps.has(step)) return;
		steps.add(step);
		action().catch((error: unknown) => {
			steps.delete(step);
			onError(error);
		});
	};

	const setStatus = async (pod: Pod, status: unknown): Promise<void> => {
		const body = {metadata: {uid: pod.metadata.uid}, status};
		const answer = await client.patch(`${podPath(pod)}/status`, 'strategic-merge', body);
		// 404 and 409: gone, or another pod of that name by now.
		if (answer.status >= 300 && answer.status !== 404 && answer.status !== 409) {
			throw new Error(`status of ${podPath(pod)}: ${answer.status} ${JSON.stringify(answer.body)}`);
		}
	};

	const bind = async (pod: Pod): Promise<void> => {
		const node = chooseNode(pod, turn++);
		if (!node) {
			const unschedulable = condition('PodScheduled', false, 'Unschedulable');
			return setStatus(pod, {conditions: [{...unschedulable, message: '0/3 nodes are available'}]});
		}
		const {name, uid} = pod.metadata;
		const target = {apiVersion: 'v1', kind: 'Node', name: node.name};
		const binding = {apiVersion: 'v1', kind: 'Binding', metadata: {name, uid}, target};
		const answer = await client.post(`${podPath(pod)}/binding`, binding);
		if (answer.status >= 500) throw new Error(`binding ${podPath(pod)}: ${answer.status}`);
	};

	const run = async (pod: Pod): Promise<void> => {
		const annotation = annotations(pod);
		await sleep(annotation.number('ready-delay-ms', 100));
		const startTime = timestamp();
		const hostIP = fakeNodes.find(node => node.name === pod.spec.nodeName)?.address ?? '';
		lastAddress++;
		const podIP = `10.244.${(lastAddress >> 8) & 255}.${lastAddress & 255}`;
		const place = {startTime, hostIP, hostIPs: [{ip: hostIP}], podIP, podIPs: [{ip: podIP}]};
		const initContainerStatuses = (pod.spec.initContainers ?? []).map(container =>
			container.restartPolicy === 'Always'
				? containerStatus(container, {running: {startedAt: startTime}}, true)
				: containerStatus(container, ended(0, startTime), false),
		);
		const reason = annotation.text('fail');
		if (reason) {
			const waiting = {waiting: {reason, message: `fake ${reason}`}};
			return setStatus(pod, {
				phase: 'Pending',
				...place,
				conditions: podConditions(false, 'ContainersNotReady'),
				initContainerStatuses,
				containerStatuses: pod.spec.containers.map(container => containerStatus(container, waiting, false)),
			});
		}
		const isReady = annotation.text('not-ready') !== 'true';
		const running = {running: {startedAt: startTime}};
		await setStatus(pod, {
			phase: 'Running',
			...place,
			conditions: podConditions(isReady, 'ContainersNotReady'),
			initContainerStatuses,
			containerStatuses: pod.spec.containers.map(container => ({
				...containerStatus(container, running, isReady),
				started: true,
			})),
		});
	};

	const finish = async (pod: Pod): Promise<void> => {
		const annotation = annotations(pod);
		await sleep(annotation.number('run-ms', 200));
		const exitCode = annotation.number('exit-code', 0);
		await setStatus(pod, {
			phase: exitCode === 0 ? 'Succeeded' : 'Failed',
			conditions: podConditions(false, 'PodCompleted'),
			containerStatuses: pod.spec.containers.map(container =>
				containerStatus(container, {running: null, ...ended(exitCode, timestamp())}, false),
			),
		});
	};

	const complete = async (pod: Pod): Promise<void> => {
		const {uid, deletionGracePeriodSeconds = 30} = pod.metadata;
		await sleep(Math.min(annotations(pod).number('termination-ms', 50), deletionGracePeriodSeconds * 1_000));
		const options = {apiVersion: 'v1', kind: 'DeleteOptions', gracePeriodSeconds: 0, preconditions: {uid}};
		const answer = await client.remove(podPath(pod), options);
		if (answer.status >= 500) throw new Error(`deleting ${podPath(pod)}: ${answer.status}`);
	};

	return {
		onChange(pod) {
			const {nodeName, schedulerName, schedulingGates = [], restartPolicy} = pod.spec;
			if (pod.metadata.deletionTimestamp) {
				if (!nodeName || isOurs(nodeName)) once(pod, 'delete', () => complete(pod));
			} else if (!nodeName) {
				const isHeldBack = schedulingGates.length > 0 || schedulerName !== 'default-scheduler';
				if (!isHeldBack) once(pod, 'bind', () => bind(pod));
			} else if (isOurs(nodeName)) {
				if (pod.status?.phase === 'Pending') once(pod, 'run', () => run(pod));
				if (pod.status?.phase === 'Running' && restartPolicy !== 'Always') once(pod, 'finish', () => finish(pod));
			}
		},
		onGone(uid) {
			done.delete(uid);
		},
	};
}

function annotations(pod: Pod) {
	const text = (name: string): string | undefined => pod.metadata.annotations?.[`fakelet/${name}`];
	const number = (name: string, fallback: number): number => {
		const value = Number(text(name));
		return text(name) !== undefined && Number.isFinite(value) ? value : fallback;
	};
	return {text, number};
}

function condition(type: string, isTrue: boolean, reason?: string) {
	return {type, status: isTrue ? 'True' : 'False', ...(reason ? {reason} : {}), lastTransitionTime: timestamp()};
}

function podConditions(isReady: boolean, reason: string) {
	const why = isReady ? undefined : reason;
	return [
		condition('PodReadyToStartContainers', true),
		condition('Initialized', true),
		condition('Ready', isReady, why),
		condition('ContainersReady', isReady, why),
		condition('PodScheduled', true),
	];
}

function containerStatus(container: Container, state: Record<string, unknown>, isReady: boolean) {
	return {
		name: container.name,
		image: container.image,
		imageID: `fake://${container.image}`,
		containerID: `fake://${container.name}`,
		ready: isReady,
		started: isReady,
		restartCount: 0,
		state,
	};
}

function ended(exitCode: number, time: string) {
	return {terminated: {exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', startedAt: time, finishedAt: time}};
}
