import {isOlderVersion} from '../../engine/drift/resource-version.ts';
import {bareObject, groupKindOf, type KubernetesObject, keyOf, parseApiVersion} from '../../model/object.ts';
import {type WatchSubscriber, withKind} from '../watch-registry.ts';
import type {ApplicationContext, HandleDrift} from './context.ts';
import {inspectNow, judge, noteLive, noteOurs, readBack} from './judgement.ts';
import {isLeftAlone} from './knowledge.ts';
import type {TrackedObject, WaitingEvent} from './tracked-object.ts';

export interface Observer extends WatchSubscriber {
	replay(tracked: TrackedObject, event: WaitingEvent): void;
}

/**
 * Judges every watch event of an application's objects (engines.md f.6): most are status noise and end after the
 * cheapest test; what remains is drift, with field, manager and time.
 */
export function createObserver(context: () => ApplicationContext, handleDrift: HandleDrift): Observer {
	return {
		onList(groupKind, items, view, namespace) {
			const {state} = context();
			const listed = new Set<string>();
			for (const item of items) {
				const tracked = trackedOf(context(), groupKind, item);
				if (!tracked) continue;
				listed.add(tracked.key);
				handleEvent(context(), tracked, {type: 'ADDED', object: withKind(item, tracked.ref), view}, handleDrift);
			}
			// Known objects that a complete list lacks were lost while nobody watched, or lost our label.
			for (const tracked of state.objects.values()) {
				if (listed.has(tracked.key) || groupKindOf(tracked.ref) !== groupKind) continue;
				if (namespace !== undefined && tracked.ref.namespace !== namespace) continue;
				if (tracked.presence === 'present' || tracked.presence === 'terminating') {
					handleEvent(context(), tracked, {type: 'DELETED', object: bareObject(tracked.ref), view}, handleDrift);
				}
			}
		},
		onEvent(type, object, view) {
			const tracked = trackedOf(context(), groupKindOfObject(object), object);
			if (tracked) handleEvent(context(), tracked, {type, object, view}, handleDrift);
		},
		replay(tracked, event) {
			if (context().state.objects.has(tracked.key)) handleEvent(context(), tracked, event, handleDrift);
		},
	};
}

function trackedOf(
	context: ApplicationContext,
	groupKind: string,
	object: KubernetesObject,
): TrackedObject | undefined {
	const dot = groupKind.indexOf('.');
	const kind = dot < 0 ? groupKind : groupKind.slice(0, dot);
	const group = dot < 0 ? '' : groupKind.slice(dot + 1);
	return context.state.objects.get(
		keyOf({group, kind, namespace: object.metadata.namespace ?? '', name: object.metadata.name}),
	);
}

function groupKindOfObject(object: KubernetesObject): string {
	return groupKindOf({group: parseApiVersion(object.apiVersion).group, kind: object.kind});
}

function handleEvent(
	context: ApplicationContext,
	tracked: TrackedObject,
	event: WaitingEvent,
	handleDrift: HandleDrift,
): void {
	if (context.isStopped) return;
	context.state.clusterSeenAt = context.services.clock();
	if (tracked.turn) {
		tracked.waiting = event;
		return;
	}
	if (event.type === 'DELETED') {
		context.judging(judge(context, tracked, handleDrift, () => readBack(context, tracked)));
		return;
	}
	const {object, view} = event;
	if (isOlderVersion(object.metadata.resourceVersion ?? '', tracked.resourceVersion)) return;
	const isRepeat = object.metadata.resourceVersion === tracked.resourceVersion && tracked.presence === 'present';
	noteLive(context, tracked, object, view);
	if (isRepeat && !tracked.drift) return;
	if (!tracked.fingerprint || !tracked.desired || isLeftAlone(tracked)) return;
	// Almost every event ends here, without taking the object's turn.
	const inspection = inspectNow(context, tracked, object, view);
	if (inspection.type === 'ours') {
		noteOurs(context, tracked, inspection);
		return;
	}
	context.judging(judge(context, tracked, handleDrift, async () => ({object, view})));
}
