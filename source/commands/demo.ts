import {fileURLToPath} from 'node:url';
import type {CommandRunner} from './definition.ts';
import type {Terminal} from './terminal/terminal.ts';

/** What the demo's program offers; nothing here knows more of it. */
interface DemoProgram {
	runDemo(options: {
		program: string;
		environment: NodeJS.ProcessEnv;
		isTerminal: boolean;
		print: (text: string) => void;
		signal: AbortSignal;
	}): Promise<number>;
}

const isBundled = !import.meta.url.endsWith('.ts');
const demoProgram = new URL(isBundled ? './demo/main.js' : '../../demo/main.ts', import.meta.url);
const commandLine = new URL(isBundled ? './cli.js' : '../cli.ts', import.meta.url);

/** `holdfast demo`: a cluster and a repository to play with, in one process, gone when it ends. */
export const run: CommandRunner = async (_line, terminal: Terminal) => {
	const {runDemo} = (await import(demoProgram.href)) as DemoProgram;
	return runDemo({
		program: fileURLToPath(commandLine),
		environment: terminal.environment,
		isTerminal: terminal.output.isTerminal,
		print: text => terminal.print(text),
		signal: terminal.signal,
	});
};
