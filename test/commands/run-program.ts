import {type ChildProcess, spawn} from 'node:child_process';
import {once} from 'node:events';
import {existsSync, readdirSync, statSync} from 'node:fs';
import path from 'node:path';

const root = new URL('../..', import.meta.url).pathname;

/** The bundle that ships, where it was built from the sources as they are now; else the sources, which start slower. */
const program = isBundleFresh() ? path.join(root, 'dist/cli.js') : path.join(root, 'source/cli.ts');

function isBundleFresh(): boolean {
	const bundles = ['cli.js', 'worker.js'].map(name => path.join(root, 'dist', name));
	if (!bundles.every(bundle => existsSync(bundle))) return false;
	const built = Math.min(...bundles.map(bundle => statSync(bundle).mtimeMs));
	const sources = readdirSync(path.join(root, 'source'), {recursive: true, withFileTypes: true});
	return sources.every(file => !file.isFile() || statSync(path.join(file.parentPath, file.name)).mtimeMs < built);
}

export interface Ended {
	readonly code: number | null;
	readonly signal: NodeJS.Signals | null;
	readonly stdout: string;
	readonly stderr: string;
}

export interface Running {
	readonly child: ChildProcess;
	readonly ended: Promise<Ended>;
	/** What it has printed so far. */
	readonly printed: () => string;
}

export interface ProgramOptions {
	/** All of it but PATH; nothing of the person who runs the tests leaks in. */
	readonly environment?: Readonly<Record<string, string>>;
	readonly workingDirectory?: string;
}

/** Starts the real program in a process of its own, with pipes instead of a terminal. */
export function startProgram(words: readonly string[], options: ProgramOptions = {}): Running {
	const child = spawn(process.execPath, [program, ...words], {
		cwd: options.workingDirectory ?? '/',
		env: {PATH: process.env.PATH, HOME: '/nowhere', ...options.environment},
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	let stdout = '';
	let stderr = '';
	child.stdout.on('data', chunk => {
		stdout += chunk;
	});
	child.stderr.on('data', chunk => {
		stderr += chunk;
	});
	const ended = once(child, 'close').then(([code, signal]) => ({code, signal, stdout, stderr}));
	return {child, ended, printed: () => stdout};
}
