import type {LoggedCommit} from '../../model/commit.ts';
import type {DriftEvent, OpenDrift} from '../../model/drift.ts';
import type {HeldObject} from '../../model/hold.ts';
import type {JournalEntry} from '../../model/journal.ts';
import {parseKey} from '../../model/object.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {selectedIn, type UiState} from '../store/ui-state.ts';
import type {SelectedDrift, Selection} from './ports.ts';

/** What a selection is looked up in. */
export interface Selectable {
	readonly applications: ReadonlyMap<string, ApplicationStatus>;
	readonly journal: readonly JournalEntry[];
	/** Commits of the selected application, as the Git log shows them. */
	readonly commits: readonly LoggedCommit[];
}

/**
 * What a person points at: the view that is open, else the pane that has the focus. A drift brings its own application
 * along: pane 3 shows those of all.
 */
export function selectionOf(ui: UiState, data: Selectable): Selection {
	const view = ui.views.at(-1);
	const isOn = (pane: UiState['focus']) => view === undefined && ui.focus === pane;
	const shown = selectedDrift(ui, data);
	const drift = isOn('drift') ? shown : null;
	const name = view?.application ?? drift?.application ?? selectedIn(ui, 'applications');
	const application = name === null ? null : (data.applications.get(name) ?? null);
	const object = objectOf(view?.object) ?? drift?.object ?? (isOn('sync') ? objectOf(selectedIn(ui, 'sync')) : null);
	const commitId = view ? (view.revision ?? null) : selectedIn(ui, 'commits');
	return {
		application,
		marked: view ? [] : marksOf(ui, 'applications').filter(marked => data.applications.has(marked)),
		object,
		markedObjects: isOn('sync') ? marksOf(ui, 'sync').flatMap(key => printed(objectOf(key))) : [],
		drift: drift ?? driftOf(application, object),
		commit: data.commits.find(({id}) => id === commitId) ?? null,
	};
}

function marksOf({viewports}: UiState, list: string): string[] {
	const viewport = viewports[list];
	return viewport?.kind === 'list' ? [...viewport.marks] : [];
}

/** A row of the tree is named by its object's key, perhaps with more behind it; a view by the key or by `Kind/name`. */
export function objectOf(text: string | null | undefined): HeldObject | null {
	if (!text) return null;
	const parts = text.split('/');
	if (parts.length === 2) return {kind: parts[0]!, name: parts[1]!};
	if (parts.length !== 4) return null;
	const {group, kind, namespace, name} = parseKey(text);
	return {...(group && {group}), kind, ...(namespace && {namespace}), name};
}

function printed(object: HeldObject | null): string[] {
	if (!object) return [];
	const {kind, namespace, name} = object;
	return [namespace ? `${kind}/${namespace}/${name}` : `${kind}/${name}`];
}

function selectedDrift(ui: UiState, {journal, applications}: Selectable): SelectedDrift | null {
	const id = selectedIn(ui, 'drift');
	if (id === null) return null;
	for (const application of applications.values()) {
		const open = application.drift.find(({eventId}) => eventId === id);
		if (open) return openDriftOf(application.name, open, eventOf(journal, id));
	}
	const event = eventOf(journal, id);
	if (!event) return null;
	return {application: event.application, object: objectOfEvent(event), fields: event.fields, isOpen: false};
}

function eventOf(journal: readonly JournalEntry[], id: string): DriftEvent | null {
	const entry = journal.find(each => each.type === 'drift' && each.event.id === id);
	return entry?.type === 'drift' ? entry.event : null;
}

/** The list of open drifts names no group; the event does, where it is known. */
function openDriftOf(application: string, open: OpenDrift, event: DriftEvent | null): SelectedDrift {
	const object = event
		? objectOfEvent(event)
		: {...objectOf(open.object), ...(open.namespace && {namespace: open.namespace})};
	return {application, object: object as HeldObject, fields: open.fields, isOpen: true};
}

function objectOfEvent({key, object, namespace}: DriftEvent): HeldObject {
	return objectOf(key) ?? {...objectOf(object)!, ...(namespace && {namespace})};
}

/** What drifted of an object that is selected elsewhere: in the tree, in a view. */
function driftOf(application: ApplicationStatus | null, object: HeldObject | null): SelectedDrift | null {
	if (!application || !object) return null;
	const open = application.drift.find(
		each =>
			each.object === `${object.kind}/${object.name}` &&
			(object.namespace === undefined || each.namespace === '' || each.namespace === object.namespace),
	);
	return open ? {application: application.name, object, fields: open.fields, isOpen: true} : null;
}
