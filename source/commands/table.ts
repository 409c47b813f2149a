import type {CommandDefinition} from './definition.ts';
import {actCommands} from './table/act.ts';
import {lookCommands} from './table/look.ts';
import {runCommands} from './table/run.ts';
import {shellCommands} from './table/shell.ts';

/**
 * Every verb of the command line, in the order help shows them. Parsing, help, shell completion and the README's
 * reference are made from this table.
 */
export const commandTable: readonly CommandDefinition[] = [
	...lookCommands,
	...actCommands,
	...runCommands,
	...shellCommands,
];
