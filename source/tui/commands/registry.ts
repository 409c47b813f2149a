import type {Place} from '../layout/places.ts';
import {type Command, worksAt} from './command.ts';

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

/** @param keys chords by command, instead of the table's own */
export function createRegistry(
	commands: readonly Command[],
	keys: ReadonlyMap<string, readonly string[]> = new Map(),
): CommandRegistry {
	const keysOf = (command: Command) => keys.get(command.id) ?? command.keys;
	const at = (place: Place) => {
		const here = commands.filter(command => worksAt(command, place));
		return [
			...here.filter(command => command.where !== 'everywhere'),
			...here.filter(command => command.where === 'everywhere'),
		];
	};
	return {
		commands,
		byId: id => commands.find(command => command.id === id),
		find: (chord, place) => at(place).find(command => keysOf(command).includes(chord)),
		keysOf,
		at,
	};
}
