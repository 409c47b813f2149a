import type {ProtocolClient} from '../../protocol/client.ts';
import type {ActPorts} from '../acts/ports.ts';
import type {DataSource} from '../data/source.ts';
import type {Dialogs} from '../dialogs/dialogs.ts';
import type {Place} from '../layout/places.ts';
import type {Clock} from '../store/clock.ts';
import type {MonitorData} from '../store/data.ts';
import type {Freezer} from '../store/freezer.ts';
import type {SeenDrift} from '../store/seen-drift.ts';
import type {Store} from '../store/store.ts';
import type {UiStore} from '../store/ui-store.ts';
import type {TerminalActions} from '../terminal/terminal-actions.ts';

/**
 * How far a command can reach. `none` never writes; `reversible` can be undone by the opposite command; `destructive` may
 * overwrite or delete objects. Read-only mode, the way it is asked and its place in the palette come from this.
 */
export type Danger = 'none' | 'reversible' | 'destructive';

/** Headings of the help, in its order. */
export const commandGroups = ['Move', 'Look', 'Act', 'Screen'] as const;

export type CommandGroup = (typeof commandGroups)[number];

/** true, or why not: a sentence without a period, shown where the key is pressed. */
export type Enabled = true | string;

/** One thing a person can do. Keys, footer, help, palette and the README's list are made from this and nothing else. */
export interface Command {
	/** Stable, kebab-case: `next-pane`. What the palette takes and the remap file names. */
	readonly id: string;
	/** Imperative, without a period: `Focus the next pane`. */
	readonly title: string;
	/** One or two words for the footer; absent: it never stands there. */
	readonly short?: string;
	readonly group: CommandGroup;
	/** Chords as in input/chord.ts. Empty: only by the palette. */
	readonly keys: readonly string[];
	/** Where its keys work; `everywhere` comes last, so a place may use a key for something of its own. */
	readonly where: 'everywhere' | readonly Place[];
	readonly danger: Danger;
	/** Asked words in the palette: `:write 15m`. */
	readonly arguments?: readonly CommandArgument[];
	/** Other words that the palette and the help find it by. */
	readonly aliases?: readonly string[];
	/** Not in the palette and the help: there are other ways to say it there. */
	readonly isHidden?: boolean;
	/** Default: always. */
	readonly isEnabled?: (context: CommandContext) => Enabled;
	/** A rejection is shown to the person; HoldfastErrors with their hint. */
	readonly run: (context: CommandContext, words: readonly string[]) => void | Promise<void>;
}

export interface CommandArgument {
	/** As it stands in the palette: `application`, `duration`. */
	readonly name: string;
	readonly isRequired: boolean;
	/** What could stand there, best first; the palette filters. */
	readonly complete?: (context: CommandContext) => readonly Completion[];
}

export interface Completion {
	readonly value: string;
	readonly hint?: string;
}

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
	/** What writes, and whether it may. */
	readonly acts: ActPorts;
	/** null while there is no worker to talk to. */
	readonly client: () => ProtocolClient | null;
	/** Where the data comes from: asks for details, and for a lost worker. */
	readonly source: DataSource;
	/** Which drifts somebody has seen. */
	readonly seenDrift: Store<SeenDrift>;
	/** Ends the program. */
	readonly quit: () => void;
}

/** The commands of a program with the keys that they have for this person. */
export interface CommandRegistry {
	/** In the order of the table. */
	readonly commands: readonly Command[];
	byId(id: string): Command | undefined;
	/** What a chord does at a place: the place's own meaning before the one that it has everywhere. */
	find(chord: string, place: Place): Command | undefined;
	/** Chords of a command, remapped where somebody did. */
	keysOf(command: Command): readonly string[];
	/** Commands whose keys work at a place, its own first. */
	at(place: Place): readonly Command[];
}

/** Whether its keys work at a place. */
export function worksAt(command: Command, place: Place): boolean {
	return command.where === 'everywhere' || command.where.includes(place);
}

export function enabledIn(command: Command, context: CommandContext): Enabled {
	return command.isEnabled?.(context) ?? true;
}
