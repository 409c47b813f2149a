import {groupKindOf} from '../../model/object.ts';
import {builtInGroups} from '../desired/built-in-groups.ts';
import {builtInRules} from './rules.ts';

/**
 * Whether a kind can be anything but healthy. Kinds without health (ConfigMap, Secret, RBAC …) need no full objects:
 * their metadata is enough, and their data is never read. Custom resources have health: nobody knows better.
 */
export function hasHealth(group: string, kind: string): boolean {
	return builtInRules.has(groupKindOf({group, kind})) || !builtInGroups.has(group);
}
