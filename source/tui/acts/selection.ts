import type {HeldObject} from '../../model/hold.ts';
import type {Selection as ScreenSelection} from '../commands/selection.ts';
import type {ScreenData} from '../data/state.ts';
import type {UiState} from '../store/ui-state.ts';
import type {SelectedDrift, Selection} from './ports.ts';

/**
 * What acts take of what is selected: the marked objects, the drift of an object that is selected in the tree, and in the
 * view that explains why the commit that it offers to take back.
 */
export function actSelection(selection: ScreenSelection, ui: UiState, data: ScreenData): Selection {
	const {application, applications, object, node, commit} = selection;
	const isMarked = applications.length > 1 || applications[0] !== application?.name;
	const isWhy = ui.views.at(-1)?.kind === 'why';
	const details = data.details?.application === application?.name ? data.details : null;
	const live = details?.log.value?.commits.find(({id}) => id === application?.syncedRevision) ?? null;
	return {
		application,
		marked: isMarked ? applications : [],
		object: object && withoutEmpty(object),
		objects: declaredObjects(ui, selection, details?.tree.value ?? []),
		drift: driftOf(selection) ?? openDriftOf(application?.name ?? '', node),
		commit: commit ?? (isWhy ? live : null),
	};
}

function driftOf({drift, object}: ScreenSelection): SelectedDrift | null {
	if (!drift || !object) return null;
	const {application, fields, isOpen} = drift;
	return {application, object: withoutEmpty(object), fields, isOpen};
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
