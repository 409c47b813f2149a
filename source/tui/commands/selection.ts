import type {LoggedCommit} from '../../model/commit.ts';
import type {HeldObject} from '../../model/hold.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import type {TreeNode} from '../../protocol/messages/inspect.ts';
import type {PaneName} from '../layout/places.ts';
import {driftsOf, type ShownDrift} from '../panes/drift/drifts.ts';
import type {MonitorData} from '../store/data.ts';
import {selectedIn, type UiState} from '../store/ui-state.ts';

/** What a command acts on: what is selected where the keys go, and what belongs to it. */
export interface Selection {
	readonly application: ApplicationStatus | null;
	/** Names: the marked applications, else the selected one. */
	readonly applications: readonly string[];
	/** Selected in the resource tree, or looked at in a view. */
	readonly object: HeldObject | null;
	/** The same as the tree knows it; null where it does not. */
	readonly node: TreeNode | null;
	readonly drift: ShownDrift | null;
	readonly commit: LoggedCommit | null;
}

/** Reads the selection from what is on the screen; `data` is what the worker says, or what the screen is frozen at. */
export function selectionOf(ui: UiState, data: MonitorData): Selection {
	const view = ui.views.at(-1);
	const isWhy = view?.kind === 'why';
	const drift = selectedDrift(ui, data);
	const name = applicationName(ui, drift);
	const application = (name === null ? undefined : data.applications.get(name)) ?? null;
	const details = data.details?.application === name ? data.details : null;
	const node =
		ui.focus === 'sync'
			? (details?.tree.value?.find(({key}) => key === keyOfRow(selectedIn(ui, 'sync'))) ?? null)
			: null;
	const commitId = view?.revision ?? commitInSight(ui, application);
	return {
		application,
		applications: markedApplications(ui, application),
		object:
			view?.detail && view.kind === 'yaml'
				? (JSON.parse(view.detail) as HeldObject)
				: isWhy
					? null
					: objectOf(node, drift),
		node,
		drift,
		commit: details?.log.value?.commits.find(({id}) => id === commitId) ?? null,
	};
}

/** In an answer to why it is the commit that is live: the one that is offered to be taken back. */
function commitInSight(ui: UiState, application: ApplicationStatus | null): string | null {
	if (ui.views.at(-1)?.kind === 'why') return application?.syncedRevision ?? null;
	return ui.focus === 'commits' ? selectedIn(ui, 'commits') : null;
}

/** In the drift pane it is the drift's own; everywhere else the one selected in 1, or the view's. */
function applicationName(ui: UiState, drift: ShownDrift | null): string | null {
	const inView = ui.views.at(-1)?.application;
	if (inView !== undefined) return inView;
	return ui.focus === 'drift' && drift ? drift.application : selectedIn(ui, 'applications');
}

function selectedDrift(ui: UiState, {journal, applications}: MonitorData): ShownDrift | null {
	const view = ui.views.at(-1);
	if (view?.kind === 'why') {
		const [open] = applications.get(view.application ?? '')?.drift ?? [];
		return open ? (driftsOf(journal, applications).get(open.eventId) ?? null) : null;
	}
	const id = view?.kind === 'drift-detail' ? view.detail : ui.focus === 'drift' ? selectedIn(ui, 'drift') : null;
	return id ? (driftsOf(journal, applications).get(id) ?? null) : null;
}

function markedApplications(ui: UiState, application: ApplicationStatus | null): readonly string[] {
	const viewport = ui.viewports['applications' satisfies PaneName];
	const isThere = ui.focus === 'applications' && ui.views.length === 0;
	if (isThere && viewport?.kind === 'list' && viewport.marks.size > 0) return [...viewport.marks];
	return application ? [application.name] : [];
}

function objectOf(node: TreeNode | null, drift: ShownDrift | null): HeldObject | null {
	if (node) {
		const {group, kind, namespace, name} = node.ref;
		return {group, kind, namespace, name};
	}
	if (!drift) return null;
	const slash = drift.object.indexOf('/');
	const named = {kind: drift.object.slice(0, slash), name: drift.object.slice(slash + 1)};
	return drift.namespace === '' ? named : {...named, namespace: drift.namespace};
}

/** A row of the tree is named by its owner and itself; see treeRowKey. */
function keyOfRow(row: string | null): string | null {
	return row === null ? null : row.slice(row.indexOf(' ') + 1);
}
