import type {CommandDefinition, Danger} from '../definition.ts';
import {flagNamed, globalFlags} from '../flag-table.ts';
import type {FlagDefinition} from '../flags.ts';

const dangers: Readonly<Record<Danger, string>> = {
	none: 'writes nothing to a cluster itself',
	reversible: 'writes, and can be undone',
	destructive: 'may overwrite and delete objects; shows what it will do first',
};

const columns = 100;

/** What `holdfast help` prints. */
export function overviewText(table: readonly CommandDefinition[]): string {
	const width = Math.max(...table.map(command => command.name.length));
	return [
		'holdfast holds Kubernetes clusters to what Git says.',
		'',
		'Usage: holdfast [COMMAND] [WORDS] [FLAGS]      without a command: status',
		'',
		'Commands:',
		...table.map(command => `  ${command.name.padEnd(width)}  ${command.summary}`),
		'',
		'Flags of every command:',
		...flagLines(globalFlags.map(flagNamed)),
		'',
		'Exit codes: 0 done, 1 the answer is no (differences, not Synced, a failed check), 2 an error.',
		'holdfast COMMAND --help explains one.',
	].join('\n');
}

/** What `holdfast COMMAND --help` prints. */
export function commandText(command: CommandDefinition): string {
	const own = ownFlags(command);
	return [
		`${command.summary}.`,
		'',
		`Usage: ${usageOf(command)}`,
		...command.description.flatMap(paragraph => ['', ...wrap(paragraph, columns)]),
		...(own.length > 0 ? ['', 'Flags:', ...flagLines(own)] : []),
		'',
		'Flags of every command: see holdfast help.',
		'',
		...wrap(`Danger: ${command.danger} (${dangers[command.danger]}).`, columns),
		...(command.exits ? wrap(`Exit codes: ${command.exits}.`, columns) : []),
		...(command.examples.length > 0 ? ['', 'Examples:', ...command.examples.map(example => `  ${example}`)] : []),
	].join('\n');
}

/** The README's reference of the command line, as Markdown. */
export function referenceMarkdown(table: readonly CommandDefinition[]): string {
	const commands = table.flatMap(command => {
		const own = ownFlags(command);
		return [
			`### \`${usageOf(command)}\``,
			'',
			`${command.summary}.${command.description.map(paragraph => ` ${paragraph}`).join('')}`,
			'',
			`Danger: **${command.danger}**, ${dangers[command.danger]}.${command.exits ? ` Exit codes: ${command.exits}.` : ''}`,
			'',
			...(own.length > 0 ? [...flagTableMarkdown(own), ''] : []),
		];
	});
	return [...commands, '### Flags of every command', '', ...flagTableMarkdown(globalFlags.map(flagNamed)), ''].join(
		'\n',
	);
}

export function usageOf(command: CommandDefinition): string {
	const hasFlags = ownFlags(command).length > 0;
	return ['holdfast', command.name, command.usage, hasFlags ? '[FLAGS]' : ''].filter(Boolean).join(' ');
}

/** The flags a verb has for itself, with the formats that its own `--output` takes. */
export function ownFlags(command: CommandDefinition): FlagDefinition[] {
	const flags = command.flags.map(name => {
		const flag = flagNamed(name);
		const bare = command.bareValues?.[name];
		return bare === undefined ? flag : {...flag, summary: `${flag.summary} (without a value: ${bare})`};
	});
	if (command.outputs.length === 0) return flags;
	const output: FlagDefinition = {
		...flagNamed('output'),
		choices: command.outputs,
		summary: `one of ${command.outputs.join(', ')} (default: ${command.outputs[0]})`,
	};
	return [output, ...flags];
}

function spellingOf(flag: FlagDefinition): string {
	const value = flag.placeholder ?? '';
	const long = flag.isValueOptional ? `--${flag.long}[=${value}]` : `--${flag.long}${value && ` ${value}`}`;
	return flag.short ? `-${flag.short}, ${long}` : long;
}

function flagLines(flags: readonly FlagDefinition[]): string[] {
	const width = Math.max(...flags.map(flag => spellingOf(flag).length));
	return flags.flatMap(flag => {
		const [first = '', ...rest] = wrap(describe(flag), columns - width - 4);
		return [
			`  ${spellingOf(flag).padEnd(width)}  ${first}`.trimEnd(),
			...rest.map(line => `${' '.repeat(width + 4)}${line}`),
		];
	});
}

function flagTableMarkdown(flags: readonly FlagDefinition[]): string[] {
	const cell = (text: string) => text.replaceAll('|', '\\|');
	return [
		'| flag | meaning |',
		'|---|---|',
		...flags.map(flag => `| \`${cell(spellingOf(flag))}\` | ${cell(describe(flag))} |`),
	];
}

function describe(flag: FlagDefinition): string {
	const isListed = flag.name === 'output' || !flag.choices;
	return isListed ? flag.summary : `${flag.summary}: ${flag.choices.join(', ')}`;
}

function wrap(text: string, width: number): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line && line.length + 1 + word.length > width) {
			lines.push(line);
			line = word;
		} else {
			line = line ? `${line} ${word}` : word;
		}
	}
	return [...lines, line];
}
