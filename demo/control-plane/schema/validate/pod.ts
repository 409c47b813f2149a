import {isMap} from '../../../../source/engine/fields/equal.ts';
import {each, type Structure} from '../defaults/fill.ts';
import {parseQuantity} from '../quantity.ts';
import {checkPort, checkText, checkUnique, items} from './check.ts';
import {dnsLabel, environmentVariable} from './formats.ts';
import {validateAnnotations, validateLabels} from './metadata.ts';
import {type FieldProblem, invalid, notFound, notSupported, required} from './problem.ts';

/** What every pod's spec must have, in a Pod or in a template. */
export function validatePodSpec(field: string, spec: unknown): FieldProblem[] {
	if (!isMap(spec)) return [required(field)];
	const volumes = new Set(each(spec.volumes).map(volume => volume.name));
	const containers = each(spec.containers);
	return [
		...items(`${field}.volumes`, spec.volumes).flatMap(([path, volume]) =>
			checkText(`${path}.name`, volume.name, dnsLabel),
		),
		...checkUnique(`${field}.volumes`, spec.volumes, 'name'),
		...(containers.length === 0 ? [required(`${field}.containers`)] : []),
		...['containers', 'initContainers'].flatMap(list => [
			...items(`${field}.${list}`, spec[list]).flatMap(([path, item]) => validateContainer(path, item, volumes)),
			...checkUnique(`${field}.${list}`, spec[list], 'name'),
		]),
	];
}

/** The template of a workload; `policies` are the restart policies that it may have. */
export function validateTemplate(field: string, template: unknown, policies: readonly string[]): FieldProblem[] {
	if (!isMap(template)) return [required(field)];
	const metadata = isMap(template.metadata) ? template.metadata : {};
	const spec = template.spec;
	const policy = isMap(spec) ? spec.restartPolicy : undefined;
	return [
		...validateLabels(`${field}.labels`, metadata.labels),
		...validateAnnotations(`${field}.annotations`, metadata.annotations),
		...validatePodSpec(`${field}.spec`, spec),
		...(policy === undefined || policies.includes(String(policy))
			? []
			: [notSupported(`${field}.spec.restartPolicy`, policy, policies)]),
	];
}

function validateContainer(field: string, container: Structure, volumes: ReadonlySet<unknown>): FieldProblem[] {
	const mounts = items(`${field}.volumeMounts`, container.volumeMounts);
	return [
		...checkText(`${field}.name`, container.name, dnsLabel),
		...(container.image ? [] : [required(`${field}.image`)]),
		...items(`${field}.ports`, container.ports).flatMap(([path, port]) =>
			port.containerPort ? checkPort(`${path}.containerPort`, port.containerPort) : [required(`${path}.containerPort`)],
		),
		...checkUnique(`${field}.ports`, container.ports, 'name'),
		...items(`${field}.env`, container.env).flatMap(([path, variable]) => [
			...checkText(`${path}.name`, variable.name, environmentVariable),
			...(variable.value && variable.valueFrom
				? [invalid(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty')]
				: []),
		]),
		...mounts.flatMap(([path, mount]) => [
			...(mount.name
				? volumes.has(mount.name)
					? []
					: [notFound(`${path}.name`, mount.name)]
				: [required(`${path}.name`)]),
			...(mount.mountPath ? [] : [required(`${path}.mountPath`)]),
		]),
		...validateResources(`${field}.resources`, container.resources),
	];
}

function validateResources(field: string, resources: unknown): FieldProblem[] {
	if (!isMap(resources)) return [];
	const limits = isMap(resources.limits) ? resources.limits : {};
	const requests = isMap(resources.requests) ? resources.requests : {};
	return Object.entries(requests).flatMap(([name, text]) => {
		const limit = Object.hasOwn(limits, name) ? parseQuantity(String(limits[name])) : null;
		const request = parseQuantity(String(text));
		return limit && request && request.nanos > limit.nanos
			? [invalid(`${field}.requests`, text, `must be less than or equal to ${name} limit of ${String(limits[name])}`)]
			: [];
	});
}
