import type {KubernetesObject} from '../../../source/model/object.ts';
import type {Resource} from '../kinds/resource.ts';
import type {Change} from '../storage/store.ts';
import type {Context} from './context.ts';
import {convert} from './convert.ts';
import {expired, invalidOptions} from './failures.ts';
import {type ListOptions, listObjects, parseRevision} from './list.ts';
import {fieldSelector, labelSelector, type Predicate} from './selectors.ts';

export interface WatchOptions extends Pick<ListOptions, 'namespace' | 'labelSelector' | 'fieldSelector'> {
	readonly resourceVersion?: string;
	readonly resourceVersionMatch?: string;
	readonly sendInitialEvents?: boolean;
	readonly allowWatchBookmarks?: boolean;
}

export interface WatchListener {
	onEvent(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject): void;
	/** `isInitialEnd` marks the end of the initial events (KEP-3157). */
	onBookmark(revision: string, isInitialEnd: boolean): void;
}

/**
 * Sends what happened since a version and all that happens, until the returned function is called. Throws 410 for a
 * version that is forgotten (answered as an ERROR event), 422 and 500 for bad options.
 */
export function watchObjects(
	context: Context,
	resource: Resource,
	options: WatchOptions,
	listener: WatchListener,
): () => void {
	const {store} = context;
	const {resourceVersion = ''} = options;
	checkInitialEvents(options);
	const prefix = options.namespace ? `${options.namespace}/` : '';
	const isSelected = selection(resource, options);
	const since = resourceVersion && resourceVersion !== '0' ? parseRevision(resourceVersion) : 0;
	const deliver = (change: Change): void => {
		if (change.collection !== resource.collection || !change.key.startsWith(prefix)) return;
		if (change.revision <= since) return;
		const event = seenThrough(isSelected, change);
		if (event) listener.onEvent(event.type, convert(event.object, resource));
	};
	if (since === 0 || options.sendInitialEvents) {
		const {items, metadata} = listObjects(context, resource, {
			namespace: options.namespace,
			labelSelector: options.labelSelector ?? '',
			fieldSelector: options.fieldSelector ?? '',
		});
		for (const item of items) listener.onEvent('ADDED', item);
		if (options.sendInitialEvents && options.allowWatchBookmarks) listener.onBookmark(metadata.resourceVersion, true);
	} else {
		if (since < store.forgottenUpTo) throw expired(`too old resource version: ${since} (${store.forgottenUpTo})`);
		for (const change of store.changesAfter(since)) deliver(change);
	}
	return store.listen(deliver);
}

function checkInitialEvents({sendInitialEvents, resourceVersionMatch}: WatchOptions): void {
	if (sendInitialEvents && resourceVersionMatch !== 'NotOlderThan') {
		const message = 'Forbidden: sendInitialEvents requires setting resourceVersionMatch to NotOlderThan';
		throw invalidOptions('ListOptions', {reason: 'FieldValueForbidden', message, field: 'resourceVersionMatch'});
	}
	if (sendInitialEvents === undefined && resourceVersionMatch) {
		const message = 'Forbidden: resourceVersionMatch is forbidden for watch unless sendInitialEvents is provided';
		throw invalidOptions('ListOptions', {reason: 'FieldValueForbidden', message, field: 'resourceVersionMatch'});
	}
}

function selection(resource: Resource, options: WatchOptions): Predicate {
	const hasLabels = labelSelector(options.labelSelector ?? '');
	const hasFields = fieldSelector(options.fieldSelector ?? '', resource);
	return object => (!hasLabels || hasLabels(object)) && (!hasFields || hasFields(object));
}

/** A change as one sees it who only sees the selected objects: what leaves the selection is deleted, what enters is added. */
function seenThrough(
	isSelected: Predicate,
	{type, object, previous}: Change,
): {type: 'ADDED' | 'MODIFIED' | 'DELETED'; object: KubernetesObject} | null {
	const was = previous !== null && isSelected(previous);
	const is = type !== 'DELETED' && isSelected(object);
	if (was && is) return {type: 'MODIFIED', object};
	if (is) return {type: 'ADDED', object};
	if (!was) return null;
	// It is told as it was when it was last in the selection, with the version at which it left.
	const {resourceVersion = ''} = object.metadata;
	return {type: 'DELETED', object: {...previous, metadata: {...previous.metadata, resourceVersion}}};
}
