import type {ObjectRef} from '../../model/object.ts';
import {groupKindOf} from '../../model/object.ts';

const inTemplate = ['spec', 'template'];

/** Where the pod template of a kind sits: a map with `metadata` and `spec`. For a Pod that is the object itself. */
const templatePaths: ReadonlyMap<string, readonly string[]> = new Map([
	['Pod', []],
	['PodTemplate', ['template']],
	['ReplicationController', inTemplate],
	['Deployment.apps', inTemplate],
	['StatefulSet.apps', inTemplate],
	['DaemonSet.apps', inTemplate],
	['ReplicaSet.apps', inTemplate],
	['Job.batch', inTemplate],
	['CronJob.batch', ['spec', 'jobTemplate', 'spec', 'template']],
	['Rollout.argoproj.io', inTemplate],
]);

export const containerLists: readonly string[] = ['containers', 'initContainers', 'ephemeralContainers'];

/** Path of the pod template within an object of this kind; null when the kind has none. */
export function podTemplatePath(ref: Pick<ObjectRef, 'group' | 'kind'>): readonly string[] | null {
	return templatePaths.get(groupKindOf(ref)) ?? null;
}
