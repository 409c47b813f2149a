import type {KubernetesObject} from '../../model/object.ts';
import {readEntries} from './entries.ts';
import {nodeAt} from './fields.ts';
import type {Path} from './step.ts';

/**
 * Names of the field managers that own the path or something below it, as managedFields record them: claims, not
 * identities. Each once, in the order of the entries.
 */
export function managersOf(object: KubernetesObject, path: Path): string[] {
	const holders = readEntries(object).filter(entry => path.length > 0 && nodeAt(entry.fields, path) !== undefined);
	return [...new Set(holders.map(entry => entry.manager))];
}
