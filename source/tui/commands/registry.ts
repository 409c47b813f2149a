import type {Place} from '../layout/places.ts';
import {type Command, type CommandRegistry, worksAt} from './command.ts';

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
