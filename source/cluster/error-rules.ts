/**
 * The codes of everything that an API server may refuse, as one table: first match wins. The texts were recorded from
 * Kubernetes 1.33 and 1.36; where Kubernetes has no reason of its own for a case, its sentence decides.
 */
import {boundedText} from '../model/text.ts';
import type {ApiStatus} from './status.ts';
import type {Subject} from './subject.ts';

export interface Explanation {
	readonly code: string;
	/** Goes before the server's own words; empty when those say enough. */
	readonly summary: string;
	readonly hint: string;
	/** The server's words hold names only: a Secret's values need not be masked in them. */
	readonly isValueFree: boolean;
}

interface Rule {
	readonly code: string;
	readonly status?: readonly number[];
	readonly reason?: string;
	/** Tested against the server's message. */
	readonly says?: RegExp;
	/** Reason of one of the causes. */
	readonly cause?: string;
	readonly test?: (subject: Subject, answer: ApiStatus) => boolean;
	readonly summary?: string | ((answer: ApiStatus) => string);
	readonly hint?: string | ((subject: Subject, answer: ApiStatus, context: string) => string);
	readonly isValueFree?: true;
}

/** Faults of the store behind the API server that pass by themselves. */
const passing =
	/etcdserver: |etcd cluster|leader changed|rpc error: code = (Unavailable|Unknown)|context deadline exceeded/;

const immutable =
	/field is immutable|may not change once set|cannot change roleRef|updates to \S+ spec for fields other than|may not change fields other than|is immutable when/;

export const rules: readonly Rule[] = [
	// What says the same under several statuses.
	{
		code: 'AdmissionDenied',
		status: [400, 403, 409, 422],
		says: /admission webhook "[^"]*" denied the request|ValidatingAdmissionPolicy '[^']*' with binding '[^']*' denied|violates PodSecurity/,
		hint: 'a policy of this cluster forbids it: change the manifest, or ask whoever owns the policy',
	},

	{
		code: 'Unauthorized',
		status: [401],
		summary: 'the API server does not accept our credentials',
		hint: logInAgain,
		isValueFree: true,
	},

	{
		code: 'NamespaceTerminating',
		status: [403, 409],
		cause: 'NamespaceTerminating',
		isValueFree: true,
		hint: 'wait until the namespace is gone; kubectl get namespace -o yaml shows what holds it up',
	},
	{
		code: 'NamespaceTerminating',
		status: [403],
		says: /because it is being terminated/,
		isValueFree: true,
		hint: 'wait until the namespace is gone; kubectl get namespace -o yaml shows what holds it up',
	},
	{
		code: 'QuotaExceeded',
		status: [403],
		says: /exceeded quota|failed quota|maximum \S+ usage per/,
		hint: 'raise the ResourceQuota or LimitRange of the namespace, or ask for less',
	},
	{
		code: 'KindTerminating',
		status: [403],
		says: /custom resource definition is terminating/,
		isValueFree: true,
		hint: 'wait until the CustomResourceDefinition is gone, then apply it again',
	},
	{
		code: 'Forbidden',
		status: [403],
		says: /attempting to grant RBAC permissions not currently held/,
		summary: 'nobody may grant more than he has',
		hint: 'the user of this context needs these rights itself, or the verbs "escalate" and "bind"',
	},
	{
		code: 'Forbidden',
		status: [403],
		says: / cannot \S+ resource /,
		summary: 'not allowed',
		hint: askWhetherAllowed,
		isValueFree: true,
	},
	{code: 'Forbidden', status: [403], summary: 'not allowed'},

	{
		code: 'KindNotServed',
		isValueFree: true,
		status: [404],
		test: (_subject, answer) => !answer.isStatus || /could not find the requested resource/.test(answer.message),
		summary: 'the API server does not serve this kind',
		hint: 'is its CustomResourceDefinition installed, and is the version right? kubectl api-resources lists what is served',
	},
	{
		code: 'NamespaceNotFound',
		isValueFree: true,
		status: [404],
		test: (subject, answer) => answer.kind === 'namespaces' && subject.resource !== 'namespaces',
		hint: 'create the namespace first, or let the application create it (createNamespace)',
	},
	{code: 'NotFound', status: [404], isValueFree: true},
	{code: 'MethodNotAllowed', status: [405], hint: 'this kind cannot be used this way'},
	{code: 'NotAcceptable', status: [406]},

	{code: 'AlreadyExists', status: [409], reason: 'AlreadyExists', isValueFree: true},
	{
		code: 'Conflict',
		status: [409],
		cause: 'FieldManagerConflict',
		isValueFree: true,
		hint: 'another field manager owns these fields: take them over by force, or leave them out of the manifest',
	},
	{
		code: 'UidMismatch',
		status: [409],
		says: /uid mismatch|UID in the precondition/,
		isValueFree: true,
		hint: 'it was deleted, or deleted and created again, since it was last seen',
	},
	{
		code: 'UidMismatch',
		status: [422],
		test: (_subject, answer) => answer.causes.some(cause => cause.field === 'metadata.uid'),
		hint: 'it was deleted and created again since it was last seen',
	},
	{
		code: 'StaleResourceVersion',
		status: [409],
		says: /the object has been modified|ResourceVersion in the precondition|StorageError/,
		isValueFree: true,
		hint: 'somebody else changed it meanwhile; read it again, then try again',
	},
	{code: 'Conflict', status: [409]},
	{code: 'Expired', status: [410], hint: 'list again', isValueFree: true},
	{
		code: 'TooLarge',
		status: [413],
		hint: 'a request may have 3 MiB, a ConfigMap or Secret 1 MiB: split it',
	},
	{
		code: 'TooLarge',
		status: [422],
		cause: 'FieldValueTooLong',
		says: /may not be more than (1048576|262144) bytes/,
		hint: 'a ConfigMap or Secret may have 1 MiB of data, annotations 256 KiB: split it',
	},
	{
		code: 'ApplyNotSupported',
		status: [415],
		test: subject => subject.isApply === true,
		summary: 'the server of this kind does not know server-side apply',
	},
	{
		code: 'ImmutableField',
		status: [422],
		says: immutable,
		hint: 'such a field cannot be changed on an existing object: delete it, then it is created anew',
	},
	{
		code: 'PatchNotApplicable',
		status: [422],
		says: /^the server rejected our request due to an error in our request/,
		summary: 'a test or a path of the patch does not fit the object as it is now',
		hint: 'read it again, then try again',
	},
	{
		code: 'InvalidObject',
		status: [400, 422],
		says: /strict decoding error|error strict decoding|cannot be handled as a/,
		hint: 'compare the manifest with kubectl explain',
	},
	{code: 'Invalid', status: [422]},
	{
		code: 'TooManyRequests',
		status: [429],
		summary: 'the API server is overloaded and asks to wait',
		hint: 'kubectl get --raw /metrics | grep apiserver_flowcontrol_rejected shows which priority level is full',
	},

	{
		code: 'WebhookUnavailable',
		status: [500],
		says: /failed calling webhook|conversion webhook for/,
		summary: nameWebhook,
		hint: 'the webhook named must run again, or its configuration be removed or set to failurePolicy: Ignore',
	},
	{code: 'StorageUnavailable', status: [500], says: passing, hint: 'etcd behind the API server has trouble; try again'},
	{
		// A schema error under apply comes as 500 without a reason, whatever fieldValidation says.
		code: 'InvalidObject',
		status: [500],
		test: (subject, answer) => subject.isApply === true && answer.isStatus && answer.reason === '',
		summary: 'it does not fit its schema',
		hint: 'compare the manifest with kubectl explain',
	},
	{code: 'ServerError', status: [500, 501], summary: 'the API server failed'},
	{
		code: 'ServiceUnavailable',
		status: [503],
		says: /^service unavailable$/,
		summary: 'the service behind this API group does not answer',
		hint: 'kubectl get apiservices shows which ones are not available',
	},
	{
		code: 'ServiceUnavailable',
		status: [502, 503],
		summary: 'the API server, or what stands before it, is not available',
	},
	{code: 'Timeout', status: [408, 504], summary: 'the API server did not finish in time'},
	{
		code: 'RedirectRefused',
		status: [300, 301, 302, 303, 307, 308],
		summary: 'the server sends us elsewhere, and credentials are not taken elsewhere',
		hint: "check the server's address in the kubeconfig",
	},
];

