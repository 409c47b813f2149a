import {clearTimeout, setTimeout} from 'node:timers';
import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import {tell} from './events.ts';
import {isImageKnown, pullPauseSeconds} from './image-rule.ts';
import {isGoing, kubelet, numberAt, setStatus, type Tree, timestamp, treeAt, valueAt} from './objects.ts';
import {phaseOf} from './pod-template.ts';

const shortestStartMilliseconds = 200;
const longestStartMilliseconds = 800;
const workMilliseconds = 1_000;
const graceMilliseconds = 300;

/**
 * Moves pods along as a kubelet would: they are pulled, started and ready after a while, end when their work is done, and
 * go when they are told to. Annotations below `fake.holdfast.dev/` make them fail (`fail: CrashLoopBackOff`), stay unready
 * (`ready: "false"`), be slow to start (`ready-delay-ms: "5000"`) or to go (`termination-ms`), and say when and how work ends
 * (`run-ms`, `exit-code: "1"`); the same names below `fakelet/` work too, and `image-missing` and `not-ready: "true"` there.
 */
export class Kubelet {
	readonly #client: ControllerClient;
	readonly #timers = new Map<string, NodeJS.Timeout>();
	readonly #pulls = new Map<string, number>();
	#lastAddress = 0;

	constructor(client: ControllerClient) {
		this.#client = client;
	}

	onChange(pod: KubernetesObject): void {
		const uid = pod.metadata.uid ?? '';
		if (isGoing(pod)) {
			this.#later(`${uid} goes`, milliseconds(pod, 'termination-ms') ?? graceMilliseconds, () => this.#remove(pod));
			return;
		}
		if (phaseOf(pod) !== 'Pending' || this.#timers.has(uid) || this.#pulls.has(uid)) return;
		this.#later(uid, startDelay(pod), () => this.#start(pod));
	}

	onGone(pod: KubernetesObject): void {
		const uid = pod.metadata.uid ?? '';
		for (const key of [uid, `${uid} goes`]) {
			clearTimeout(this.#timers.get(key));
			this.#timers.delete(key);
		}
		this.#pulls.delete(uid);
	}

	stop(): void {
		for (const timer of this.#timers.values()) clearTimeout(timer);
		this.#timers.clear();
	}

	/** What goes wrong because the pod is gone by then, or changed meanwhile, is tried once more a moment later. */
	#later(key: string, milliseconds: number, work: () => void): void {
		if (this.#timers.has(key)) return;
		const timer = setTimeout(() => {
			this.#timers.delete(key);
			try {
				work();
			} catch {
				this.#later(key, graceMilliseconds, work);
			}
		}, milliseconds);
		timer.unref();
		this.#timers.set(key, timer);
	}

	#live(pod: KubernetesObject): KubernetesObject | null {
		const live = this.#client.get('Pod', pod.metadata.namespace ?? '', pod.metadata.name);
		return live?.metadata.uid === pod.metadata.uid ? live : null;
	}

	#remove(pod: KubernetesObject): void {
		if (this.#live(pod)) this.#client.remove('Pod', pod.metadata.namespace ?? '', pod.metadata.name);
	}

	#start(pod: KubernetesObject): void {
		const live = this.#live(pod);
		if (!live || isGoing(live)) return;
		const missing = containersOf(live).find(({image}) => !isImageKnown(String(image), live.metadata.annotations));
		if (missing) {
			this.#failPull(live, String(missing.image));
			return;
		}
		const fail = annotation(live, 'fail');
		const isUnready =
			fail !== undefined || annotation(live, 'ready') === 'false' || annotation(live, 'not-ready') === 'true';
		const now = timestamp(this.#client.now());
		this.#lastAddress++;
		const podIP = `10.244.${(this.#lastAddress >> 8) & 255}.${this.#lastAddress & 255}`;
		setStatus(
			this.#client,
			live,
			{
				phase: 'Running',
				startTime: now,
				hostIP: '10.0.0.1',
				podIP,
				podIPs: [{ip: podIP}],
				conditions: podConditions(!isUnready, now, 'ContainersNotReady'),
				containerStatuses: containersOf(live).map(container =>
					containerStatus(
						container,
						fail
							? {waiting: {reason: fail, message: `back-off restarting failed container`}}
							: {running: {startedAt: now}},
						{isReady: !isUnready, restarts: fail ? 3 : 0},
					),
				),
			},
			kubelet,
		);
		for (const {image, name} of containersOf(live)) {
			tell(this.#client, live, {
				type: 'Normal',
				reason: 'Pulled',
				message: `Successfully pulled image "${image}"`,
				source: kubelet,
			});
			tell(this.#client, live, {
				type: 'Normal',
				reason: 'Started',
				message: `Started container ${name}`,
				source: kubelet,
			});
		}
		const isWork = valueAt(live, 'spec', 'restartPolicy') !== 'Always' || annotation(live, 'exit-code') !== undefined;
		if (isWork && !isUnready) {
			const runs = milliseconds(live, 'run-ms') ?? workMilliseconds;
			this.#later(live.metadata.uid ?? '', runs, () => this.#finish(live));
		}
	}

