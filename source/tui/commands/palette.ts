import fuzzysort from 'fuzzysort';
import type {CommandContext} from './command.ts';
import {type Command, type Completion, enabledIn} from './command.ts';
import {findCommands} from './find-commands.ts';

/** One line of the palette. */
export interface PaletteEntry {
	readonly key: string;
	readonly command: Command;
	/** What the line becomes when this is completed. */
	readonly completed: string;
	/** What runs when this is chosen; null while something is still missing. */
	readonly words: readonly string[] | null;
	readonly label: string;
	readonly hint: string;
}

/**
 * What could be meant by what has been typed: commands while the first word is not finished, then what could stand as its
 * next word. Dangerous ones come last where the match is no better.
 */
export function paletteEntries(context: CommandContext, typed: string): PaletteEntry[] {
	const text = typed.trimStart();
	const [id = '', ...rest] = text.split(/\s+/);
	const command = text.includes(' ') ? context.registry.byId(id) : undefined;
	if (command) return argumentEntries(context, command, rest);
	const shown = context.registry.commands.filter(({isHidden}) => !isHidden);
	const ordered = text === '' ? [...shown].sort((one, other) => rank(one) - rank(other)) : findCommands(shown, text);
	return ordered.map(found => commandEntry(context, found));
}

function commandEntry(context: CommandContext, command: Command): PaletteEntry {
	const usage = (command.arguments ?? [])
		.map(({name, isRequired}) => (isRequired ? ` <${name}>` : ` [${name}]`))
		.join('');
	const isComplete = !command.arguments?.some(({isRequired}) => isRequired);
	return {
		key: command.id,
		command,
		completed: `${command.id}${command.arguments?.length ? ' ' : ''}`,
		words: isComplete ? [] : null,
		label: `${command.id}${usage}`,
		hint: hintOf(context, command),
	};
}

function argumentEntries(context: CommandContext, command: Command, words: readonly string[]): PaletteEntry[] {
	const done = words.slice(0, -1);
	const current = words.at(-1) ?? '';
	const argument = command.arguments?.[done.length];
	const line = [command.id, ...done].join(' ');
	const given = current === '' ? done : [...done, current];
	const missing = command.arguments?.slice(given.length).find(({isRequired}) => isRequired);
	const typedEntry: PaletteEntry = {
		key: 'typed',
		command,
		completed: `${line} ${current}`,
		words: missing ? null : given,
		label: current === '' ? `${line} <${argument?.name ?? 'nothing more'}>` : `${line} ${current}`,
		hint: missing ? `needs ${missing.name}` : hintOf(context, command),
	};
	const completions = argument?.complete?.(context) ?? [];
	const found = matching(completions, current).map(({value, hint}): PaletteEntry => {
		const chosen = [...done, value];
		const isLast = !command.arguments?.slice(chosen.length).some(({isRequired}) => isRequired);
		return {
			key: `value-${value}`,
			command,
			completed: `${line} ${value} `,
			words: isLast ? chosen : null,
			label: `${line} ${value}`,
			hint: hint ?? '',
		};
	});
	const isOffered = completions.some(({value}) => value === current);
	return isOffered || (current === '' && found.length > 0 && missing) ? found : [...found, typedEntry];
}

function matching(completions: readonly Completion[], typed: string): readonly Completion[] {
	if (typed === '') return completions;
	return fuzzysort.go(typed, completions, {key: 'value'}).map(result => result.obj);
}

function hintOf(context: CommandContext, command: Command): string {
	const enabled = enabledIn(command, context);
	return enabled === true ? command.title : `${command.title} (not now: ${enabled})`;
}

const ranks: Readonly<Record<Command['danger'], number>> = {none: 0, reversible: 1, destructive: 2};

function rank({danger}: Command): number {
	return ranks[danger];
}
