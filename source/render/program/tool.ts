import type {Problem} from '../../model/errors.ts';
import {safeText} from '../../model/text.ts';
import type {RenderLimits} from '../limits.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import {confinedEnvironment} from './environment.ts';
import {findProgram} from './find.ts';
import {programMessage, programText} from './messages.ts';
import {type RunResult, runProgram} from './run.ts';
import {type Workspace, withWorkspace} from './workspace.ts';

/** A program on this machine that renders. */
export interface Tool {
	readonly name: 'helm' | 'kustomize';
	readonly path: string;
	/** As the program prints it; part of every key. */
	readonly version: string;
}

/** Where and when runs happen. */
export interface RunPlace {
	/** Workspaces of runs are made below it. */
	readonly temporaryDirectory: string;
	/** Runs child processes a few at a time. */
	readonly queue: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

export interface ToolOptions {
	readonly name: Tool['name'];
	/** Name or path, as configured. */
	readonly program: string;
	readonly temporaryDirectory: string;
	readonly limits: RenderLimits;
}

const versionArguments = {helm: ['version', '--short'], kustomize: ['version']} as const;

const installHints = {
	helm: 'Install Helm 3 or 4 and put it on the PATH of the worker',
	kustomize: 'Install kustomize 5 and put it on the PATH of the worker',
} as const;

/** Finds a tool and asks its version once per file; an upgrade is noticed at the next call. */
export function createToolFinder(options: ToolOptions): () => Promise<Outcome<Tool>> {
	const {name} = options;
	let known: {identity: string; outcome: Promise<Outcome<Tool>>} | undefined;
	return async () => {
		const program = await findProgram(options.program);
		if (!program) return failure(programMissing(options));
		if (known?.identity !== program.identity) {
			known = {identity: program.identity, outcome: askVersion(program.path, options)};
			// A failure may be passing (no memory, no disk): ask again next time.
			known.outcome.then(outcome => !outcome.ok && forget(), forget);
		}
		return known.outcome;
	};

	function forget(): void {
		known = undefined;
	}

	async function askVersion(path: string, {temporaryDirectory, limits}: ToolOptions): Promise<Outcome<Tool>> {
		return withWorkspace(temporaryDirectory, async workspace => {
			const result = await runProgram({
				program: path,
				arguments: versionArguments[name],
				directory: workspace.root,
				environment: confinedEnvironment(workspace),
				limits,
			});
			if (result.type !== 'done') return failure(runProblem(name, result, workspace, limits));
			return success({name, path, version: result.output.toString('utf8').trim().slice(0, 200)});
		});
	}
}

function programMissing({name, program}: ToolOptions): Problem {
	return {
		code: 'ProgramMissing',
		message:
			program === name
				? `the program ${name} is not on the PATH`
				: `there is no program ${name} at ${safeText(program)}`,
		hint: installHints[name],
	};
}

/** Does the work of one run when its turn comes, in a folder of its own. Not at all when nobody waits for it any more. */
export function inWorkspace<Result>(
	{queue, temporaryDirectory}: RunPlace,
	signal: AbortSignal,
	work: (workspace: Workspace) => Promise<Result>,
): Promise<Result> {
	return queue(async () => {
		signal.throwIfAborted();
		return withWorkspace(temporaryDirectory, work);
	});
}

/** What to tell when a run did not end well and the program's own words say no more. */
export function runProblem(
	name: Tool['name'],
	result: Exclude<RunResult, {type: 'done'}>,
	workspace: Workspace,
	limits: RenderLimits,
): Problem {
	switch (result.type) {
		case 'cancelled':
			return {code: 'RenderCancelled', message: 'rendering was cancelled'};
		case 'timed-out':
			return {
				code: 'RenderTimeout',
				message: `${name} took longer than ${limits.timeoutMilliseconds / 1000} s and was stopped`,
				hint: 'Look for loops in templates, or split the application',
			};
		case 'too-much-output':
			return {
				code: 'RenderTooLarge',
				message: `${name} wrote more than ${limits.outputBytes} bytes and was stopped`,
				hint: 'Look for loops in templates, or split the application',
			};
		case 'failed': {
			const text = programMessage(programText(result.errors, workspace));
			return {code: 'ProgramFailed', message: text === '' ? `${name} ${result.reason}` : `${name}: ${text}`};
		}
	}
}
