import type {PlanItem} from '../../model/plan.ts';

const shownKinds = 3;

/** `ConfigMap, Secret and 2 more`. */
export function kindList(items: readonly PlanItem[]): string {
	const kinds = [...new Set(items.map(item => item.ref.kind))];
	const more = kinds.length - shownKinds;
	return more > 0 ? `${kinds.slice(0, shownKinds).join(', ')} and ${more} more` : kinds.join(', ');
}
