import type {KubernetesObject} from '../../../source/model/object.ts';
import type {ControllerClient} from '../types.ts';
import {controllerManager, numberAt, timestamp, valueAt} from './objects.ts';

export interface Told {
	readonly type: 'Normal' | 'Warning';
	readonly reason: string;
	readonly message: string;
	/** Who says so. */
	readonly source?: string;
}

/** As many as a person could want to look back at; a real cluster forgets them after an hour. */
const mostEvents = 300;

/** Names of Events, oldest first. */
const kept: {readonly namespace: string; readonly name: string}[] = [];

/** Writes an Event about an object, or counts the one that says the same. Never throws: Events are courtesy. */
export function tell(client: ControllerClient, about: KubernetesObject, {type, reason, message, source}: Told): void {
	const {namespace = 'default', name, uid = ''} = about.metadata;
	const manager = source ?? controllerManager;
	const now = timestamp(client.now());
	try {
		const same = client
			.list('Event', namespace)
			.find(
				event =>
					valueAt(event, 'involvedObject', 'uid') === uid && event.reason === reason && event.message === message,
			);
		if (same) {
			client.update({...same, count: numberAt(same, 1, 'count') + 1, lastTimestamp: now}, {manager});
			return;
		}
		const made = client.create(
			{
				apiVersion: 'v1',
				kind: 'Event',
				metadata: {generateName: `${name}.`, namespace} as KubernetesObject['metadata'],
				involvedObject: {apiVersion: about.apiVersion, kind: about.kind, namespace, name, uid},
				type,
				reason,
				message,
				source: {component: manager},
				firstTimestamp: now,
				lastTimestamp: now,
				count: 1,
			},
			{manager},
		);
		kept.push({namespace, name: made.metadata.name});
		if (kept.length <= mostEvents) return;
		const oldest = kept.shift();
		if (oldest) client.remove('Event', oldest.namespace, oldest.name);
	} catch {
		// Its namespace is going, or somebody else removed it.
	}
}
