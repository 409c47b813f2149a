import {numberAt, textAt, timeAt} from '../../engine/health/fields.ts';
import {type KubernetesObject, nameOf, type ObjectRef} from '../../model/object.ts';
import {redactMessage} from '../../model/redact.ts';
import {boundedText} from '../../model/text.ts';
import type {ClusterEvent} from '../../protocol/messages/inspect.ts';
import type {ApplicationContext} from '../application/context.ts';
import type {ChildLists} from './child-lists.ts';
import {readOffspring} from './offspring.ts';

const maximumEvents = 300;
const messageLimit = 1_000;
const nameLimit = 253;

/** Who an Event may be about: an object of the application, or one below it, also one that is gone by now. */
interface Subjects {
	readonly uids: ReadonlySet<string>;
	/** `Kind/namespace/name`. */
	readonly names: ReadonlySet<string>;
	/** Beginnings of the names of what the application's workloads make: `checkout-7c9f-`, by namespace. */
	readonly prefixes: ReadonlyMap<string, readonly string[]>;
}

const makers: readonly string[] = ['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet', 'Job', 'CronJob'];
const made: readonly string[] = ['Pod', 'ReplicaSet', 'Job'];

/** Kubernetes Events about the application's objects and what controllers made for them, newest first, bounded. */
export async function readEvents(context: ApplicationContext, lists: ChildLists): Promise<ClusterEvent[]> {
	const {cluster} = context.session;
	const kind = await cluster.kind('', 'Event', 'v1');
	if (!kind) return [];
	const subjects = await subjectsOf(context, lists);
	const namespaces = new Set([...context.state.objects.values()].map(({ref}) => ref.namespace || 'default'));
	const events: ClusterEvent[] = [];
	await Promise.all(
		[...namespaces].map(namespace =>
			cluster.list(kind, {
				view: 'object',
				namespace,
				onPage: page => {
					for (const item of page) if (isAbout(item, subjects)) events.push(readEvent(item));
					newestFirst(events).splice(maximumEvents);
				},
			}),
		),
	);
	return events;
}

function newestFirst(events: ClusterEvent[]): ClusterEvent[] {
	return events.sort((one, other) => other.lastSeen - one.lastSeen || (one.object < other.object ? -1 : 1));
}

async function subjectsOf(context: ApplicationContext, lists: ChildLists): Promise<Subjects> {
	const offspring = await readOffspring(context, lists);
	const objects: {ref: ObjectRef; uid: string}[] = [...context.state.objects.values()];
	const uids = new Set(objects.map(({uid}) => uid).filter(uid => uid !== ''));
	const reached = [...objects];
	for (let index = 0; index < reached.length; index++) {
		for (const child of offspring.get(reached[index]?.uid ?? '') ?? []) {
			if (uids.has(child.uid)) continue;
			uids.add(child.uid);
			reached.push(child);
		}
	}
	const prefixes = new Map<string, string[]>();
	for (const {ref} of reached) {
		if (!makers.includes(ref.kind)) continue;
		prefixes.set(ref.namespace, [...(prefixes.get(ref.namespace) ?? []), `${ref.name}-`]);
	}
	return {uids, names: new Set(reached.map(({ref}) => `${ref.kind}/${ref.namespace}/${ref.name}`)), prefixes};
}

function isAbout(event: KubernetesObject, {uids, names, prefixes}: Subjects): boolean {
	const kind = textAt(event, 'involvedObject.kind');
	const namespace = textAt(event, 'involvedObject.namespace');
	const name = textAt(event, 'involvedObject.name');
	if (uids.has(textAt(event, 'involvedObject.uid')) || names.has(`${kind}/${namespace}/${name}`)) return true;
	return made.includes(kind) && (prefixes.get(namespace) ?? []).some(prefix => name.startsWith(prefix));
}

/** Events come in two shapes: counted with first and last time, or a series with microseconds (KEP-383). */
function readEvent(event: KubernetesObject): ClusterEvent {
	const kind = textAt(event, 'involvedObject.kind');
	const created = timeAt(event, 'metadata.creationTimestamp') ?? 0;
	const occurred = timeAt(event, 'eventTime') ?? created;
	const firstSeen = timeAt(event, 'firstTimestamp') ?? occurred;
	const lastSeen = timeAt(event, 'series.lastObservedTime') ?? timeAt(event, 'lastTimestamp') ?? occurred;
	const message = redactMessage({group: '', kind}, textAt(event, 'message'));
	return {
		object: boundedText(nameOf({kind, name: textAt(event, 'involvedObject.name')}), nameLimit),
		namespace: boundedText(textAt(event, 'involvedObject.namespace'), nameLimit),
		type: textAt(event, 'type') === 'Warning' ? 'Warning' : 'Normal',
		reason: boundedText(textAt(event, 'reason'), nameLimit),
		message: boundedText(message, messageLimit),
		count: numberAt(event, 'series.count', numberAt(event, 'count', 1)),
		firstSeen,
		lastSeen,
		source: boundedText(textAt(event, 'reportingComponent') || textAt(event, 'source.component'), nameLimit),
	};
}
