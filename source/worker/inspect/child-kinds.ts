import {builtInGroups} from '../../engine/desired/built-in-groups.ts';
import {groupKindOf} from '../../model/object.ts';

/** A kind whose objects controllers make, and the kinds of the objects they make them for. */
export interface ChildKind {
	readonly group: string;
	readonly kind: string;
	/** `Kind.group`; `operators` stands for every kind that Kubernetes does not come with. */
	readonly owners: readonly string[];
}

const operators = 'operators';

/**
 * What is looked for below an application's objects, owners before what they own. ControllerRevisions, Leases and Events
 * hang below objects too, but tell nobody anything.
 */
export const childKinds: readonly ChildKind[] = [
	{group: 'apps', kind: 'Deployment', owners: [operators]},
	{group: 'apps', kind: 'StatefulSet', owners: [operators]},
	{group: 'apps', kind: 'DaemonSet', owners: [operators]},
	{group: 'apps', kind: 'ReplicaSet', owners: ['Deployment.apps', operators]},
	{group: 'batch', kind: 'Job', owners: ['CronJob.batch', operators]},
	{group: '', kind: 'Service', owners: [operators]},
	{
		group: '',
		kind: 'Pod',
		owners: ['ReplicaSet.apps', 'StatefulSet.apps', 'DaemonSet.apps', 'Job.batch', 'ReplicationController', operators],
	},
	{group: 'discovery.k8s.io', kind: 'EndpointSlice', owners: ['Service']},
	{group: '', kind: 'PersistentVolumeClaim', owners: ['StatefulSet.apps', 'Pod', operators]},
];

/** Kinds worth listing where objects of these kinds are, in the order of the table. */
export function childKindsOf(owners: Iterable<{readonly group: string; readonly kind: string}>): readonly ChildKind[] {
	const present = new Set<string>();
	for (const owner of owners) present.add(builtInGroups.has(owner.group) ? groupKindOf(owner) : operators);
	return childKinds.filter(child => {
		const isWanted = child.owners.some(owner => present.has(owner));
		if (isWanted) present.add(groupKindOf(child));
		return isWanted;
	});
}
