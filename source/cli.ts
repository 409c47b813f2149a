/**
 * The front door: the first thing that runs, and the smallest. It answers `--version` by itself, wires the process
 * (signals, a pipe that closes) and hands over to `commands/run.ts`.
 */
import {flushOutput, followParent, leaveQuietlyWithoutReader, listenForSignals} from './commands/terminal/signals.ts';
import {processTerminal} from './commands/terminal/terminal.ts';
import {version} from './commands/version-number.ts';

// Through a name of its own: the bundler replaces the expression by a constant.
const {env} = process;
env.NODE_ENV ??= 'production';
leaveQuietlyWithoutReader();

const argv = process.argv.slice(2);
if (argv.length === 1 && argv[0] === '--version') {
	process.stdout.write(`holdfast ${version}\n`);
} else {
	followParent();
	const {runCommandLine} = await import('./commands/run.ts');
	const code = await runCommandLine(argv, processTerminal(listenForSignals()));
	await flushOutput();
	// Not exitCode: a socket or a child that is still closing must not keep a finished command waiting.
	process.exit(code);
}
