import fuzzysort from 'fuzzysort';
import type {Command} from './command.ts';

/** Commands in the order they fit what was typed; with nothing typed as they are. */
export function findCommands(commands: readonly Command[], typed: string): Command[] {
	const text = typed.trim();
	if (text === '') return [...commands];
	const exact = commands.filter(command => command.id === text);
	const found = fuzzysort
		.go(text, commands, {keys: ['id', 'title', (command: Command) => command.aliases?.join(' ') ?? '']})
		.map(result => result.obj);
	return [...new Set([...exact, ...found])];
}
