/** Asks the API server what we may do (SelfSubjectAccessReview). Everybody may ask. */
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import {asMap} from './kubeconfig-files.ts';
import type {Requester} from './requester.ts';
import type {Timing} from './timing.ts';

/** @param kind its resource may name a subresource: `deployments/scale`. @param namespace empty: in all of them. */
export async function askAccess(
	requester: Requester,
	timing: Timing,
	verb: string,
	kind: Pick<ResourceKind, 'group' | 'resource'>,
	namespace: string,
): Promise<boolean> {
	const [resource = '', subresource] = kind.resource.split('/');
	const answer = await requester.json({
		method: 'POST',
		path: '/apis/authorization.k8s.io/v1/selfsubjectaccessreviews',
		accept: 'application/json',
		contentType: 'application/json',
		timeoutMilliseconds: timing.readMilliseconds,
		body: JSON.stringify({
			apiVersion: 'authorization.k8s.io/v1',
			kind: 'SelfSubjectAccessReview',
			spec: {
				resourceAttributes: {
					verb,
					group: kind.group,
					resource,
					...(subresource ? {subresource} : {}),
					...(namespace ? {namespace} : {}),
				},
			},
		}),
		subject: {
			verb: 'create',
			group: 'authorization.k8s.io',
			kind: 'SelfSubjectAccessReview',
			resource: 'selfsubjectaccessreviews',
			namespace: '',
			name: '',
		},
		// It stores nothing.
		safety: 'repeatable',
		counts: 'reads',
	});
	return asMap(answer.status).allowed === true;
}
