import type {ViewComponents} from '../panes/pane.ts';
import {CommitPage} from './commit/view.tsx';
import {DiffView} from './diff/view.tsx';
import {DriftDetailView} from './drift/view.tsx';
import {EventsView} from './events/view.tsx';
import {ObjectView} from './object/view.tsx';
import {TimelineView} from './timeline/view.tsx';
import {WhyView} from './why/view.tsx';
import {WorkerLogView} from './worker-log/view.tsx';

/** What can be opened over the panes, by its kind. */
export const viewComponents: ViewComponents = {
	diff: DiffView,
	yaml: ObjectView,
	commit: CommitPage,
	events: EventsView,
	log: WorkerLogView,
	timeline: TimelineView,
	why: WhyView,
	'drift-detail': DriftDetailView,
};
