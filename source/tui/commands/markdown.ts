import {type Command, type CommandRegistry, commandGroups} from './command.ts';
import {describeKeys} from './help.ts';

/** The key list: one table a group, made from the commands. */
export function keysMarkdown(registry: CommandRegistry): string {
	return commandGroups
		.map(group => [group, registry.commands.filter(command => command.group === group)] as const)
		.filter(([, commands]) => commands.length > 0)
		.map(([group, commands]) => [`### ${group}`, '', ...tableLines(commands, registry)].join('\n'))
		.join('\n\n');
}

function tableLines(commands: readonly Command[], registry: CommandRegistry): string[] {
	const rows = commands.map(command => {
		const keys = describeKeys(registry.keysOf(command), command.id);
		const where = command.where === 'everywhere' ? '' : ` (in ${command.where.join(', ')})`;
		const danger = command.danger === 'none' ? '' : ` **${command.danger}**`;
		return `| ${escapeCell(keys)} | \`${command.id}\` | ${escapeCell(command.title)}${where}${danger} |`;
	});
	return ['| keys | command | what it does |', '|---|---|---|', ...rows];
}

function escapeCell(text: string): string {
	return text.replaceAll(/[\\|]/g, character => `\\${character}`);
}
