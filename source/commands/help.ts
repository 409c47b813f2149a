import type {CommandRunner} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {findCommand} from './line/find-command.ts';
import {commandText, overviewText} from './print/help-text.ts';
import {commandTable} from './table.ts';

/** `holdfast help [COMMAND]`. */
export const run: CommandRunner = async (line, terminal) => {
	const [name] = line.words;
	terminal.print(name === undefined ? overviewText(commandTable) : commandText(findCommand([name], commandTable)));
	return exitCodes.ok;
};
