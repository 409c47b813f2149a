import {isEqual, isMap} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {at, each} from '../defaults/fill.ts';
import {items} from './check.ts';
import {type FieldProblem, invalid, notSupported, required, Shown} from './problem.ts';

type Validate = (object: KubernetesObject, before: KubernetesObject | null) => FieldProblem[];

export const validateAutoscaler: Validate = object => {
	const spec = at(object, 'spec') ?? {};
	const minimum = Number(spec.minReplicas ?? 1);
	const maximum = Number(spec.maxReplicas ?? 0);
	const target = at(spec, 'scaleTargetRef') ?? {};
	return [
		...(minimum < 1 ? [invalid('spec.minReplicas', minimum, 'must be greater than or equal to 1')] : []),
		...(maximum < 1 ? [required('spec.maxReplicas', 'must be set and greater than 0')] : []),
		...(maximum < minimum
			? [invalid('spec.maxReplicas', maximum, 'must be greater than or equal to `minReplicas`')]
			: []),
		...['kind', 'name'].filter(name => !target[name]).map(name => required(`spec.scaleTargetRef.${name}`)),
		...(target.apiVersion ? [] : [invalid('spec.scaleTargetRef.apiVersion', '', 'apiVersion must specify API group')]),
	];
};

export const validateDisruptionBudget: Validate = object => {
	const spec = at(object, 'spec') ?? {};
	return spec.minAvailable !== undefined && spec.maxUnavailable !== undefined
		? [
				invalid(
					'spec',
					new Shown({
						MinAvailable: spec.minAvailable,
						Selector: spec.selector ?? null,
						MaxUnavailable: spec.maxUnavailable,
						UnhealthyPodEvictionPolicy: spec.unhealthyPodEvictionPolicy ?? null,
					}),
					'minAvailable and maxUnavailable cannot be both set',
				),
			]
		: [];
};

const pathTypes = ['Exact', 'ImplementationSpecific', 'Prefix'];

export const validateIngress: Validate = object => {
	const spec = at(object, 'spec') ?? {};
	const rules = items('spec.rules', spec.rules);
	if (rules.length === 0 && !spec.defaultBackend) {
		return [invalid('spec', null, 'either `defaultBackend` or `rules` must be specified')];
	}
	return rules.flatMap(([field, rule]) =>
		items(`${field}.http.paths`, at(rule, 'http')?.paths).flatMap(([path, {pathType, path: text}]) => {
			if (!pathType) return [required(`${path}.pathType`, 'pathType must be specified')];
			if (!pathTypes.includes(String(pathType))) return [notSupported(`${path}.pathType`, pathType, pathTypes)];
			const isRooted = typeof text === 'string' && text.startsWith('/');
			return isRooted || pathType === 'ImplementationSpecific'
				? []
				: [invalid(`${path}.path`, text ?? '', 'must be an absolute path')];
		}),
	);
};

/** What a rule of a role must name. Rules of namespaced roles have no URLs. */
export const validateRole: Validate = object =>
	items('rules', object.rules).flatMap(([field, rule]) => {
		const isBlank = (name: string): boolean => !Array.isArray(rule[name]) || rule[name].length === 0;
		const problems = isBlank('verbs') ? [required(`${field}.verbs`, 'verbs must contain at least one value')] : [];
		if (!isBlank('nonResourceURLs')) {
			return object.kind === 'ClusterRole'
				? problems
				: [
						...problems,
						invalid(
							`${field}.nonResourceURLs`,
							rule.nonResourceURLs,
							'namespaced rules cannot apply to non-resource URLs',
						),
					];
		}
		return [
			...problems,
			...(isBlank('apiGroups')
				? [required(`${field}.apiGroups`, 'resource rules must supply at least one api group')]
				: []),
			...(isBlank('resources')
				? [required(`${field}.resources`, 'resource rules must supply at least one resource')]
				: []),
		];
	});

export const validateBinding: Validate = (object, before) => {
	const reference = at(object, 'roleRef') ?? {};
	const problems = [
		...(reference.name ? [] : [required('roleRef.name')]),
		...items('subjects', object.subjects).flatMap(([field, subject]) =>
			subject.name ? [] : [required(`${field}.name`)],
		),
	];
	if (!before || isEqual(object.roleRef, before.roleRef)) return problems;
	// Shown with the names of the server's own structure.
	const shown = new Shown({APIGroup: reference.apiGroup, Kind: reference.kind, Name: reference.name});
	return [...problems, invalid('roleRef', shown, 'cannot change roleRef')];
};

export const validateDefinition: Validate = object => {
	const spec = at(object, 'spec') ?? {};
	const names = at(spec, 'names') ?? {};
	const expected = `${String(names.plural)}.${String(spec.group)}`;
	const versions = items('spec.versions', spec.versions);
	return [
		...(object.metadata.name === expected
			? []
			: [invalid('metadata.name', object.metadata.name, 'must be spec.names.plural+"."+spec.group')]),
		...['plural', 'singular', 'kind', 'listKind']
			.filter(name => !names[name])
			.map(name => required(`spec.names.${name}`)),
		...(spec.group ? [] : [required('spec.group')]),
		...(each(spec.versions).filter(version => version.storage === true).length === 1
			? []
			: [
					invalid(
						'spec.versions',
						versions.map(([, version]) => version),
						'must have exactly one version marked as storage version',
					),
				]),
		...versions.flatMap(([field, version]) => {
			const schema = at(version, 'schema')?.openAPIV3Schema;
			if (!isMap(schema)) return [required(`${field}.schema.openAPIV3Schema`)];
			const at1 = versions.length === 1 ? 'spec.validation.openAPIV3Schema' : `${field}.schema.openAPIV3Schema`;
			return validateStructure(at1, schema);
		}),
	];
};

/** A structural schema says a type wherever it describes a field (KEP-1002). */
function validateStructure(field: string, schema: Readonly<Record<string, unknown>>): FieldProblem[] {
	const isOpen =
		schema['x-kubernetes-int-or-string'] === true || schema['x-kubernetes-preserve-unknown-fields'] === true;
	const problems =
		schema.type || isOpen ? [] : [required(`${field}.type`, 'must not be empty for specified object fields')];
	for (const [name, child] of Object.entries(at(schema, 'properties') ?? {})) {
		if (isMap(child)) problems.push(...validateStructure(`${field}.properties[${name}]`, child));
	}
	for (const name of ['items', 'additionalProperties']) {
		const child = schema[name];
		if (isMap(child)) problems.push(...validateStructure(`${field}.${name}`, child));
	}
	return problems;
}
