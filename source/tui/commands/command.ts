import type {Place} from '../layout/places.ts';
import type {CommandContext} from './context.ts';

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

/** Whether its keys work at a place. */
export function worksAt(command: Command, place: Place): boolean {
	return command.where === 'everywhere' || command.where.includes(place);
}

export function enabledIn(command: Command, context: CommandContext): Enabled {
	return command.isEnabled?.(context) ?? true;
}
