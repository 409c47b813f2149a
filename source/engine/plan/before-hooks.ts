import type {ObjectRef} from '../../model/object.ts';
import {guessPlural} from '../desired/not-served.ts';
import type {DesiredObject} from '../desired/types.ts';
import {isDefinition, isNamespace} from './protected-kinds.ts';
import type {SyncStep} from './types.ts';

/**
 * Parts the stages into those that PreSync hooks need, which come before them, and the others: a namespace that a hook
 * lives in takes over the hook's phase, and so does the definition of its kind (Argo CD's bubbling up).
 */
export function beforeHooks(
	stages: readonly SyncStep[],
	hooks: readonly DesiredObject[],
): {first: SyncStep[]; rest: SyncStep[]} {
	const namespaces = new Set(hooks.map(({ref}) => ref.namespace));
	const resources = new Set(hooks.map(({ref}) => `${guessPlural(ref.kind)}.${ref.group}`));
	const isNeeded = (ref: ObjectRef): boolean =>
		(isNamespace(ref) && namespaces.has(ref.name)) || (isDefinition(ref) && resources.has(ref.name));
	const first: SyncStep[] = [];
	const rest: SyncStep[] = [];
	for (const stage of stages) {
		if (stage.items.some(({ref}) => isNeeded(ref))) first.push({...stage, phase: 'PreSync'});
		else rest.push(stage);
	}
	return {first, rest};
}
