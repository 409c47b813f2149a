import {at, demand, each, fill, type Structure} from './fill.ts';

/** kubernetes pkg/apis/{networking,autoscaling,rbac,apiextensions,admissionregistration,scheduling}/…/defaults.go */

export function defaultNetworkPolicy(object: Structure): void {
	const spec = demand(object, 'spec');
	for (const direction of ['ingress', 'egress']) {
		for (const rule of each(spec[direction])) {
			for (const port of each(rule.ports)) fill(port, {protocol: 'TCP'});
		}
	}
	const hasEgress = each(spec.egress).length > 0;
	fill(spec, {policyTypes: hasEgress ? ['Ingress', 'Egress'] : ['Ingress']});
}

const scaleUp = {
	stabilizationWindowSeconds: 0,
	selectPolicy: 'Max',
	policies: [
		{type: 'Pods', value: 4, periodSeconds: 15},
		{type: 'Percent', value: 100, periodSeconds: 15},
	],
};

const scaleDown = {selectPolicy: 'Max', policies: [{type: 'Percent', value: 100, periodSeconds: 15}]};

export function defaultAutoscaler(object: Structure): void {
	const spec = demand(object, 'spec');
	fill(spec, {
		minReplicas: 1,
		metrics: [{type: 'Resource', resource: {name: 'cpu', target: {type: 'Utilization', averageUtilization: 80}}}],
	});
	const behavior = at(spec, 'behavior');
	if (!behavior) return;
	fill(demand(behavior, 'scaleUp'), scaleUp);
	fill(demand(behavior, 'scaleDown'), scaleDown);
}

export function defaultAutoscalerV1(object: Structure): void {
	fill(demand(object, 'spec'), {minReplicas: 1});
}

const rbacGroup = 'rbac.authorization.k8s.io';

export function defaultBinding(object: Structure): void {
	const reference = at(object, 'roleRef');
	if (reference && !reference.apiGroup) reference.apiGroup = rbacGroup;
	for (const subject of each(object.subjects)) {
		if (subject.kind === 'User' || subject.kind === 'Group') fill(subject, {apiGroup: rbacGroup});
	}
}

export function defaultDefinition(object: Structure): void {
	const spec = demand(object, 'spec');
	const names = demand(spec, 'names');
	const kind = String(names.kind ?? '');
	fill(names, {singular: kind.toLowerCase(), listKind: `${kind}List`});
	fill(spec, {conversion: {strategy: 'None'}});
}

export function defaultIngressClass(object: Structure): void {
	const parameters = at(object, 'spec', 'parameters');
	if (parameters) fill(parameters, {scope: 'Cluster'});
}

export function defaultPriorityClass(object: Structure): void {
	fill(object, {preemptionPolicy: 'PreemptLowerPriority'});
}

const matchEverything = {namespaceSelector: {}, objectSelector: {}, matchPolicy: 'Equivalent'};

export function defaultAdmissionPolicy(object: Structure): void {
	const spec = demand(object, 'spec');
	fill(spec, {failurePolicy: 'Fail'});
	defaultMatch(at(spec, 'matchConstraints'));
}

export function defaultAdmissionPolicyBinding(object: Structure): void {
	defaultMatch(at(object, 'spec', 'matchResources'));
}

function defaultMatch(match: Structure | undefined): void {
	if (!match) return;
	fill(match, matchEverything);
	for (const list of ['resourceRules', 'excludeResourceRules']) {
		for (const rule of each(match[list])) fill(rule, {scope: '*'});
	}
}

export function defaultWebhooks(object: Structure): void {
	for (const webhook of each(object.webhooks)) {
		fill(webhook, {failurePolicy: 'Fail', timeoutSeconds: 10, ...matchEverything});
		if (object.kind === 'MutatingWebhookConfiguration') fill(webhook, {reinvocationPolicy: 'Never'});
		for (const rule of each(webhook.rules)) fill(rule, {scope: '*'});
		const service = at(webhook, 'clientConfig', 'service');
		if (service) fill(service, {port: 443});
	}
}
