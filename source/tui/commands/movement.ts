import type {Movement} from '../store/movement.ts';
import {listNameOf} from '../store/ui-state.ts';
import type {ViewportAction} from '../store/viewport.ts';
import type {Command, CommandContext} from './command.ts';

const base = {group: 'Move', where: 'everywhere', danger: 'none'} as const;

function scroll({ui}: CommandContext, action: ViewportAction): void {
	ui.dispatch({type: 'viewport', action});
}

function movement(id: string, title: string, keys: readonly string[], step: Movement): Command {
	return {...base, id, title, keys, run: context => scroll(context, step)};
}

/** k9s' keys, and less'. The same in every list and every text. */
export const movementCommands: readonly Command[] = [
	movement('down', 'Go down', ['j', 'down'], {type: 'move', by: 1}),
	movement('up', 'Go up', ['k', 'up'], {type: 'move', by: -1}),
	movement('first', 'Go to the first', ['g', 'home'], {type: 'first'}),
	movement('last', 'Go to the last', ['G', 'end'], {type: 'last'}),
	movement('page-down', 'Go down a page', ['pagedown', 'ctrl+f'], {type: 'page', by: 1}),
	movement('page-up', 'Go up a page', ['pageup', 'ctrl+b'], {type: 'page', by: -1}),
	movement('half-page-down', 'Go down half a page', ['ctrl+d'], {type: 'half-page', by: 1}),
	movement('half-page-up', 'Go up half a page', ['ctrl+u'], {type: 'half-page', by: -1}),
	{
		...base,
		id: 'right',
		title: 'Scroll right',
		keys: ['l', 'right'],
		where: ['diff', 'yaml', 'commit'],
		run: context => scroll(context, {type: 'sideways', by: 8}),
	},
	{
		...base,
		id: 'left',
		title: 'Scroll left',
		keys: ['h', 'left'],
		where: ['diff', 'yaml', 'commit'],
		run: context => scroll(context, {type: 'sideways', by: -8}),
	},
	{
		...base,
		id: 'filter',
		title: 'Filter the list, search the text',
		short: 'filter',
		keys: ['/'],
		aliases: ['search', 'find'],
		run({ui}) {
			const list = listNameOf(ui.getState());
			ui.dispatch({
				type: 'prompt',
				prompt: {type: 'filter', list, before: ui.getState().viewports[list]?.filter ?? ''},
			});
		},
	},
	{
		...base,
		id: 'next-match',
		title: 'Go to the next match',
		keys: ['n'],
		run: context => scroll(context, {type: 'match', by: 1}),
	},
	{
		...base,
		id: 'previous-match',
		title: 'Go to the previous match',
		keys: ['N'],
		run: context => scroll(context, {type: 'match', by: -1}),
	},
];