/** Code, sentence and hint for an answer that is no success. */
export function explain(subject: Subject, answer: ApiStatus, context: string): Explanation {
	for (const rule of rules) {
		if (rule.status && !rule.status.includes(answer.status)) continue;
		if (rule.reason !== undefined && rule.reason !== answer.reason) continue;
		if (rule.says && !rule.says.test(answer.message)) continue;
		if (rule.cause && !answer.causes.some(cause => cause.reason === rule.cause)) continue;
		if (rule.test && !rule.test(subject, answer)) continue;
		const hint = typeof rule.hint === 'function' ? rule.hint(subject, answer, context) : rule.hint;
		const summary = typeof rule.summary === 'function' ? rule.summary(answer) : rule.summary;
		return {code: rule.code, summary: summary ?? '', hint: hint ?? '', isValueFree: rule.isValueFree ?? false};
	}
	return {
		code: answer.status >= 500 ? 'ServerError' : 'BadRequest',
		summary: `the API server answered ${answer.status}`,
		hint: '',
		isValueFree: false,
	};
}

/** The rest of the sentence is masked for Secrets, and who is down must be known for them too. */
function nameWebhook(answer: ApiStatus): string {
	const [, called, converted] =
		/calling webhook "([^"]+)"|conversion webhook for (\S+ Kind=\w+)/.exec(answer.message) ?? [];
	const name = called ?? converted;
	return name ? `the webhook ${boundedText(name, 200)} does not answer` : 'a webhook does not answer';
}

const plainWord = /^[\w.@:/-]+$/;

function logInAgain(_subject: Subject, _answer: ApiStatus, context: string): string {
	return plainWord.test(context)
		? `log in again, then try: kubectl --context ${context} get --raw /version`
		: 'log in again';
}

/** Verb and resource from the server's sentence: an apply that would create asks for "create" as well as "patch". */
function askWhetherAllowed(subject: Subject, answer: ApiStatus, context: string): string {
	const said = / cannot (\S+) resource "([^"]+)" in API group "([^"]*)"(?: in the namespace "([^"]*)")?/.exec(
		answer.message,
	);
	const [, verb = subject.verb, resource = subject.resource, group = subject.group, namespace = ''] = said ?? [];
	const words = [verb, group ? `${resource}.${group}` : resource, namespace, context];
	if (!words.every(word => word === '' || plainWord.test(word))) return 'ask for the right with kubectl auth can-i';
	const scope = namespace ? ` -n ${namespace}` : '';
	return `check with: kubectl --context ${context} auth can-i ${verb} ${words[1]}${scope}`;
}
