import {ApplicationsPane} from './applications.tsx';
import {EmptyPane} from './empty-pane.tsx';
import type {PaneComponents} from './pane.ts';

export const paneComponents: PaneComponents = {
	applications: ApplicationsPane,
	sync: EmptyPane,
	drift: EmptyPane,
	commits: EmptyPane,
};
