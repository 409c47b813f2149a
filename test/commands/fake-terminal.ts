import {createSurface, type Environment} from '../../source/commands/terminal/surface.ts';
import type {Terminal} from '../../source/commands/terminal/terminal.ts';
import {now} from './fixtures.ts';

export interface FakeTerminal extends Terminal {
	/** Everything printed to stdout, line ends included. */
	readonly printed: () => string;
	/** Everything written to stderr. */
	readonly noted: () => string;
	/** Waits until stdout matches. */
	readonly untilPrinted: (pattern: RegExp) => Promise<void>;
	/** What ctrl-c does. */
	readonly interrupt: () => void;
	readonly questions: readonly string[];
}

export interface FakeTerminalOptions {
	readonly environment?: Environment;
	readonly workingDirectory?: string;
	readonly isTerminal?: boolean;
	readonly columns?: number;
	/** Answers in order; when absent nobody can be asked. */
	readonly answers?: readonly (string | null)[];
	readonly now?: () => number;
}

/** A terminal that remembers; without colour, in UTF-8 unless the environment says otherwise. */
export function createFakeTerminal(options: FakeTerminalOptions = {}): FakeTerminal {
	const environment = {LANG: 'en_GB.UTF-8', NO_COLOR: '1', ...options.environment};
	const stream = {isTTY: options.isTerminal ?? false, columns: options.columns ?? 120};
	const controller = new AbortController();
	const answers = [...(options.answers ?? [])];
	const questions: string[] = [];
	const watchers = new Set<() => void>();
	let printed = '';
	let noted = '';
	return {
		environment,
		workingDirectory: options.workingDirectory ?? '/nowhere',
		now: options.now ?? (() => now),
		print(text) {
			printed += `${text}\n`;
			for (const watcher of [...watchers]) watcher();
		},
		note(text) {
			noted += `${text}\n`;
		},
		draw(text) {
			noted += text;
		},
		output: createSurface(environment, stream),
		notes: createSurface(environment, stream),
		...(options.answers && {
			ask(question: string) {
				questions.push(question);
				return Promise.resolve(answers.shift() ?? null);
			},
		}),
		signal: controller.signal,
		releaseSignals() {},
		printed: () => printed,
		noted: () => noted,
		untilPrinted(pattern) {
			return new Promise(resolve => {
				const look = () => {
					if (!pattern.test(printed)) return;
					watchers.delete(look);
					resolve();
				};
				watchers.add(look);
				look();
			});
		},
		interrupt: () => controller.abort(130),
		questions,
	};
}
