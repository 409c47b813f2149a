import type {KubernetesObject} from '../../../source/model/object.ts';
import {type Context, printTime} from '../api/context.ts';
import {apiVersionOfKind, type Resource} from '../kinds/resource.ts';
import {reasonToAllow, rulesOf} from './authorize.ts';
import {administrators, type User} from './users.ts';

interface ResourceAttributes {
	readonly namespace?: string;
	readonly verb?: string;
	readonly group?: string;
	readonly resource?: string;
	readonly subresource?: string;
	readonly name?: string;
}

interface ReviewSpec {
	readonly namespace?: string;
	readonly user?: string;
	readonly groups?: readonly string[];
	readonly resourceAttributes?: ResourceAttributes;
	readonly nonResourceAttributes?: {readonly path?: string};
}

/** Answers a question about rights or identity. Nothing is stored. */
export function answerReview(
	context: Context,
	resource: Resource,
	sent: KubernetesObject,
	user: User,
): KubernetesObject {
	const spec = (sent.spec ?? {}) as ReviewSpec;
	const answer = {
		kind: resource.kind,
		apiVersion: apiVersionOfKind(resource),
		metadata: {} as KubernetesObject['metadata'],
	};
	switch (resource.kind) {
		case 'SelfSubjectReview':
			return {
				...answer,
				metadata: {creationTimestamp: printTime(context.now())} as KubernetesObject['metadata'],
				status: {userInfo: {username: user.name, uid: user.name, groups: user.groups}},
			};
		case 'SelfSubjectRulesReview':
			return {
				...answer,
				spec: {},
				status: {
					resourceRules: rulesOf(context, user, spec.namespace ?? 'default'),
					nonResourceRules: user.groups.includes(administrators)
						? [{verbs: ['*'], nonResourceURLs: ['*']}]
						: [
								{verbs: ['get'], nonResourceURLs: [...discovery, ...health].sort()},
								{verbs: ['get'], nonResourceURLs: health},
							],
					incomplete: false,
				},
			};
		default: {
			const subject = spec.user ? {name: spec.user, token: '-', groups: spec.groups ?? []} : user;
			return {...answer, spec: sent.spec, status: accessStatus(context, subject, spec)};
		}
	}
}

/** What is told to everybody, and to those who are nobody as well. */
const health = ['/healthz', '/livez', '/readyz', '/version', '/version/'];
const discovery = ['/api', '/api/*', '/apis', '/apis/*', '/openapi', '/openapi/*'];

function accessStatus(context: Context, user: User, {resourceAttributes, nonResourceAttributes}: ReviewSpec): object {
	if (nonResourceAttributes) return {allowed: true};
	const {namespace = '', verb = '', group = '', resource = '', subresource, name = ''} = resourceAttributes ?? {};
	const asked = subresource ? `${resource}/${subresource}` : resource;
	const reason = reasonToAllow(context, user, {verb, group, resource: asked, namespace, name});
	if (reason === null) return {allowed: false};
	return {allowed: true, ...(reason ? {reason} : {})};
}
