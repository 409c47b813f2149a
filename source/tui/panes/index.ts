import {ApplicationsPane} from './applications/pane.tsx';
import {CommitsPane} from './commits/pane.tsx';
import {DriftPane} from './drift/pane.tsx';
import type {PaneComponents} from './pane.ts';
import {SyncPane} from './sync/pane.tsx';

export const paneComponents: PaneComponents = {
	applications: ApplicationsPane,
	sync: SyncPane,
	drift: DriftPane,
	commits: CommitsPane,
};
