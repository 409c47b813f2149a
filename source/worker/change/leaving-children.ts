import type {ChildRecord} from '../../engine/inventory/types.ts';
import type {Problem} from '../../model/errors.ts';
import {keyOf} from '../../model/object.ts';
import type {Plan} from '../../model/plan.ts';
import type {ApplicationContext} from '../application/context.ts';

/** Applications that a plan takes along because their declaration goes: their own objects are in no plan yet. */
export function describeLeaving({services}: ApplicationContext, children: readonly ChildRecord[]): Problem[] {
	return children.map(({application: {name}, cascades}) => {
		const count = services.children.statusOf(name)?.counts.objects;
		const objects = count === undefined ? 'everything it made' : `everything it made (objects: ${count})`;
		const message = `application ${name} goes${cascades ? `, with ${objects}` : `; ${objects} stays`}`;
		return {code: 'ApplicationGoes', message};
	});
}

/** Children whose declaration a plan deletes. */
export function leavingChildren({state}: ApplicationContext, plan: Plan): ChildRecord[] {
	const deleted = new Set(
		plan.steps.flatMap(step => step.items.filter(({action}) => action === 'delete').map(({key}) => key)),
	);
	return state.inventory.children.filter(({ref}) => deleted.has(keyOf(ref)));
}
