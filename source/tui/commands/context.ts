import type {ProtocolClient} from '../../protocol/client.ts';
import type {Dialogs} from '../dialogs/dialogs.ts';
import type {Clock} from '../store/clock.ts';
import type {MonitorData} from '../store/data.ts';
import type {Freezer} from '../store/freezer.ts';
import type {Store} from '../store/store.ts';
import type {UiStore} from '../store/ui-store.ts';
import type {TerminalActions} from '../terminal/terminal-actions.ts';
import type {CommandRegistry} from './registry.ts';

/** Everything a command may touch. One for the whole screen; components get it with useMonitor. */
export interface CommandContext {
	readonly ui: UiStore;
	/** What the worker says, now. Commands act on this, never on a frozen picture. */
	readonly data: Store<MonitorData>;
	/** What is on the screen: the same, or what was there when it was frozen. */
	readonly shown: Freezer<MonitorData>;
	readonly clock: Clock;
	readonly dialogs: Dialogs;
	readonly registry: CommandRegistry;
	readonly terminal: TerminalActions;
	/** null while there is no worker to talk to. */
	readonly client: () => ProtocolClient | null;
	/** Ends the program. */
	readonly quit: () => void;
}
