import {isMap} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {each} from '../defaults/fill.ts';
import type {KindSchema} from '../type.ts';
import {checkUnchanged} from './check.ts';
import {
	dnsLabel,
	dnsSubdomain,
	type Format,
	labelKeyProblems,
	labelText,
	namespaceName,
	pathSegment,
} from './formats.ts';
import {type FieldProblem, forbidden, invalid, required, tooLong} from './problem.ts';

/** Kinds whose names are not DNS subdomains, by group and kind. */
const nameFormats: Readonly<Record<string, Format>> = {
	'/Service': dnsLabel,
	'/Namespace': namespaceName,
	'rbac.authorization.k8s.io/Role': pathSegment,
	'rbac.authorization.k8s.io/ClusterRole': pathSegment,
	'rbac.authorization.k8s.io/RoleBinding': pathSegment,
	'rbac.authorization.k8s.io/ClusterRoleBinding': pathSegment,
};

/** 256 KiB, keys and values together. */
const annotationLimit = 262_144;

export function validateMetadata(
	schema: KindSchema,
	object: KubernetesObject,
	before: KubernetesObject | null,
): FieldProblem[] {
	const {metadata} = object;
	return [
		...(before ? [] : validateName(schema, object)),
		...validateLabels('metadata.labels', metadata.labels),
		...validateAnnotations('metadata.annotations', metadata.annotations),
		...validateOwners(metadata.ownerReferences),
		...(metadata.finalizers ?? []).flatMap((name, index) => validateFinalizer(`metadata.finalizers[${index}]`, name)),
		...(before ? validateChange(object, before) : []),
	];
}

function validateName(schema: KindSchema, {metadata}: KubernetesObject): FieldProblem[] {
	const format = nameFormats[`${schema.group}/${schema.kind}`] ?? dnsSubdomain;
	if (!metadata.name) {
		if (!metadata.generateName) return [required('metadata.name', 'name or generateName is required')];
		const problem = format(metadata.generateName.replace(/[-.]+$/, 'a'));
		return problem ? [invalid('metadata.generateName', metadata.generateName, problem)] : [];
	}
	const problem = format(metadata.name);
	return problem ? [invalid('metadata.name', metadata.name, problem)] : [];
}

/** The last one is the server's own, on CRDs. */
const standardFinalizers = ['kubernetes', 'orphan', 'foregroundDeletion', 'customresourcecleanup.apiextensions.k8s.io'];

function validateFinalizer(field: string, name: string): FieldProblem[] {
	const problems = labelKeyProblems(name).map(problem => invalid(field, name, problem));
	if (problems.length > 0 || name.includes('/') || standardFinalizers.includes(name)) return problems;
	return [invalid(field, name, 'name is neither a standard finalizer name nor is it fully qualified')];
}

export function validateLabels(field: string, labels: unknown): FieldProblem[] {
	if (!isMap(labels)) return [];
	return Object.entries(labels).flatMap(([name, value]) => {
		const valueProblem = labelText(String(value));
		return [
			...labelKeyProblems(name).map(problem => invalid(field, name, problem)),
			...(valueProblem ? [invalid(field, value, valueProblem)] : []),
		];
	});
}

export function validateAnnotations(field: string, annotations: unknown): FieldProblem[] {
	if (!isMap(annotations)) return [];
	let size = 0;
	const problems = Object.entries(annotations).flatMap(([name, value]) => {
		size += Buffer.byteLength(name) + Buffer.byteLength(String(value));
		return labelKeyProblems(name.toLowerCase()).map(problem => invalid(field, name, problem));
	});
	return size > annotationLimit ? [...problems, tooLong(field, annotationLimit)] : problems;
}

function validateOwners(owners: unknown): FieldProblem[] {
	const problems: FieldProblem[] = [];
	let controllers = 0;
	const field = 'metadata.ownerReferences';
	for (const owner of each(owners)) {
		if (!owner.apiVersion) problems.push(invalid(`${field}.apiVersion`, '', 'version must not be empty'));
		for (const name of ['kind', 'name', 'uid']) {
			if (!owner[name]) problems.push(invalid(`${field}.${name}`, '', 'must not be empty'));
		}
		if (owner.controller === true) controllers++;
	}
	return controllers > 1
		? [...problems, invalid(field, owners, 'Only one reference can have Controller set to true')]
		: problems;
}

/** A name as `%#v` writes a list of texts. */
function printTexts(texts: readonly string[]): string {
	return `[]string{${texts.map(text => JSON.stringify(text)).join(', ')}}`;
}

function validateChange({metadata}: KubernetesObject, before: KubernetesObject): FieldProblem[] {
	const old = before.metadata;
	const problems = [
		...checkUnchanged('metadata.name', metadata.name, old.name),
		...checkUnchanged('metadata.namespace', metadata.namespace ?? '', old.namespace ?? ''),
	];
	// These two are checked by the storage and by the kind, and both say so.
	if (old.deletionTimestamp) {
		const added = (metadata.finalizers ?? []).filter(name => !(old.finalizers ?? []).includes(name));
		if (added.length > 0) {
			const problem = forbidden(
				'metadata.finalizers',
				`no new finalizers can be added if the object is being deleted, found new finalizers ${printTexts(added)}`,
			);
			problems.push(problem, problem);
		}
	}
	if (metadata.uid && old.uid && metadata.uid !== old.uid) {
		const problem = invalid('metadata.uid', metadata.uid, 'field is immutable');
		problems.push(problem, problem);
	}
	return problems;
}
