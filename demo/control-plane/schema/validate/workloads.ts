import {isEqual, isMap} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {at, each} from '../defaults/fill.ts';
import {checkNotNegative, checkUnchanged, selects} from './check.ts';
import {validatePodSpec, validateTemplate} from './pod.ts';
import {type FieldProblem, forbidden, invalid, required} from './problem.ts';

type Validate = (object: KubernetesObject, before: KubernetesObject | null) => FieldProblem[];

const always = ['Always'];

/** What a selector and the labels of the template below it must be to each other. */
function validateSelector(spec: Readonly<Record<string, unknown>>): FieldProblem[] {
	const {selector} = spec;
	const template = at(spec, 'template');
	const labels = at(template, 'metadata')?.labels ?? null;
	const mismatch =
		template && !selects(selector, labels)
			? [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]
			: [];
	if (!isMap(selector)) return [required('spec.selector'), ...mismatch];
	const requirements = Object.keys(at(selector, 'matchLabels') ?? {}).length + each(selector.matchExpressions).length;
	return requirements === 0
		? [invalid('spec.selector', selector, 'empty selector is invalid for deployment')]
		: mismatch;
}

function workload({isScaled, isSelectorFixed}: {isScaled: boolean; isSelectorFixed: boolean}): Validate {
	return (object, before) => {
		const spec = at(object, 'spec') ?? {};
		return [
			...(isScaled ? checkNotNegative('spec.replicas', spec.replicas) : []),
			...checkNotNegative('spec.minReadySeconds', spec.minReadySeconds),
			...checkNotNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
			...validateSelector(spec),
			...validateTemplate('spec.template', spec.template, always),
			...(before && isSelectorFixed
				? checkUnchanged('spec.selector', spec.selector, at(before, 'spec')?.selector)
				: []),
		];
	};
}

export const validateDeployment = workload({isScaled: true, isSelectorFixed: true});
export const validateReplicaSet = workload({isScaled: true, isSelectorFixed: true});
export const validateDaemonSet = workload({isScaled: false, isSelectorFixed: true});

const statefulSetBase = workload({isScaled: true, isSelectorFixed: false});

/** Fields of a StatefulSet's spec that may change. */
const openStatefulSetFields = [
	'replicas',
	'ordinals',
	'template',
	'updateStrategy',
	'revisionHistoryLimit',
	'persistentVolumeClaimRetentionPolicy',
	'minReadySeconds',
];

export const validateStatefulSet: Validate = (object, before) => {
	const problems = statefulSetBase(object, before);
	if (!before) return problems;
	const fixed = (spec: unknown): unknown =>
		Object.fromEntries(
			Object.entries(isMap(spec) ? spec : {}).filter(([name]) => !openStatefulSetFields.includes(name)),
		);
	if (isEqual(fixed(object.spec), fixed(before.spec))) return problems;
	const names = openStatefulSetFields.map(name => `'${name}'`);
	return [
		...problems,
		forbidden(
			'spec',
			`updates to statefulset spec for fields other than ${names.slice(0, -1).join(', ')} and ${names.at(-1)} are forbidden`,
		),
	];
};

const oneShot = ['OnFailure', 'Never'];

export const validateJob: Validate = (object, before) => {
	const spec = at(object, 'spec') ?? {};
	const old = before && (at(before, 'spec') ?? {});
	const isStopped = old?.suspend === true;
	return [
		...['parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'].flatMap(
			name => checkNotNegative(`spec.${name}`, spec[name]),
		),
		...validateTemplate('spec.template', spec.template, oneShot),
		...(old
			? [
					...checkUnchanged('spec.completions', spec.completions, old.completions),
					...checkUnchanged('spec.selector', spec.selector, old.selector),
					// While it is suspended, scheduling directives may still change.
					...(isStopped ? [] : checkUnchanged('spec.template', spec.template, old.template)),
					...checkUnchanged('spec.completionMode', spec.completionMode, old.completionMode),
				]
			: []),
	];
};

export const validateCronJob: Validate = object => {
	const spec = at(object, 'spec') ?? {};
	return [
		...(spec.schedule ? [] : [required('spec.schedule')]),
		...checkNotNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
		...checkNotNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
		...checkNotNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
		...validateTemplate('spec.jobTemplate.spec.template', at(spec, 'jobTemplate', 'spec')?.template, oneShot),
	];
};

const openPodFields =
	'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export const validatePod: Validate = (object, before) => {
	const problems = validatePodSpec('spec', object.spec);
	if (!before || isEqual(fixedPodSpec(object.spec), fixedPodSpec(before.spec))) return problems;
	return [...problems, forbidden('spec', openPodFields)];
};

/** A pod's spec without what may change, and what binding sets. */
function fixedPodSpec(spec: unknown): unknown {
	if (!isMap(spec)) return spec;
	const {activeDeadlineSeconds: _a, tolerations: _b, terminationGracePeriodSeconds: _c, nodeName: _d, ...rest} = spec;
	const withoutImages = (list: unknown): unknown => each(list).map(({image: _image, ...container}) => container);
	return {...rest, containers: withoutImages(rest.containers), initContainers: withoutImages(rest.initContainers)};
}
