/** The API server's own record of what was written when, and by whom: the one witness that is not ours. */
import {readFile} from 'node:fs/promises';

export interface AuditedRequest {
	/** `create`, `patch`, `update`, `delete`. */
	readonly verb: string;
	/** Plural, as in URLs. */
	readonly resource: string;
	/** `status`, `scale`; empty for the object itself. */
	readonly subresource: string;
	readonly name: string;
	/** When the request came in and when it was answered: RFC 3339 with microseconds, so they compare as texts. */
	readonly received: string;
	readonly answered: string;
	readonly userAgent: string;
}

interface AuditEvent {
	readonly stage: string;
	readonly verb: string;
	readonly userAgent?: string;
	readonly requestURI: string;
	readonly requestReceivedTimestamp: string;
	readonly stageTimestamp: string;
	readonly objectRef?: {resource: string; namespace?: string; name?: string; subresource?: string};
	readonly responseStatus?: {code?: number};
}

const writingVerbs: ReadonlySet<string> = new Set(['create', 'patch', 'update', 'delete']);

/** Writes in one namespace that the API server carried out, in the order in which it got them; no dry runs. */
export async function auditedRequests(auditLog: string, namespace: string): Promise<AuditedRequest[]> {
	const text = await readFile(auditLog, 'utf8');
	return text
		.split('\n')
		.filter(line => line.includes(namespace) && line.endsWith('}'))
		.map(line => JSON.parse(line) as AuditEvent)
		.filter(
			event =>
				event.stage === 'ResponseComplete' &&
				writingVerbs.has(event.verb) &&
				event.objectRef?.namespace === namespace &&
				(event.responseStatus?.code ?? 500) < 300 &&
				!event.requestURI.includes('dryRun='),
		)
		.map(event => ({
			verb: event.verb,
			resource: event.objectRef?.resource ?? '',
			subresource: event.objectRef?.subresource ?? '',
			name: event.objectRef?.name ?? '',
			received: event.requestReceivedTimestamp,
			answered: event.stageTimestamp,
			userAgent: event.userAgent ?? '',
		}))
		.sort((a, b) => (a.received < b.received ? -1 : 1));
}

const userAgent = /^holdfast\//;

/**
 * What holdfast wrote in a namespace, as `apply jobs/before` or `delete jobs/before`: without its bookkeeping (inventory,
 * Events) and without the namespace itself.
 */
export async function ourWrites(auditLog: string, namespace: string): Promise<(AuditedRequest & {text: string})[]> {
	const requests = await auditedRequests(auditLog, namespace);
	return requests
		.filter(request => userAgent.test(request.userAgent) && request.subresource === '')
		.filter(({resource, name}) => {
			const isBookkeeping = resource === 'events' || (resource === 'configmaps' && name.startsWith('holdfast-'));
			return !isBookkeeping && resource !== 'namespaces';
		})
		.map(request => ({
			...request,
			text: `${request.verb === 'delete' ? 'delete' : 'apply'} ${request.resource}/${request.name}`,
		}));
}
