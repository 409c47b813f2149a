import type {CommandRunner} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {bashScript, fishScript, zshScript} from './print/completion-scripts.ts';
import {commandTable} from './table.ts';

const scripts = {bash: bashScript, zsh: zshScript, fish: fishScript};

/** `holdfast completion bash|zsh|fish`: verbs, flags and their choices; nothing is asked of a cluster while typing. */
export const run: CommandRunner = async (line, terminal) => {
	const shell = line.words[0] as keyof typeof scripts;
	terminal.print(scripts[shell](commandTable));
	return exitCodes.ok;
};
