import type {KubernetesObject} from '../../../../source/model/object.ts';
import {printSelector} from '../../api/scale.ts';
import {printAge, printDuration} from '../duration.ts';
import {
	ageColumn,
	at,
	type Column,
	containers,
	count,
	images,
	listAt,
	nameColumn,
	orNone,
	printLabels,
} from './column.ts';

const template = ['spec', 'template', 'spec'];

const selector: Column = {
	name: 'Selector',
	isWide: true,
	cell: object => printSelector(at(object, 'spec', 'selector') as Parameters<typeof printSelector>[0]),
};

const number = (object: KubernetesObject, ...path: readonly string[]): number => Number(at(object, ...path) ?? 0);

const ready: Column = {
	name: 'Ready',
	cell: object => `${number(object, 'status', 'readyReplicas')}/${number(object, 'spec', 'replicas')}`,
};

export const deploymentColumns: readonly Column[] = [
	nameColumn,
	ready,
	{...count('Up-to-date', 'status', 'updatedReplicas'), type: 'string'},
	{...count('Available', 'status', 'availableReplicas'), type: 'string'},
	ageColumn,
	containers(template),
	images(template),
	selector,
];

export const replicaSetColumns: readonly Column[] = [
	nameColumn,
	count('Desired', 'spec', 'replicas'),
	count('Current', 'status', 'replicas'),
	count('Ready', 'status', 'readyReplicas'),
	ageColumn,
	containers(template),
	images(template),
	selector,
];

export const statefulSetColumns: readonly Column[] = [
	nameColumn,
	ready,
	ageColumn,
	containers(template),
	images(template),
];

export const daemonSetColumns: readonly Column[] = [
	nameColumn,
	count('Desired', 'status', 'desiredNumberScheduled'),
	count('Current', 'status', 'currentNumberScheduled'),
	count('Ready', 'status', 'numberReady'),
	count('Up-to-date', 'status', 'updatedNumberScheduled'),
	count('Available', 'status', 'numberAvailable'),
	{name: 'Node Selector', cell: object => printLabels(at(object, ...template, 'nodeSelector'))},
	ageColumn,
	containers(template),
	images(template),
	selector,
];

const hasCondition = (object: KubernetesObject, wanted: string): boolean =>
	listAt(object, 'status', 'conditions').some(({type, status}) => type === wanted && status === 'True');

function jobStatus(job: KubernetesObject): string {
	for (const [condition, word] of [
		['Complete', 'Complete'],
		['Failed', 'Failed'],
		['Suspended', 'Suspended'],
		['FailureTarget', 'FailureTarget'],
		['SuccessCriteriaMet', 'SuccessCriteriaMet'],
	] as const) {
		if (hasCondition(job, condition)) return word;
	}
	return job.metadata.deletionTimestamp ? 'Terminating' : 'Running';
}

function completions(job: KubernetesObject): string {
	const succeeded = number(job, 'status', 'succeeded');
	const wanted = at(job, 'spec', 'completions');
	if (wanted !== undefined) return `${succeeded}/${wanted}`;
	const parallelism = number(job, 'spec', 'parallelism');
	return parallelism > 1 ? `${succeeded}/1 of ${parallelism}` : `${succeeded}/1`;
}

function jobDuration(job: KubernetesObject, now: number): string {
	const start = at(job, 'status', 'startTime');
	const end = at(job, 'status', 'completionTime');
	if (typeof start !== 'string') return '';
	return printDuration((typeof end === 'string' ? Date.parse(end) : now) - Date.parse(start));
}

export const jobColumns: readonly Column[] = [
	nameColumn,
	{name: 'Status', cell: jobStatus},
	{name: 'Completions', cell: completions},
	{name: 'Duration', cell: jobDuration},
	ageColumn,
	containers(template),
	images(template),
	selector,
];

const jobTemplate = ['spec', 'jobTemplate', 'spec', 'template', 'spec'];

export const cronJobColumns: readonly Column[] = [
	nameColumn,
	{name: 'Schedule', cell: object => orNone(at(object, 'spec', 'schedule'))},
	{name: 'Timezone', cell: object => orNone(at(object, 'spec', 'timeZone'))},
	{name: 'Suspend', type: 'boolean', cell: object => (at(object, 'spec', 'suspend') ? 'True' : 'False')},
	{name: 'Active', type: 'integer', cell: object => listAt(object, 'status', 'active').length},
	{
		name: 'Last Schedule',
		cell: (object, now) => {
			const last = at(object, 'status', 'lastScheduleTime');
			return typeof last === 'string' ? printAge(last, now) : '<none>';
		},
	},
	ageColumn,
	containers(jobTemplate),
	images(jobTemplate),
	{
		name: 'Selector',
		isWide: true,
		cell: object => printLabels(at(object, 'spec', 'jobTemplate', 'spec', 'selector', 'matchLabels')),
	},
];

/** `cpu: <unknown>/80%`: what is measured and what is aimed at. */
function autoscalerTargets(object: KubernetesObject): string {
	const metrics = listAt(object, 'spec', 'metrics');
	const texts = metrics.map((metric, index) => {
		const current = listAt(object, 'status', 'currentMetrics')[index];
		const name = at(metric, 'resource', 'name');
		const aim = at(metric, 'resource', 'target', 'averageUtilization');
		const actual = at(current, 'resource', 'current', 'averageUtilization');
		if (aim !== undefined) return `${name}: ${actual === undefined ? '<unknown>' : `${actual}%`}/${aim}%`;
		const value = at(metric, 'resource', 'target', 'averageValue');
		return `${name ?? at(metric, 'type')}: ${at(current, 'resource', 'current', 'averageValue') ?? '<unknown>'}/${value ?? '<auto>'}`;
	});
	return texts.length === 0 ? '<none>' : texts.join(', ');
}

export const autoscalerColumns: readonly Column[] = [
	nameColumn,
	{
		name: 'Reference',
		cell: object => `${at(object, 'spec', 'scaleTargetRef', 'kind')}/${at(object, 'spec', 'scaleTargetRef', 'name')}`,
	},
	{name: 'Targets', cell: autoscalerTargets},
	{name: 'MinPods', cell: object => String(at(object, 'spec', 'minReplicas') ?? '<unset>')},
	{name: 'MaxPods', cell: object => at(object, 'spec', 'maxReplicas')},
	{name: 'Replicas', cell: object => number(object, 'status', 'currentReplicas')},
	ageColumn,
];

export const disruptionBudgetColumns: readonly Column[] = [
	nameColumn,
	{name: 'Min Available', cell: object => String(at(object, 'spec', 'minAvailable') ?? 'N/A')},
	{name: 'Max Unavailable', cell: object => String(at(object, 'spec', 'maxUnavailable') ?? 'N/A')},
	count('Allowed Disruptions', 'status', 'disruptionsAllowed'),
	ageColumn,
];
