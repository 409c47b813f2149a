import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import {invalidError, validate} from '../schema/index.ts';
import {schemaOfResource} from './decode.ts';

/** Throws 422 with all that is wrong with an object that is to be stored. */
export function checkObject(resource: Resource, object: KubernetesObject, before: KubernetesObject | null): void {
	const schema = schemaOfResource(resource);
	const problems = validate(schema, object, before);
	if (problems.length > 0) throw invalidError(schema, object.metadata.name ?? '', problems);
}
