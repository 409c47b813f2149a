import type {KubernetesObject} from '../../../../source/model/object.ts';
import type {Context} from '../context.ts';

interface ServiceSpec {
	readonly type?: string;
	readonly clusterIP?: string;
	readonly clusterIPs?: readonly string[];
	readonly ports?: readonly ServicePort[];
	readonly [field: string]: unknown;
}

interface ServicePort {
	readonly nodePort?: number;
	readonly port?: number;
	readonly protocol?: string;
	readonly [field: string]: unknown;
}

const nodePortTypes: ReadonlySet<string> = new Set(['NodePort', 'LoadBalancer']);
const firstNodePort = 30_000;
const nodePortCount = 2_768;
/** The addresses of 10.96.0.0/16 but the first two and the last. */
const addressCount = 65_533;

/** Gives a new Service its addresses and ports. Nothing is reserved: what is taken is read from the Services there are. */
export function createdService(object: KubernetesObject, context: Context): KubernetesObject {
	const spec = (object.spec ?? {}) as ServiceSpec;
	if (spec.type === 'ExternalName') return object;
	const others = context.store.list('/services').map(service => (service.spec ?? {}) as ServiceSpec);
	const clusterIP = spec.clusterIP ?? freeAddress(others, object.metadata.uid ?? '');
	return {
		...object,
		spec: {
			...spec,
			...(nodePortTypes.has(spec.type ?? '') ? {ports: withNodePorts(spec.ports ?? [], others)} : {}),
			clusterIP,
			clusterIPs: spec.clusterIPs ?? [clusterIP],
			ipFamilies: spec.ipFamilies ?? ['IPv4'],
			ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack',
		},
	};
}

/** An update that does not name the addresses keeps them. */
export function updatedService(object: KubernetesObject, live: KubernetesObject): KubernetesObject {
	const spec = (object.spec ?? {}) as ServiceSpec;
	const before = (live.spec ?? {}) as ServiceSpec;
	if (spec.type === 'ExternalName' || before.type === 'ExternalName') return object;
	const ports = spec.ports?.map(port => {
		if (port.nodePort || !nodePortTypes.has(spec.type ?? '')) return port;
		const same = before.ports?.find(other => other.port === port.port && other.protocol === port.protocol);
		return same?.nodePort ? {...port, nodePort: same.nodePort} : port;
	});
	const kept = Object.fromEntries(
		['clusterIP', 'clusterIPs', 'ipFamilies', 'ipFamilyPolicy'].flatMap(name =>
			spec[name] === undefined && before[name] !== undefined ? [[name, before[name]]] : [],
		),
	);
	return {...object, spec: {...spec, ...(ports ? {ports} : {}), ...kept}};
}

/** Starts at a place that depends on the object, so that addresses are not told in the order of creation. */
function freeAddress(others: readonly ServiceSpec[], seed: string): string {
	const taken = new Set(others.map(spec => spec.clusterIP));
	let at = [...seed].reduce((hash, character) => (hash * 31 + character.charCodeAt(0)) % addressCount, 7);
	for (let tried = 0; tried < addressCount; tried++, at = (at + 1) % addressCount) {
		const number = at + 2;
		const address = `10.96.${number >> 8}.${number & 255}`;
		if (!taken.has(address)) return address;
	}
	return 'None';
}

function withNodePorts(ports: readonly ServicePort[], others: readonly ServiceSpec[]): ServicePort[] {
	const taken = new Set(others.flatMap(({ports: theirs}) => theirs?.map(({nodePort}) => nodePort) ?? []));
	for (const {nodePort} of ports) taken.add(nodePort);
	return ports.map(port => {
		if (port.nodePort) return port;
		let nodePort = firstNodePort + (((port.port ?? 0) * 7) % nodePortCount);
		while (taken.has(nodePort)) nodePort = firstNodePort + ((nodePort - firstNodePort + 1) % nodePortCount);
		taken.add(nodePort);
		return {...port, nodePort};
	});
}
