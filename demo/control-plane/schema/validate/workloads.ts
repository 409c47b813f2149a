import {isEqual, isMap} from '../../../../source/engine/fields/equal.ts';
import type {KubernetesObject} from '../../../../source/model/object.ts';
import {at, each} from '../defaults/fill.ts';
import {checkNotNegative, checkUnchanged, selects} from './check.ts';
import {validatePodSpec, validateRestartPolicy, validateTemplate} from './pod.ts';
import {type FieldProblem, forbidden, invalid, notSupported, required, Shown} from './problem.ts';

type Validate = (object: KubernetesObject, before: KubernetesObject | null) => FieldProblem[];

/** What a selector and the labels of the template below it must be to each other; `noun` is the server's word for the kind. */
function validateSelector(spec: Spec, noun: string, isRequiredSaid = true): FieldProblem[] {
	const {selector} = spec;
	const template = at(spec, 'template');
	const labels = at(template, 'metadata')?.labels ?? null;
	const mismatch =
		template && !selects(selector, labels)
			? [invalid('spec.template.metadata.labels', labels, '`selector` does not match template `labels`')]
			: [];
	if (!isMap(selector)) return [...(isRequiredSaid ? [required('spec.selector')] : []), ...mismatch];
	const requirements = Object.keys(at(selector, 'matchLabels') ?? {}).length + each(selector.matchExpressions).length;
	return requirements === 0 ? [invalid('spec.selector', selector, `empty selector is invalid for ${noun}`)] : mismatch;
}

type Spec = Readonly<Record<string, unknown>>;

function template(spec: Spec): FieldProblem[] {
	return [
		...validateTemplate('spec.template', spec.template),
		...validateRestartPolicy('spec.template', spec.template, false),
	];
}

function unchangedSelector(spec: Spec, before: KubernetesObject | null): FieldProblem[] {
	return before ? checkUnchanged('spec.selector', spec.selector, at(before, 'spec')?.selector) : [];
}

const strategies = ['Recreate', 'RollingUpdate'];

