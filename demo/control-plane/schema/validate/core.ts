import {isEqual, isMap} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {at, each} from '../defaults/fill.ts';
import {parseQuantity} from '../quantity.ts';
import {checkPort, checkUnchanged, items} from './check.ts';
import {dataKey, dnsLabel, portNameProblems} from './formats.ts';
import {duplicate, type FieldProblem, forbidden, invalid, notSupported, required, Shown, tooLong} from './problem.ts';
import {validateSecretType} from './secret-types.ts';

type Validate = (object: KubernetesObject, before: KubernetesObject | null) => FieldProblem[];

/** 1 MiB of data, keys not counted for ConfigMaps. */
const dataLimit = 1_048_576;

function validateKeys(field: string, data: unknown): FieldProblem[] {
	if (!isMap(data)) return [];
	return Object.keys(data).flatMap(key => {
		const problem = dataKey(key);
		return problem ? [invalid(`${field}[${key}]`, key, problem)] : [];
	});
}

function validateFixed(
	object: KubernetesObject,
	before: KubernetesObject | null,
	fields: readonly string[],
): FieldProblem[] {
	if (before?.immutable !== true) return [];
	const detail = 'field is immutable when `immutable` is set';
	return [
		...(object.immutable === true ? [] : [forbidden('immutable', detail)]),
		...fields.filter(name => !isEqual(object[name] ?? {}, before[name] ?? {})).map(name => forbidden(name, detail)),
	];
}

export const validateConfigMap: Validate = (object, before) => {
	const data = at(object, 'data') ?? {};
	const binary = at(object, 'binaryData') ?? {};
	const size =
		Object.values(data).reduce<number>((sum, text) => sum + Buffer.byteLength(String(text)), 0) +
		Object.values(binary).reduce<number>((sum, text) => sum + Buffer.from(String(text), 'base64').length, 0);
	return [
		...validateKeys('data', data),
		...validateKeys('binaryData', binary),
		...Object.keys(data)
			.filter(key => Object.hasOwn(binary, key))
			.map(key => invalid(`data[${key}]`, key, 'duplicate of key present in binaryData')),
		...(size > dataLimit ? [tooLong('[]', dataLimit)] : []),
		...validateFixed(object, before, ['data', 'binaryData']),
	];
};

export const validateSecret: Validate = (object, before) => {
	const data = at(object, 'data') ?? {};
	const size = Object.values(data).reduce<number>((sum, text) => sum + Buffer.from(String(text), 'base64').length, 0);
	return [
		...validateKeys('data', data),
		...(size > dataLimit ? [tooLong('data', dataLimit)] : []),
		...validateSecretType(object.type, data),
		...(before ? checkUnchanged('type', object.type, before.type) : []),
		...validateFixed(object, before, ['data']),
	];
};

const protocols = ['SCTP', 'TCP', 'UDP'];
const serviceTypes = ['ClusterIP', 'ExternalName', 'LoadBalancer', 'NodePort'];

export const validateService: Validate = (object, before) => {
	const spec = at(object, 'spec') ?? {};
	const ports = items('spec.ports', spec.ports);
	const isHeadless = spec.clusterIP === 'None';
	const type = spec.type;
	const seen = new Set<string>();
	const problems: FieldProblem[] = [];
	if (ports.length === 0 && !isHeadless && type !== 'ExternalName') problems.push(required('spec.ports'));
	for (const [field, port] of ports) {
		if (!port.name) {
			if (ports.length > 1) problems.push(required(`${field}.name`));
		} else {
			const problem = dnsLabel(String(port.name));
			if (problem) problems.push(invalid(`${field}.name`, port.name, problem));
			else if (seen.has(`name ${port.name}`)) problems.push(duplicate(`${field}.name`, port.name));
			seen.add(`name ${port.name}`);
		}
		problems.push(...checkPort(`${field}.port`, port.port));
		if (!protocols.includes(String(port.protocol))) {
			problems.push(notSupported(`${field}.protocol`, port.protocol, protocols));
		}
		problems.push(...validateTargetPort(`${field}.targetPort`, port.targetPort));
		const key = `${port.protocol} ${port.port}`;
		if (seen.has(key)) problems.push(duplicate(field, shownPort(port)));
		seen.add(key);
	}
	if (!serviceTypes.includes(String(type))) problems.push(notSupported('spec.type', type, serviceTypes));
	if (type === 'ExternalName' && !spec.externalName) problems.push(required('spec.externalName'));
	return [...problems, ...validateAddresses(spec, before)];
};

function validateTargetPort(field: string, target: unknown): FieldProblem[] {
	if (typeof target !== 'string') return checkPort(field, target);
	return portNameProblems(target).map(problem => invalid(field, target, problem));
}

/** A port among those before it, of which the server compares only the protocol and the number. */
function shownPort({protocol, port}: Readonly<Record<string, unknown>>): Shown {
	return new Shown({Name: '', Protocol: protocol, AppProtocol: null, Port: port, TargetPort: 0, NodePort: 0});
}

/** An address that was given out stays, unless the Service becomes an ExternalName. */
function validateAddresses(spec: Readonly<Record<string, unknown>>, before: KubernetesObject | null): FieldProblem[] {
	const old = at(before, 'spec')?.clusterIP;
	if (!old || spec.type === 'ExternalName' || spec.clusterIP === old) return [];
	const addresses = each(spec.clusterIPs).length > 0 ? spec.clusterIPs : [spec.clusterIP];
	return [invalid('spec.clusterIPs[0]', addresses, 'may not change once set')];
}

export const validateClaim: Validate = (object, before) => {
	const spec = at(object, 'spec') ?? {};
	const modes = spec.accessModes;
	const storage = at(spec, 'resources', 'requests')?.storage;
	const problems = [
		...(Array.isArray(modes) && modes.length > 0
			? []
			: [required('spec.accessModes', 'at least 1 access mode is required')]),
		...(storage === undefined ? [required('spec.resources[storage]')] : []),
		...(storage !== undefined && (parseQuantity(String(storage))?.nanos ?? 0n) <= 0n
			? [invalid('spec.resources[storage]', storage, 'must be greater than zero')]
			: []),
	];
	if (!before) return problems;
	const fixed = ({
		resources: _r,
		volumeName: _v,
		volumeAttributesClassName: _c,
		...rest
	}: Readonly<Record<string, unknown>>) => rest;
	return isEqual(fixed(spec), fixed(at(before, 'spec') ?? {}))
		? problems
		: [
				...problems,
				forbidden(
					'spec',
					'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims',
				),
			];
};
