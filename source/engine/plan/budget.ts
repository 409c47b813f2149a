import type {SyncPolicy} from '../../model/application.ts';

/**
 * How many objects one sync may delete without a person's word: the larger of a count and a share of the inventory,
 * rounded up (argo-cd #3484). Anything that is no number of zero or more counts as zero: a broken budget asks, it never
 * opens.
 */
export function deletionBudget(budget: SyncPolicy['deletionBudget'], inventorySize: number): number {
	const share = (Math.min(clean(budget.percent), 100) * inventorySize) / 100;
	// 16.1 % of 1,000 is 161.00000000000003 in floating point, which must not round up to 162.
	return Math.max(Math.floor(clean(budget.count)), Math.ceil(share - 1e-9));
}

function clean(value: number): number {
	if (value === Number.POSITIVE_INFINITY) return 0;
	return Number.isFinite(value) && value > 0 ? value : 0;
}
