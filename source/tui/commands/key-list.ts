import {type Command, type CommandGroup, commandGroups} from './command.ts';

/**
 * The README's list of keys, as Markdown: what has a key, by the headings of the help. Made from the table, so that it
 * says what the screen says.
 */
export function keyListMarkdown(commands: readonly Command[]): string {
	return commandGroups.map(group => sectionOf(group, commands)).join('\n\n');
}

function sectionOf(group: CommandGroup, commands: readonly Command[]): string {
	const rows = commands
		.filter(command => command.group === group && command.keys.length > 0 && !command.isHidden)
		.map(({keys, title}) => `| ${keys.map(key => `\`${key.replace('|', '\\|')}\``).join(' ')} | ${title} |`);
	return [`| ${group} | |`, '|---|---|', ...rows].join('\n');
}
