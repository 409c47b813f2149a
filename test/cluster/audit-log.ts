/** The API server's own record of what was written when, and by whom: the one witness that is not ours. */
import {readFile} from 'node:fs/promises';

export interface AuditedWrite {
	/** `create`, `patch`, `update`, `delete`. */
	readonly verb: string;
	/** Plural, as in URLs. */
	readonly resource: string;
	readonly name: string;
	/** Epoch milliseconds when the request came in; the log knows microseconds. */
	readonly receivedAt: number;
	readonly answeredAt: number;
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

/** Writes that succeeded in a namespace, in the order in which the API server got them; without dry runs and statuses. */
export async function auditedWrites(
	auditLog: string,
	{namespace, userAgent}: {namespace: string; userAgent: RegExp},
): Promise<AuditedWrite[]> {
	const text = await readFile(auditLog, 'utf8');
	return text
		.split('\n')
		.filter(line => line.includes(namespace))
		.map(line => JSON.parse(line) as AuditEvent)
		.filter(
			event =>
				event.stage === 'ResponseComplete' &&
				writingVerbs.has(event.verb) &&
				event.objectRef?.namespace === namespace &&
				event.objectRef.subresource === undefined &&
				(event.responseStatus?.code ?? 500) < 300 &&
				!event.requestURI.includes('dryRun=') &&
				userAgent.test(event.userAgent ?? ''),
		)
		.sort((a, b) => (a.requestReceivedTimestamp < b.requestReceivedTimestamp ? -1 : 1))
		.map(event => ({
			verb: event.verb,
			resource: event.objectRef?.resource ?? '',
			name: event.objectRef?.name ?? '',
			receivedAt: Date.parse(event.requestReceivedTimestamp),
			answeredAt: Date.parse(event.stageTimestamp),
			userAgent: event.userAgent ?? '',
		}));
}
