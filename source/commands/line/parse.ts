import meow, {type AnyFlags} from 'meow';
import {parseDuration} from '../../model/durations.ts';
import {quote} from '../../model/quote.ts';
import type {CommandDefinition, Line} from '../definition.ts';
import {flagTable, globalFlags, whereFlags} from '../flag-table.ts';
import type {FlagDefinition, Flags} from '../flags.ts';
import {version} from '../version-number.ts';
import {bareValue, checkChoice, type NormalArguments} from './normalise.ts';
import {usageError} from './usage-error.ts';

/** Checks a normalised command line against its verb and turns the flags into values. Throws a usage error. */
export function parseLine(command: CommandDefinition, given: NormalArguments): Line {
	const words = given.words.slice(1);
	checkFlags(command, given);
	checkWords(command, words);
	const allowed = flagTable.filter(flag => isAllowed(command, flag.name));
	const parsed = meow({
		importMeta: import.meta,
		pkg: {name: 'holdfast', version, bin: {holdfast: 'holdfast'}},
		argv: [...given.flags.map(spell), '--', ...words],
		flags: Object.fromEntries(allowed.map(flag => [flag.name, meowFlag(flag)])) as AnyFlags,
		allowUnknownFlags: false,
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
	});
	// meow leaves the bare name; `ps` should still tell one worker from another.
	process.title = ['holdfast', command.name, ...words, ...given.flags.map(spell)]
		.join(' ')
		.replaceAll(`=${bareValue}`, '');
	const flags = Object.fromEntries(
		allowed.map(flag => [flag.name, convert(command, flag, (parsed.flags as Record<string, unknown>)[flag.name])]),
	);
	return {
		command,
		words: [...new Set(parsed.input)],
		flags: {config: [], type: [], only: [], id: [], field: [], ...flags} as unknown as Flags,
		where: given.flags
			.filter(flag => whereFlags.includes(flag.name))
			.map(flag => ` ${quote(spell(flag))}`)
			.join(''),
	};
}

export function isAllowed(command: CommandDefinition, name: keyof Flags): boolean {
	if (name === 'output') return command.outputs.length > 0;
	return globalFlags.includes(name) || command.flags.includes(name);
}

function checkFlags(command: CommandDefinition, given: NormalArguments): void {
	for (const flag of given.flags) {
		if (!isAllowed(command, flag.name)) {
			throw usageError(`${command.name} takes no --${flag.long}`, `See holdfast ${command.name} --help.`);
		}
		if (flag.name === 'output') checkChoice('--output', flag.value, command.outputs);
	}
}

function checkWords(command: CommandDefinition, words: readonly string[]): void {
	const {minimum, maximum, choices} = command.words;
	const usage = `Usage: holdfast ${command.name} ${command.usage}`.trimEnd();
	if (words.length > maximum) {
		const extra = words.slice(maximum).join(' ');
		const takes = maximum === 0 ? 'no words' : maximum === 1 ? 'one word' : `${maximum} words`;
		throw usageError(`${command.name} takes ${takes}; too many: ${extra}`, usage);
	}
	if (words.length < minimum) throw usageError(`${command.name} needs ${command.usage}`, usage);
	for (const word of choices ? words : []) checkChoice(command.name, word, choices ?? []);
	if (words.includes('')) throw usageError(`${command.name}: an empty word is no name`, usage);
}

function spell(flag: NormalArguments['flags'][number]): string {
	return `--${flag.long}=${flag.value}`;
}

function meowFlag(flag: FlagDefinition): AnyFlags[string] {
	switch (flag.kind) {
		case 'switch':
			return {type: 'boolean'};
		case 'count':
			return {type: 'number'};
		case 'texts':
		case 'words':
			return {type: 'string', isMultiple: true};
		case 'text':
		case 'choice':
		case 'duration':
			return {type: 'string'};
	}
}

function convert(command: CommandDefinition, flag: FlagDefinition, value: unknown): unknown {
	if (flag.kind === 'words') return ((value as string[] | undefined) ?? []).flatMap(words => words.split(','));
	if (flag.kind !== 'duration' || value === undefined) return value;
	return parseDuration(value === bareValue ? (command.bareValues?.[flag.name] ?? '0') : String(value)) ?? undefined;
}
