import leven from 'leven';
import {HoldfastError, type Problem, toProblem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import {parseChord} from '../input/chord.ts';
import type {Command} from './command.ts';

/** Keys as a person wants them: chords by the command's id. */
export type KeyMap = ReadonlyMap<string, readonly string[]>;

export interface Remapping {
	readonly keys: KeyMap;
	/** What was not understood; the commands named there keep their own keys. */
	readonly problems: readonly Problem[];
}

/** It leaves the program whatever else is broken. */
const reserved: ReadonlySet<string> = new Set(['ctrl+c']);

/**
 * Reads a key file: a JSON object, the id of a command → a key or a list of keys, `{"zoom": "+", "quit": ["ctrl+q"]}`. An
 * empty list takes the keys away. Total: what is wrong is told and left out.
 *
 * @param file named in the problems
 */
export function readRemapping(text: string, commands: readonly Command[], file: string): Remapping {
	const keys = new Map<string, readonly string[]>();
	const problems: Problem[] = [];
	for (const [id, value] of Object.entries(parse(text, problems, file))) {
		try {
			requireCommand(id, commands);
			keys.set(id, readChords(value, id));
		} catch (error) {
			problems.push({...toProblem(error), file});
		}
	}
	for (const {id, problem} of findClashes(keys, commands)) {
		keys.delete(id);
		problems.push({...problem, file});
	}
	return {keys, problems};
}

function parse(text: string, problems: Problem[], file: string): object {
	try {
		const value: unknown = JSON.parse(text);
		if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
		throw new Error('it is no object');
	} catch (error) {
		problems.push({
			code: 'InvalidKeyFile',
			message: `The key file is not JSON as it should be: ${safeText((error as Error).message)}`,
			hint: 'Write {"zoom": "+", "quit": ["ctrl+q"]}',
			file,
		});
		return {};
	}
}

function requireCommand(id: string, commands: readonly Command[]): void {
	if (commands.some(command => command.id === id)) return;
	const nearest = commands.map(command => command.id).sort((one, other) => leven(id, one) - leven(id, other))[0];
	throw new HoldfastError({
		code: 'UnknownCommand',
		message: `There is no command "${safeText(id)}" to give keys to`,
		hint: `Did you mean ${nearest}? The help shows every command`,
	});
}

function readChords(value: unknown, id: string): string[] {
	const texts = typeof value === 'string' ? [value] : value;
	if (!Array.isArray(texts) || !texts.every(text => typeof text === 'string')) {
		throw new HoldfastError({
			code: 'InvalidKey',
			message: `The keys of ${id} are neither a text nor a list of texts`,
			hint: 'Write "ctrl+q" or ["q", "ctrl+q"]',
		});
	}
	const chords = texts.map(parseChord);
	const taken = chords.find(chord => reserved.has(chord));
	if (taken !== undefined) {
		throw new HoldfastError({code: 'InvalidKey', message: `${taken} always leaves and cannot do ${id} instead`});
	}
	return chords;
}

/** Two commands that want one key at one place. */
function findClashes(keys: KeyMap, commands: readonly Command[]): {readonly id: string; readonly problem: Problem}[] {
	const keysOf = (command: Command) => keys.get(command.id) ?? command.keys;
	return [...keys].flatMap(([id, chords]) => {
		const command = commands.find(known => known.id === id)!;
		const other = commands.find(
			known => known !== command && meet(command, known) && keysOf(known).some(chord => chords.includes(chord)),
		);
		if (!other) return [];
		const message = `${chords.join(', ')} cannot be for ${id}: ${other.id} has it at the same place`;
		return [{id, problem: {code: 'KeyTaken', message, hint: `Give ${other.id} another key too`}}];
	});
}

/** A place may have its own meaning for a key that means something else everywhere: only equals meet. */
export function meet(one: Command, other: Command): boolean {
	if (one.where === 'everywhere' || other.where === 'everywhere') return one.where === other.where;
	return one.where.some(place => other.where.includes(place));
}