function validateStrategy(spec: Spec): FieldProblem[] {
	const strategy = at(spec, 'strategy') ?? {};
	const {type} = strategy;
	const rolling = at(strategy, 'rollingUpdate');
	if (!strategies.includes(String(type))) {
		return [notSupported('spec.strategy', new Shown({Type: type, RollingUpdate: rolling ?? null}), strategies)];
	}
	if (type === 'Recreate') {
		return rolling
			? [forbidden('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'")]
			: [];
	}
	const isZero = (value: unknown): boolean => value === 0 || value === '0%';
	return rolling && isZero(rolling.maxSurge) && isZero(rolling.maxUnavailable)
		? [
				invalid(
					'spec.strategy.rollingUpdate.maxUnavailable',
					rolling.maxUnavailable,
					'may not be 0 when `maxSurge` is 0',
				),
			]
		: [];
}

export const validateDeployment: Validate = (object, before) => {
	const spec = at(object, 'spec') ?? {};
	const {progressDeadlineSeconds, minReadySeconds = 0} = spec;
	return [
		...checkNotNegative('spec.replicas', spec.replicas),
		...validateSelector(spec, 'deployment'),
		...template(spec),
		...validateStrategy(spec),
		...checkNotNegative('spec.minReadySeconds', minReadySeconds),
		...checkNotNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
		...checkNotNegative('spec.progressDeadlineSeconds', progressDeadlineSeconds),
		...(progressDeadlineSeconds !== undefined && Number(progressDeadlineSeconds) <= Number(minReadySeconds)
			? [invalid('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds')]
			: []),
		...unchangedSelector(spec, before),
	];
};

export const validateReplicaSet: Validate = (object, before) => {
	const spec = at(object, 'spec') ?? {};
	return [
		...checkNotNegative('spec.replicas', spec.replicas),
		...checkNotNegative('spec.minReadySeconds', spec.minReadySeconds),
		...validateSelector(spec, 'deployment'),
		...template(spec),
		...unchangedSelector(spec, before),
	];
};

export const validateDaemonSet: Validate = (object, before) => {
	const spec = at(object, 'spec') ?? {};
	return [
		...validateSelector(spec, 'daemonset', false),
		...template(spec),
		...checkNotNegative('spec.minReadySeconds', spec.minReadySeconds),
		...checkNotNegative('spec.revisionHistoryLimit', spec.revisionHistoryLimit),
		...unchangedSelector(spec, before),
	];
};

const podManagementPolicies = ['OrderedReady', 'Parallel'];

function validateStatefulSetSpec(object: KubernetesObject): FieldProblem[] {
	const spec = at(object, 'spec') ?? {};
	const policy = spec.podManagementPolicy;
	return [
		...(podManagementPolicies.includes(String(policy))
			? []
			: [invalid('spec.podManagementPolicy', policy, "must be 'OrderedReady' or 'Parallel'")]),
		...checkNotNegative('spec.replicas', spec.replicas),
		...checkNotNegative('spec.minReadySeconds', spec.minReadySeconds),
		...validateSelector(spec, 'statefulset'),
		...template(spec),
	];
}

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
	const problems = validateStatefulSetSpec(object);
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

export const validateJob: Validate = (object, before) => {
	const spec = at(object, 'spec') ?? {};
	const old = before && (at(before, 'spec') ?? {});
	const isStopped = old?.suspend === true;
	return [
		...['parallelism', 'completions', 'backoffLimit', 'activeDeadlineSeconds', 'ttlSecondsAfterFinished'].flatMap(
			name => checkNotNegative(`spec.${name}`, spec[name]),
		),
		...validateTemplate('spec.template', spec.template),
		...validateRestartPolicy('spec.template', spec.template, true),
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

const concurrencyPolicies = ['Allow', 'Forbid', 'Replace'];

export const validateCronJob: Validate = object => {
	const spec = at(object, 'spec') ?? {};
	const {template: jobTemplate} = at(spec, 'jobTemplate', 'spec') ?? {};
	const field = 'spec.jobTemplate.spec.template';
	return [
		...validateSchedule(spec.schedule),
		...checkNotNegative('spec.startingDeadlineSeconds', spec.startingDeadlineSeconds),
		...(concurrencyPolicies.includes(String(spec.concurrencyPolicy))
			? []
			: [notSupported('spec.concurrencyPolicy', spec.concurrencyPolicy, concurrencyPolicies)]),
		...checkNotNegative('spec.successfulJobsHistoryLimit', spec.successfulJobsHistoryLimit),
		...checkNotNegative('spec.failedJobsHistoryLimit', spec.failedJobsHistoryLimit),
		...validateTemplate(field, jobTemplate),
		...validateRestartPolicy(field, jobTemplate, true),
		...(object.metadata.name?.length > 52
			? [invalid('metadata.name', object.metadata.name, 'must be no more than 52 characters')]
			: []),
	];
};

/** Only the number of fields is checked here; `@hourly` and the like have none. */
function validateSchedule(schedule: unknown): FieldProblem[] {
	if (!schedule) return [required('spec.schedule')];
	const fields = String(schedule).trim().split(/\s+/);
	return fields.length === 5 || String(schedule).startsWith('@')
		? []
		: [invalid('spec.schedule', schedule, `expected exactly 5 fields, found ${fields.length}: [${fields.join(' ')}]`)];
}

const restartPolicies = ['Always', 'OnFailure', 'Never'];

const openPodFields =
	'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

export const validatePod: Validate = (object, before) => {
	const policy = at(object, 'spec')?.restartPolicy;
	const problems = [
		...(restartPolicies.includes(String(policy)) ? [] : [notSupported('spec.restartPolicy', policy, restartPolicies)]),
		...validatePodSpec('spec', object.spec),
	];
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
