import type {Command} from './commands/command.ts';
import {commandTable} from './commands/table.ts';
import {paneComponents} from './panes/index.ts';
import type {PaneComponents, ViewComponents} from './panes/pane.ts';
import {viewComponents} from './views/index.ts';

/** What a screen is made of. */
export interface MonitorParts {
	readonly commands: readonly Command[];
	readonly panes: PaneComponents;
	readonly views: ViewComponents;
}

/** The monitor as it ships. */
export const monitorParts: MonitorParts = {
	commands: commandTable,
	panes: paneComponents,
	views: viewComponents,
};
