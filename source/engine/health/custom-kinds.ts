import type {HealthStatus} from '../../model/status.ts';
import {degraded, healthy, progressing, suspended, unknown} from './answers.ts';
import {readConditions} from './conditions.ts';
import {conditionHealth, conditionsRule, customHealth} from './custom.ts';
import {isTrueAt, mapsAt, textAt} from './fields.ts';
import type {HealthRule} from './types.ts';

const answers = {
	Healthy: healthy,
	Progressing: progressing,
	Degraded: degraded,
	Suspended: suspended,
	Missing: degraded,
	Unknown: unknown,
} as const;

/** A rule for a kind that reports one word; words that are not in the table mean work in progress. */
function wordRule(path: string, messagePath: string, words: Readonly<Record<string, HealthStatus>>): HealthRule {
	const known = new Map(Object.entries(words));
	return (object, context) => {
		const word = textAt(object, path);
		if (word === '') return customHealth(object, context);
		const status = known.get(word) ?? 'Progressing';
		const message = textAt(object, messagePath);
		if (message !== '') return answers[status](message);
		return answers[status](status === 'Healthy' ? undefined : `it is ${word}`);
	};
}

/** A route is served when every gateway it names accepts it and finds what it refers to. */
const routeHealth: HealthRule = (object, context) => {
	for (const parent of mapsAt(object, 'status.parents')) {
		const conditions = readConditions(parent, 'conditions');
		const health = conditionHealth(object, conditions, context, ['Accepted', 'ResolvedRefs']);
		if (health && health.status !== 'Healthy') return health;
	}
	return mapsAt(object, 'status.parents').length > 0 ? healthy() : customHealth(object, context);
};

/** Unless somebody stopped it. */
function unlessTrue(path: string, message: string, rule: HealthRule): HealthRule {
	return (object, context) => (isTrueAt(object, path) ? suspended(message) : rule(object, context));
}

const gateway = 'gateway.networking.k8s.io';
const fluxSuspendable = unlessTrue('spec.suspend', 'is suspended', customHealth);

/** Kinds whose own words are known, by `Kind.group`. Everything else follows the general rules. */
export const customKinds: ReadonlyMap<string, HealthRule> = new Map<string, HealthRule>([
	[
		'Application.argoproj.io',
		wordRule('status.health.status', 'status.health.message', {
			Healthy: 'Healthy',
			Degraded: 'Degraded',
			Missing: 'Degraded',
			Suspended: 'Suspended',
			Unknown: 'Unknown',
		}),
	],
	[
		'Rollout.argoproj.io',
		wordRule('status.phase', 'status.message', {Healthy: 'Healthy', Degraded: 'Degraded', Paused: 'Suspended'}),
	],
	[
		'Workflow.argoproj.io',
		wordRule('status.phase', 'status.message', {Succeeded: 'Healthy', Failed: 'Degraded', Error: 'Degraded'}),
	],
	['SealedSecret.bitnami.com', conditionsRule('Synced')],
	[`Gateway.${gateway}`, conditionsRule('Accepted', 'Programmed')],
	[`GatewayClass.${gateway}`, conditionsRule('Accepted')],
	[`GRPCRoute.${gateway}`, routeHealth],
	[`HTTPRoute.${gateway}`, routeHealth],
	[`TCPRoute.${gateway}`, routeHealth],
	[`TLSRoute.${gateway}`, routeHealth],
	[`UDPRoute.${gateway}`, routeHealth],
	['GitRepository.source.toolkit.fluxcd.io', fluxSuspendable],
	['HelmRelease.helm.toolkit.fluxcd.io', fluxSuspendable],
	['Kustomization.kustomize.toolkit.fluxcd.io', fluxSuspendable],
	['PipelineRun.tekton.dev', conditionsRule('Succeeded')],
	['TaskRun.tekton.dev', conditionsRule('Succeeded')],
]);
