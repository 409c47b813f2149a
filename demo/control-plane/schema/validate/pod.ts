import {isMap} from '../../../../source/engine/fields/equal.ts';
import {at, each, type Structure} from '../defaults/fill.ts';
import {parseQuantity} from '../quantity.ts';
import {checkPort, checkText, checkUnique, items} from './check.ts';
import {dnsLabel, environmentVariable, portNameProblems} from './formats.ts';
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

/** The template of a workload. */
export function validateTemplate(field: string, template: unknown): FieldProblem[] {
	if (!isMap(template)) return [required(field)];
	const metadata = isMap(template.metadata) ? template.metadata : {};
	return [
		...validateLabels(`${field}.labels`, metadata.labels),
		...validateAnnotations(`${field}.annotations`, metadata.annotations),
		...validatePodSpec(`${field}.spec`, template.spec),
	];
}

/** The restart policy of a template: one that runs for ever, or one that runs once. */
export function validateRestartPolicy(field: string, template: unknown, isOneShot: boolean): FieldProblem[] {
	const policy = at(template, 'spec')?.restartPolicy;
	const path = `${field}.spec.restartPolicy`;
	if (policy === undefined) return [];
	if (!isOneShot) return policy === 'Always' ? [] : [notSupported(path, policy, ['Always'])];
	if (policy === 'Always') return [required(path, 'valid values: "OnFailure", "Never"')];
	return policy === 'OnFailure' || policy === 'Never' ? [] : [notSupported(path, policy, ['OnFailure', 'Never'])];
}

function validateContainer(field: string, container: Structure, volumes: ReadonlySet<unknown>): FieldProblem[] {
	const mounts = items(`${field}.volumeMounts`, container.volumeMounts);
	return [
		...checkText(`${field}.name`, container.name, dnsLabel),
		...(container.image ? [] : [required(`${field}.image`)]),
		...(String(container.image ?? '') === String(container.image ?? '').trim()
			? []
			: [invalid(`${field}.image`, container.image, 'must not have leading or trailing whitespace')]),
		...items(`${field}.ports`, container.ports).flatMap(([path, port]) => [
			...(port.name
				? portNameProblems(String(port.name)).map(problem => invalid(`${path}.name`, port.name, problem))
				: []),
			...(port.containerPort
				? checkPort(`${path}.containerPort`, port.containerPort)
				: [required(`${path}.containerPort`)]),
		]),
		...checkUnique(`${field}.ports`, container.ports, 'name'),
		...items(`${field}.env`, container.env).flatMap(([path, variable]) => [
			...checkText(`${path}.name`, variable.name, environmentVariable),
			...(variable.value && variable.valueFrom
				? [invalid(`${path}.valueFrom`, '', 'may not be specified when `value` is not empty')]
				: []),
		]),
		...mounts.flatMap(([path, mount]) => [
			...(mount.name ? [] : [required(`${path}.name`)]),
			...(volumes.has(mount.name) ? [] : [notFound(`${path}.name`, mount.name ?? '')]),
			...(mount.mountPath ? [] : [required(`${path}.mountPath`)]),
		]),
		...validateResources(`${field}.resources`, container.resources),
	];
}

function validateResources(field: string, resources: unknown): FieldProblem[] {
	if (!isMap(resources)) return [];
	const limits = isMap(resources.limits) ? resources.limits : {};
	const requests = isMap(resources.requests) ? resources.requests : {};
	const negative = (list: string, amounts: Readonly<Record<string, unknown>>): FieldProblem[] =>
		Object.entries(amounts)
			.filter(([, text]) => (parseQuantity(String(text))?.nanos ?? 0n) < 0n)
			.map(([name, text]) => invalid(`${field}.${list}[${name}]`, text, 'must be greater than or equal to 0'));
	const excessive = Object.entries(requests).flatMap(([name, text]) => {
		const limit = Object.hasOwn(limits, name) ? parseQuantity(String(limits[name])) : null;
		const request = parseQuantity(String(text));
		return limit && request && request.nanos > limit.nanos
			? [invalid(`${field}.requests`, text, `must be less than or equal to ${name} limit of ${String(limits[name])}`)]
			: [];
	});
	return [...negative('limits', limits), ...negative('requests', requests), ...excessive];
}
