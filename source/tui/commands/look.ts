import {paneNames, paneTitles} from '../layout/places.ts';
import {listNameOf} from '../store/ui-state.ts';
import type {Command, CommandContext, Enabled} from './command.ts';

const base = {group: 'Look', where: 'everywhere', danger: 'none'} as const;

function needsList({ui}: CommandContext): Enabled {
	const state = ui.getState();
	return state.viewports[listNameOf(state)]?.kind === 'list' || 'there is no list here';
}

function needsSorts(context: CommandContext): Enabled {
	const state = context.ui.getState();
	const viewport = state.viewports[listNameOf(state)];
	return (viewport?.kind === 'list' && viewport.sorts.length > 1) || 'this list has only one order';
}

function tellOrder({ui}: CommandContext): void {
	const state = ui.getState();
	const viewport = state.viewports[listNameOf(state)];
	if (viewport?.kind !== 'list') return;
	ui.toast(`Sorted ${viewport.sorts[viewport.sort] ?? ''}${viewport.isReversed ? ', reversed' : ''}`);
}

/** What changes the picture and nothing else. */
export const lookCommands: readonly Command[] = [
	...paneNames.map(
		(pane, index): Command => ({
			...base,
			id: `focus-${pane}`,
			title: `Go to ${paneTitles[pane]}`,
			keys: [String(index + 1)],
			run: ({ui}) => ui.dispatch({type: 'focus', pane}),
		}),
	),
	{
		...base,
		id: 'next-pane',
		title: 'Go to the next pane',
		keys: ['tab'],
		run: ({ui}) => ui.dispatch({type: 'cycle-focus', by: 1}),
	},
	{
		...base,
		id: 'previous-pane',
		title: 'Go to the previous pane',
		keys: ['shift+tab'],
		run: ({ui}) => ui.dispatch({type: 'cycle-focus', by: -1}),
	},
	{
		...base,
		id: 'zoom',
		title: 'Give one pane the whole screen, and back',
		keys: ['z'],
		isEnabled: ({ui}) => ui.getState().views.length === 0 || 'this has the whole screen already',
		run: ({ui}) => ui.dispatch({type: 'zoom'}),
	},
	{
		...base,
		id: 'back',
		title: 'Go back one step: filter, marks, view, zoom',
		short: 'back',
		keys: ['escape'],
		run: ({ui}) => ui.dispatch({type: 'back'}),
	},
	{
		...base,
		id: 'sort',
		title: 'Sort by the next column',
		keys: ['o'],
		isEnabled: needsSorts,
		run(context) {
			context.ui.dispatch({type: 'viewport', action: {type: 'next-sort'}});
			tellOrder(context);
		},
	},
	{
		...base,
		id: 'reverse-sort',
		title: 'Reverse the order',
		keys: ['O'],
		isEnabled: needsList,
		run(context) {
			context.ui.dispatch({type: 'viewport', action: {type: 'reverse-sort'}});
			tellOrder(context);
		},
	},
	{
		...base,
		id: 'mark',
		title: 'Mark the row, for commands that take several',
		keys: ['space'],
		isEnabled: needsList,
		run: ({ui}) => ui.dispatch({type: 'viewport', action: {type: 'mark'}}),
	},
	{
		...base,
		id: 'clear-marks',
		title: 'Take all marks away',
		keys: ['ctrl+\\'],
		isEnabled: needsList,
		run: ({ui}) => ui.dispatch({type: 'viewport', action: {type: 'clear-marks'}}),
	},
];
