import type {OperationState} from '../../model/status.ts';

/** Milliseconds before try `attempt` (from 1) is repeated: `first`, then times `factor`, never more than `maximum`. */
export function backoffMilliseconds(options: {
	attempt: number;
	first: number;
	factor: number;
	maximum: number;
}): number {
	return Math.min(options.maximum, options.first * options.factor ** Math.max(0, options.attempt - 1));
}

const transientCodes =
	/\b(Unreachable|Timeout|TooManyRequests|WebhookUnavailable|NamespaceTerminating|ServiceUnavailable|StorageUnavailable|ServerError|Unauthorized|AuthenticationFailed|NotReady)\b/;

/** Whether a failed sync failed for reasons that pass by themselves. */
export function isTransient(operation: OperationState): boolean {
	return operation.failureCodes.some(code => transientCodes.test(code));
}
