import {formatProblem, HoldfastError} from '../model/errors.ts';
import {readKeyFile} from './commands/key-file.ts';
import type {InputEvent} from './input/key.ts';
import {createInputLayers} from './input/layers.ts';
import {createInputQueue} from './input/queue.ts';
import {readInput} from './input/reader.ts';
import {layOutScreen} from './layout/screen.ts';
import type {RunningApp} from './run-app.tsx';
import type {MonitorSession} from './session.ts';
import {detectCapabilities, type Environment} from './terminal/capabilities.ts';
import {copySequence} from './terminal/clipboard.ts';
import {type Ending, exitCodeOf, watchEndings} from './terminal/ending.ts';
import {outlineSequence} from './terminal/outline.ts';
import {watchResize} from './terminal/resize.ts';
import {ScreenOutput} from './terminal/screen-output.ts';
import {watchSuspension} from './terminal/suspend.ts';
import {createTerminalModes} from './terminal/terminal-modes.ts';
import {glyphSets} from './theme/glyphs.ts';

export interface MonitorOptions {
	readonly session: MonitorSession;
	readonly environment: Environment;
	/** Instead of the monitor as it ships. */
	readonly parts?: import('./parts.ts').MonitorParts;
}

/**
 * Shows the full-screen monitor until the person leaves, and answers with the exit code. Has the whole terminal meanwhile,
 * signals included, and gives it back as it was however it ends.
 *
 * @throws HoldfastError NotATerminal, or whatever crashed it, after the terminal was given back
 */
export async function startMonitor(options: MonitorOptions): Promise<number> {
	const {stdin, stdout} = process;
	const capabilities = detectCapabilities(options.environment, {
		isInputTerminal: stdin.isTTY === true,
		isOutputTerminal: stdout.isTTY === true,
	});
	if (!capabilities.isFullScreen) throw notATerminal();
	const {promise: ended, resolve: end} = Promise.withResolvers<Ending>();
	const modes = createTerminalModes(stdin, stdout);
	const output = new ScreenOutput(stdout, {isAscii: capabilities.glyphs === 'ascii'});
	let isLent = false;
	// An editor that has the terminal is interrupted by ctrl-c; we are not.
	const stopWatchingEndings = watchEndings(end, signal => isLent && (signal === 'SIGINT' || signal === 'SIGQUIT'));
	const giveBack = () => {
		output.close();
		modes.leave();
	};
	// Whoever calls process.exit, in whatever module.
	process.once('exit', giveBack);
	modes.enter();
	drawOutline(output, glyphSets[capabilities.glyphs]);

	const layers = createInputLayers();
	const queue = createInputQueue(layers);
	const early: InputEvent[] = [];
	let hear = (events: readonly InputEvent[]): void => void early.push(...events);
	const stopReading = readInput(stdin, {heard: events => hear(events), ended: () => end({type: 'hang-up'})});
	let app: RunningApp | undefined;
	const takeBack = () => {
		output.open();
		modes.reenter();
		app?.resize(output.measure());
	};
	const suspension = watchSuspension({leave: giveBack, resume: takeBack});
	const stopResizing = watchResize(stdout, output, size => app?.resize(size));
	try {
		const [{runApp}, {monitorParts}] = await Promise.all([import('./run-app.tsx'), import('./parts.ts')]);
		const parts = options.parts ?? monitorParts;
		const remapping = readKeyFile(options.environment, parts.commands);
		app = runApp({
			capabilities,
			output,
			layers,
			session: options.session,
			parts,
			keys: remapping.keys,
			terminal: {
				copy(text) {
					const sequence = copySequence(text, capabilities.multiplexer);
					if (sequence !== null) output.write(sequence);
					return sequence !== null;
				},
				suspend: suspension.suspend,
				async lend(use) {
					isLent = true;
					giveBack();
					try {
						await use();
					} finally {
						isLent = false;
						takeBack();
					}
				},
			},
			quit: () => end({type: 'quit'}),
			failed: error => end({type: 'crash', error}),
		});
		for (const problem of remapping.problems) app.toast(formatProblem(problem));
		hear = queue.add;
		queue.add(early);
		const ending = await ended;
		if (ending.type === 'crash') throw ending.error;
		return exitCodeOf(ending);
	} finally {
		stopResizing();
		stopReading();
		suspension.end();
		giveBack();
		app?.end();
		process.off('exit', giveBack);
		stopWatchingEndings();
	}
}

function notATerminal(): HoldfastError {
	return new HoldfastError({
		code: 'NotATerminal',
		message: 'The monitor needs a terminal that can move its cursor, for its input and its output',
		hint: 'holdfast status and holdfast events --follow print plain lines anywhere',
	});
}

/** Something to look at while the rest is loaded. */
function drawOutline(output: ScreenOutput, glyphs: (typeof glyphSets)['unicode']): void {
	const {columns, rows} = output;
	const screen = layOutScreen({
		columns,
		rows,
		focus: 'applications',
		companion: 'drift',
		isZoomed: false,
		hasView: false,
	});
	if (screen.type !== 'screen' || !screen.isFramed) return;
	output.write(
		outlineSequence(
			screen.panes.map(pane => pane.rectangle),
			glyphs,
		),
	);
}

/** One frame of the monitor as lines of text, without a terminal. */
export async function printFrame(input: import('./snapshot.ts').SnapshotInput): Promise<readonly string[]> {
	const {snapshotText} = await import('./snapshot.ts');
	return snapshotText(input);
}
