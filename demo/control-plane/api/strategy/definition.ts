import type {KubernetesObject} from '../../../../source/model/object.ts';
import {specOf} from '../../kinds/custom.ts';

/** A new CRD: nothing is accepted yet, and the version that is stored is noted. */
export function createdDefinition(object: KubernetesObject): KubernetesObject {
	const stored = specOf(object).versions?.filter(({storage}) => storage) ?? [];
	const storedVersions = stored.map(({name}) => name);
	return {...object, status: {conditions: null, acceptedNames: {plural: '', kind: ''}, storedVersions}};
}

/** A version that becomes the stored one is noted; which were stored before stays. */
export function updatedDefinition(object: KubernetesObject, live: KubernetesObject): KubernetesObject {
	const status = (live.status ?? {}) as {storedVersions?: readonly string[]};
	const known = status.storedVersions ?? [];
	const stored = specOf(object).versions?.find(({storage}) => storage)?.name;
	if (!stored || known.includes(stored)) return object;
	return {...object, status: {...(object.status as object), storedVersions: [...known, stored]}};
}
