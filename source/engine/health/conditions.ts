import type {KubernetesObject} from '../../model/object.ts';
import type {JsonMap} from '../desired/tree.ts';
import {mapsAt, numberAt, textAt, timeAt} from './fields.ts';

export interface StatusCondition {
	readonly type: string;
	/** `True`, `False` or `Unknown`. */
	readonly status: string;
	readonly reason: string;
	readonly message: string;
	/** Epoch milliseconds; null when it does not say. */
	readonly since: number | null;
	/** 0 when it does not say. */
	readonly observedGeneration: number;
}

/** The conditions of an object, or of a part of it such as a route's parent. */
export function readConditions(holder: KubernetesObject | JsonMap, path = 'status.conditions'): StatusCondition[] {
	return mapsAt(holder, path)
		.map(condition => ({
			type: textAt(condition, 'type'),
			status: textAt(condition, 'status'),
			reason: textAt(condition, 'reason'),
			message: textAt(condition, 'message'),
			since: timeAt(condition, 'lastTransitionTime'),
			observedGeneration: numberAt(condition, 'observedGeneration'),
		}))
		.filter(condition => condition.type !== '');
}

export function findCondition(conditions: readonly StatusCondition[], type: string): StatusCondition | undefined {
	return conditions.find(condition => condition.type === type);
}

export function isTrue(conditions: readonly StatusCondition[], type: string): boolean {
	return findCondition(conditions, type)?.status === 'True';
}

/** Why, in the condition's own words: `FailedCreate: quota exceeded`. */
export function why(condition: StatusCondition): string {
	const {reason, message, type} = condition;
	if (message === '') return reason === '' ? `${type} is ${condition.status}` : reason;
	return reason === '' || message.startsWith(reason) ? message : `${reason}: ${message}`;
}
