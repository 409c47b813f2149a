import {themeNames} from '../theme/themes.ts';
import type {Command} from './command.ts';

const base = {group: 'Screen', where: 'everywhere', danger: 'none'} as const;

/** The program itself. */
export const screenCommands: readonly Command[] = [
	{
		...base,
		id: 'palette',
		title: 'Run a command by its name',
		short: 'command',
		keys: [':'],
		isHidden: true,
		run: ({ui}) => ui.dispatch({type: 'prompt', prompt: {type: 'palette'}}),
	},
	{
		...base,
		id: 'help',
		title: 'Show, find and run everything that can be done here',
		short: 'help',
		keys: ['?', 'f1'],
		isHidden: true,
		run: ({ui}) => ui.dispatch({type: 'prompt', prompt: {type: 'help'}}),
	},
	{
		...base,
		id: 'freeze',
		title: 'Freeze the screen for reading, and let it go on',
		keys: ['f'],
		aliases: ['pause screen'],
		run({shown, clock}) {
			if (shown.status.getState().type === 'frozen') {
				shown.thaw();
				clock.start();
			} else {
				shown.freeze(Date.now());
				clock.stop();
			}
		},
	},
	{
		...base,
		id: 'repaint',
		title: 'Draw the whole screen anew',
		keys: ['ctrl+l'],
		aliases: ['redraw'],
		run: ({terminal}) => terminal.repaint(),
	},
	{
		...base,
		id: 'suspend',
		title: 'Go to the shell; fg comes back',
		keys: ['ctrl+z'],
		run: ({terminal}) => terminal.suspend(),
	},
	{
		...base,
		id: 'theme',
		title: 'Choose how it looks',
		keys: [],
		arguments: [{name: 'theme', isRequired: true, complete: () => themeNames.map(value => ({value}))}],
		run({ui}, [name]) {
			const theme = themeNames.find(known => known === name);
			if (theme) ui.dispatch({type: 'theme', theme});
			else ui.toast(`There is no theme of that name; there are ${themeNames.join(', ')}`, 'toastBad');
		},
	},
	{
		...base,
		id: 'quit',
		title: 'Leave; the worker stays as it is',
		short: 'quit',
		keys: ['q'],
		run: ({quit}) => quit(),
	},
];
