import {describeChord} from '../input/chord.ts';
import type {Place} from '../layout/places.ts';
import type {CommandContext} from './command.ts';
import {type Command, type Enabled, enabledIn, worksAt} from './command.ts';
import {findCommands} from './find-commands.ts';

export interface HelpEntry {
	readonly command: Command;
	readonly keys: string;
	/** Whether its keys work where the help was asked for. */
	readonly isHere: boolean;
	readonly enabled: Enabled;
}

/**
 * Everything that can be done, found by a word of it: what works here first, before all what the footer names too. Nothing is hidden
 * because it cannot run now; it says why.
 */
export function helpEntries(context: CommandContext, place: Place, typed: string): HelpEntry[] {
	const {registry} = context;
	const entries = findCommands(registry.commands, typed).map(command => ({
		command,
		keys: describeKeys(registry.keysOf(command), command.id),
		isHere: worksAt(command, place),
		enabled: enabledIn(command, context),
	}));
	if (typed.trim() !== '') return entries;
	return entries.sort((one, other) => weight(other) - weight(one));
}

function weight({command, isHere}: HelpEntry): number {
	return (isHere ? 2 : 0) + (isHere && command.short !== undefined ? 1 : 0);
}

/** `j, Down`; without a key `:theme`. */
export function describeKeys(chords: readonly string[], id: string): string {
	return chords.length > 0 ? chords.map(describeChord).join(', ') : `:${id}`;
}