	#failPull(pod: KubernetesObject, image: string): void {
		const uid = pod.metadata.uid ?? '';
		const tries = this.#pulls.get(uid) ?? 0;
		this.#pulls.set(uid, tries + 1);
		const reason = tries === 0 ? 'ErrImagePull' : 'ImagePullBackOff';
		const message =
			tries === 0 ? `failed to pull and unpack image "${image}": not found` : `Back-off pulling image "${image}"`;
		const now = timestamp(this.#client.now());
		setStatus(
			this.#client,
			pod,
			{
				...treeAt(pod, 'status'),
				phase: 'Pending',
				startTime: valueAt(pod, 'status', 'startTime') ?? now,
				conditions: podConditions(false, String(valueAt(pod, 'status', 'startTime') ?? now), 'ContainersNotReady'),
				containerStatuses: containersOf(pod).map(container =>
					containerStatus(container, {waiting: {reason, message}}, {isReady: false, restarts: 0}),
				),
			},
			kubelet,
		);
		const failed = `Failed to pull image "${image}": not found`;
		tell(this.#client, pod, {type: 'Warning', reason: 'Failed', message: failed, source: kubelet});
		if (tries > 0) {
			tell(this.#client, pod, {type: 'Warning', reason: 'BackOff', message, source: kubelet});
		}
		this.#later(uid, pullPauseSeconds(tries + 1) * 1_000, () => this.#start(pod));
	}

	#finish(pod: KubernetesObject): void {
		const live = this.#live(pod);
		if (!live || isGoing(live)) return;
		const exitCode = Number(annotation(live, 'exit-code') ?? 0);
		const now = timestamp(this.#client.now());
		const terminated = {exitCode, reason: exitCode === 0 ? 'Completed' : 'Error', finishedAt: now};
		setStatus(
			this.#client,
			live,
			{
				...treeAt(live, 'status'),
				phase: exitCode === 0 ? 'Succeeded' : 'Failed',
				conditions: podConditions(false, now, 'PodCompleted'),
				containerStatuses: containersOf(live).map(container =>
					containerStatus(container, {terminated}, {isReady: false, restarts: 0}),
				),
			},
			kubelet,
		);
	}
}

const containersOf = (pod: KubernetesObject): Tree[] => (valueAt(pod, 'spec', 'containers') ?? []) as Tree[];

function annotation(pod: KubernetesObject, name: string): string | undefined {
	const {annotations} = pod.metadata;
	return annotations?.[`fake.holdfast.dev/${name}`] ?? annotations?.[`fakelet/${name}`];
}

function milliseconds(pod: KubernetesObject, name: string): number | undefined {
	const asked = annotation(pod, name);
	return asked !== undefined && Number(asked) >= 0 ? Number(asked) : undefined;
}

/** Not all at once, but for one pod always the same. */
function startDelay(pod: KubernetesObject): number {
	const asked = milliseconds(pod, 'ready-delay-ms');
	if (asked !== undefined) return asked;
	const spread = longestStartMilliseconds - shortestStartMilliseconds;
	const seed = [...(pod.metadata.uid ?? '')].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
	return shortestStartMilliseconds + (seed % spread);
}

function podConditions(isReady: boolean, since: string, reason: string): Tree[] {
	const ready = isReady ? {status: 'True'} : {status: 'False', reason};
	return [
		{type: 'PodScheduled', status: 'True', lastTransitionTime: since},
		{type: 'Initialized', status: 'True', lastTransitionTime: since},
		{type: 'ContainersReady', ...ready, lastTransitionTime: since},
		{type: 'Ready', ...ready, lastTransitionTime: since},
	];
}

function containerStatus(
	container: Tree,
	state: Tree,
	{isReady, restarts}: {readonly isReady: boolean; readonly restarts: number},
): Tree {
	return {
		name: container.name,
		image: container.image,
		imageID: '',
		ready: isReady,
		started: 'running' in state,
		restartCount: numberAt({restarts}, 0, 'restarts'),
		state,
		lastState: {},
	};
}
