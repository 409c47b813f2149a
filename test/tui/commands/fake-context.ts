import {createActs} from '../../../source/tui/acts/acts.ts';
import type {Command, CommandContext} from '../../../source/tui/commands/command.ts';
import {createRegistry} from '../../../source/tui/commands/registry.ts';
import {createDataSource} from '../../../source/tui/data/source.ts';
import {createDialogs} from '../../../source/tui/dialogs/dialogs.ts';
import {createClock} from '../../../source/tui/store/clock.ts';
import {createFreezer} from '../../../source/tui/store/freezer.ts';
import type {SeenDrift} from '../../../source/tui/store/seen-drift.ts';
import {createStore} from '../../../source/tui/store/store.ts';
import {initialUiState} from '../../../source/tui/store/ui-state.ts';
import {createUiStore} from '../../../source/tui/store/ui-store.ts';

/** Everything a command may touch, without a terminal and without a worker. */
export function createContext(commands: readonly Command[], said: string[] = []): CommandContext {
	const source = createDataSource({
		connect: () => Promise.reject(new Error('there is no worker')),
		now: Date.now,
		lastSeen: {read: () => null, write() {}},
	});
	const data = source.store;
	const ui = createUiStore(initialUiState({columns: 80, rows: 24, theme: 'mono'}));
	const dialogs = createDialogs();
	return {
		ui,
		data,
		shown: createFreezer(data),
		clock: createClock(),
		dialogs,
		acts: createActs({
			client: () => null,
			world: data,
			catchUp() {},
			dialogs,
			toast: ui.toast,
			copy: text => said.push(`copy ${text}`) > 0,
			who: 'test@here',
			isReadOnly: false,
		}),
		registry: createRegistry(commands),
		terminal: {
			copy: text => said.push(`copy ${text}`) > 0,
			repaint: () => void said.push('repaint'),
			suspend: () => void said.push('suspend'),
			lend: async use => use(),
		},
		client: () => null,
		source,
		seenDrift: createStore<SeenDrift>({until: 0, ids: new Set()}),
		quit: () => void said.push('quit'),
	};
}

export function command(changes: Partial<Command> & Pick<Command, 'id'>): Command {
	return {
		title: `Do ${changes.id}`,
		group: 'Act',
		keys: [],
		where: 'everywhere',
		danger: 'none',
		run() {},
		...changes,
	};
}
