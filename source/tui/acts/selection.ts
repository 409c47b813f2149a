import type {HeldObject} from '../../model/hold.ts';
import {parseKey} from '../../model/object.ts';
import type {Selection as ScreenSelection} from '../commands/selection.ts';
import type {ScreenData} from '../data/state.ts';
import type {UiState} from '../store/ui-state.ts';
import type {SelectedDrift, Selection} from './ports.ts';

/** What acts take of what is selected: the marked objects too, and the drift of an object that is selected in the tree. */
export function actSelection(selection: ScreenSelection, ui: UiState, data: ScreenData): Selection {
	const {application, applications, object, node, drift, commit} = selection;
	const isMarked = applications.length > 1 || applications[0] !== application?.name;
	const details = data.details?.application === application?.name ? data.details : null;
	return {
		application,
		marked: isMarked ? applications : [],
		object: object && withoutEmpty(object),
		objects: declaredObjects(ui, selection, details?.tree.value ?? []),
		drift: drift ? driftOf(drift) : openDriftOf(application?.name ?? '', node),
		commit,
	};
}

/** The key of an event says all of an object; the list of open drifts names no group, and then there is none. */
function driftOf({
	application,
	key,
	object,
	namespace,
	fields,
	standing,
}: NonNullable<ScreenSelection['drift']>): SelectedDrift {
	const slash = object.indexOf('/');
	const named = {kind: object.slice(0, slash), name: object.slice(slash + 1), namespace};
	return {application, object: withoutEmpty(key === '' ? named : parseKey(key)), fields, isOpen: standing === 'open'};
}

function openDriftOf(application: string, node: ScreenSelection['node']): SelectedDrift | null {
	if (!node?.drift) return null;
	return {application, object: withoutEmpty(node.ref), fields: node.drift.fields, isOpen: true};
}

/** An empty group or namespace is one that the object does not have. */
function withoutEmpty({group, kind, namespace, name}: HeldObject): HeldObject {
	return {...(group && {group}), kind, ...(namespace && {namespace}), name};
}

/** Children cannot be synced alone: only what Git declares. */
function declaredObjects(
	ui: UiState,
	{node, drift, object}: ScreenSelection,
	nodes: readonly NonNullable<ScreenSelection['node']>[],
): readonly string[] {
	const marked = markedNodes(ui, nodes);
	if (marked.length > 0) return marked.map(({ref}) => printed(ref));
	if (node) return node.parent === null ? [printed(node.ref)] : [];
	return drift && object ? [printed(object)] : [];
}

function markedNodes({viewports, focus, views}: UiState, nodes: readonly NonNullable<ScreenSelection['node']>[]) {
	const viewport = viewports.sync;
	if (focus !== 'sync' || views.length > 0 || viewport?.kind !== 'list') return [];
	// A row is named by its owner and itself; see treeRowKey.
	const keys = new Set([...viewport.marks].map(row => row.slice(row.indexOf(' ') + 1)));
	return nodes.filter(({key, parent}) => parent === null && keys.has(key));
}

function printed({kind, namespace, name}: HeldObject): string {
	return namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`;
}
