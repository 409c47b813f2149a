import {PassThrough} from 'node:stream';
import {createActs} from './acts/acts.ts';
import {App} from './app.tsx';
import type {CommandContext} from './commands/command.ts';
import {createRegistry} from './commands/registry.ts';
import {openLastSeen} from './data/last-seen.ts';
import {createDataSource} from './data/source.ts';
import {createDialogs} from './dialogs/dialogs.ts';
import type {InputLayers} from './input/layers.ts';
import type {MonitorParts} from './parts.ts';
import type {MonitorSession} from './session.ts';
import {createClock} from './store/clock.ts';
import {followSelection} from './store/follow-selection.ts';
import {createFreezer} from './store/freezer.ts';
import type {SeenDrift} from './store/seen-drift.ts';
import {createStore} from './store/store.ts';
import {initialUiState} from './store/ui-state.ts';
import {createUiStore} from './store/ui-store.ts';
import type {Capabilities} from './terminal/capabilities.ts';
import type {ScreenOutput, Size} from './terminal/screen-output.ts';
import type {TerminalActions} from './terminal/terminal-actions.ts';
import {render} from './widgets/ink.ts';

export interface RunAppOptions {
	readonly capabilities: Capabilities;
	readonly output: ScreenOutput;
	readonly layers: InputLayers;
	readonly session: MonitorSession;
	readonly parts: MonitorParts;
	/** Chords by command, as the person remapped them. */
	readonly keys: ReadonlyMap<string, readonly string[]>;
	readonly terminal: Omit<TerminalActions, 'repaint'>;
	readonly quit: () => void;
	readonly failed: (error: unknown) => void;
}

/** The screen while it is drawn. */
export interface RunningApp {
	/** Takes over a new size and draws everything anew. */
	resize(size: Size): void;
	repaint(): void;
	toast(text: string): void;
	end(): void;
}

/** Ink redraws at most this often: a key that comes right behind a frame waits for the next one. Data comes far slower. */
const maxFps = 120;

export function runApp(options: RunAppOptions): RunningApp {
	const {capabilities, output, layers, parts} = options;
	const ui = createUiStore(initialUiState({columns: output.columns, rows: output.rows, theme: capabilities.theme}));
	const {session} = options;
	const lastSeen = openLastSeen(session.stateDirectory, session.socket);
	const source = createDataSource({connect: session.connect, now: Date.now, lastSeen});
	const data = source.store;
	const clock = createClock();
	const seenDrift = createStore<SeenDrift>({until: lastSeen.read() ?? Date.now(), ids: new Set()});
	const repaint = () => {
		output.hold();
		instance.clear();
		output.release();
		// Ink draws at once on a resize, and after clear() a whole frame.
		output.emit('resize');
	};
	const dialogs = createDialogs();
	const acts = createActs({
		client: () => source.client,
		world: data,
		catchUp: () => source.catchUp(),
		dialogs,
		toast: ui.toast,
		copy: options.terminal.copy,
		who: session.initiator,
		isReadOnly: session.isReadOnly,
	});
	const monitor: CommandContext = {
		ui,
		data,
		shown: createFreezer(data),
		clock,
		dialogs,
		acts,
		registry: createRegistry(parts.commands, options.keys),
		terminal: {...options.terminal, repaint},
		client: () => source.client,
		source,
		seenDrift,
		quit: options.quit,
	};
	const unfollow = followSelection(monitor);
	source.start();
	clock.start();
	// Ink draws its first frame from where the cursor stands.
	output.release();
	const instance = render(
		<App monitor={monitor} layers={layers} glyphs={capabilities.glyphs} panes={parts.panes} views={parts.views} />,
		{
			stdout: output as unknown as NodeJS.WriteStream,
			// An input that never says anything: keys come by our own layers.
			stdin: new PassThrough() as unknown as NodeJS.ReadStream,
			// The terminal is a terminal, also where CI is set.
			interactive: true,
			// Ours: it is entered before Ink is loaded, and left however we end.
			alternateScreen: false,
			incrementalRendering: true,
			exitOnCtrlC: false,
			patchConsole: false,
			// By INK_SCREEN_READER Ink would draw another tree than the one that is laid out here.
			isScreenReaderEnabled: false,
			maxFps,
		},
	);
	instance.waitUntilExit().catch(options.failed);
	return {
		resize(size) {
			ui.dispatch({type: 'resize', ...size});
			// When React has the tree of the new size.
			setImmediate(repaint);
		},
		repaint,
		toast: text => ui.toast(text),
		end() {
			clock.end();
			unfollow();
			source.stop();
			monitor.dialogs.dismissAll();
			instance.unmount();
		},
	};
}
