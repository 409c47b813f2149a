import type {ViewComponents} from '../panes/pane.ts';

/** What can be opened over the panes, by its kind. */
export const viewComponents: ViewComponents = {};
