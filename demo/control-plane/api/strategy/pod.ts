import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Context} from '../context.ts';
import {serviceAccountVolume} from './service-account-volume.ts';

interface PodSpec {
	readonly containers?: readonly Container[];
	readonly initContainers?: readonly Container[];
	readonly tolerations?: readonly Toleration[];
	readonly serviceAccountName?: string;
	readonly automountServiceAccountToken?: boolean;
	readonly volumes?: readonly {readonly name: string}[];
	readonly [field: string]: unknown;
}

interface Container {
	readonly resources?: {
		readonly limits?: Readonly<Record<string, string>>;
		readonly requests?: Readonly<Record<string, string>>;
	};
	readonly volumeMounts?: readonly {readonly mountPath: string}[];
	readonly [field: string]: unknown;
}

interface Toleration {
	readonly key?: string;
	readonly operator?: string;
	readonly effect?: string;
	readonly tolerationSeconds?: number;
}

/** What the admission of the real server adds: tolerations of node trouble, the service account and its token, priority. */
export function createdPod(object: KubernetesObject, _context: Context): KubernetesObject {
	const spec = (object.spec ?? {}) as PodSpec;
	const account = spec.serviceAccountName ?? 'default';
	const admitted: PodSpec = {
		...spec,
		serviceAccountName: account,
		serviceAccount: account,
		tolerations: withNodeTroubles(spec.tolerations ?? []),
		priority: spec.priority ?? 0,
		enableServiceLinks: spec.enableServiceLinks ?? true,
		preemptionPolicy: spec.preemptionPolicy ?? 'PreemptLowerPriority',
	};
	return {
		...object,
		spec:
			spec.automountServiceAccountToken === false
				? admitted
				: serviceAccountVolume(admitted, object.metadata.uid ?? ''),
		status: {phase: 'Pending', qosClass: qualityOfService(spec)},
	};
}

/** A manifest names less than admission added: what was added stays. */
export function updatedPod(object: KubernetesObject, _live: KubernetesObject): KubernetesObject {
	return object;
}

const nodeTroubles = ['node.kubernetes.io/not-ready', 'node.kubernetes.io/unreachable'];

function withNodeTroubles(tolerations: readonly Toleration[]): Toleration[] {
	const missing = nodeTroubles.filter(
		key =>
			!tolerations.some(
				toleration =>
					(toleration.key === key || (!toleration.key && toleration.operator === 'Exists')) &&
					(!toleration.effect || toleration.effect === 'NoExecute'),
			),
	);
	return [
		...tolerations,
		...missing.map(key => ({key, operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300})),
	];
}

const measured = ['cpu', 'memory'];

/** Guaranteed: every container limits processor and memory, and requests the same. BestEffort: nobody asks for anything. */
function qualityOfService({containers = [], initContainers = []}: PodSpec): string {
	const resources = [...initContainers, ...containers].map(container => container.resources ?? {});
	const asks = resources.some(({limits, requests}) => measured.some(name => limits?.[name] || requests?.[name]));
	if (!asks) return 'BestEffort';
	const isGuaranteed = resources.every(({limits, requests}) =>
		measured.every(name => limits?.[name] && (requests?.[name] ?? limits[name]) === limits[name]),
	);
	return isGuaranteed ? 'Guaranteed' : 'Burstable';
}
