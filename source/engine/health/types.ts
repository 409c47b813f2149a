import type {KubernetesObject} from '../../model/object.ts';
import type {Health} from '../../model/status.ts';

/** All times are epoch milliseconds, on the API server's clock as far as the caller knows it. */
export interface HealthContext {
	readonly now: number;
	/** When this worker first saw the object. */
	readonly firstSeenAt: number;
}

/** The health of one kind. Never throws, whatever the object holds. */
export type HealthRule = (object: KubernetesObject, context: HealthContext) => Health;
