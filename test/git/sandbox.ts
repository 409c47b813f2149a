import {execFileSync} from 'node:child_process';
import {mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {dirname, join} from 'node:path';
import {afterAll, afterEach} from 'vitest';
import {type MirroredRepository, openRepository} from '../../source/git/repository.ts';

/** A real repository in a temporary folder, as somebody else would make it. */
export interface Upstream {
	readonly directory: string;
	git(...args: string[]): string;
	/** Writes files and commits them; answers the commit. */
	commit(files: Record<string, string>, message?: string): string;
}

export interface Sandbox {
	readonly directory: string;
	readonly cache: string;
	upstream(name?: string): Upstream;
	/** The folder of the mirror of an upstream. */
	mirrorOf(upstream: Upstream): string;
	/** Closed by itself after the test. */
	open(url: string, options?: Partial<Parameters<typeof openRepository>[0]>): Promise<MirroredRepository>;
}

const environment = {
	...process.env,
	GIT_CONFIG_GLOBAL: '/dev/null',
	GIT_CONFIG_NOSYSTEM: '1',
	GIT_AUTHOR_NAME: 'Ana',
	GIT_AUTHOR_EMAIL: 'ana@example.org',
	GIT_COMMITTER_NAME: 'Ana',
	GIT_COMMITTER_EMAIL: 'ana@example.org',
	GIT_AUTHOR_DATE: '2026-11-21T10:00:00Z',
	GIT_COMMITTER_DATE: '2026-11-21T10:00:00Z',
};

export function runGit(directory: string, args: readonly string[], input?: string | Buffer): string {
	const options = {
		cwd: directory,
		env: environment,
		input,
		stdio: ['pipe', 'pipe', 'pipe'] as ['pipe', 'pipe', 'pipe'],
	};
	return execFileSync('git', [...args], {...options, encoding: 'utf8', maxBuffer: 1 << 28}).trim();
}

/** A folder for one test file, removed when it is done. */
export function createSandbox(): Sandbox {
	const directory = mkdtempSync(join(tmpdir(), 'holdfast-git-'));
	const opened: MirroredRepository[] = [];
	let count = 0;
	afterEach(async () => {
		for (const repository of opened.splice(0)) await repository.close();
	});
	afterAll(() => rmSync(directory, {recursive: true, force: true, maxRetries: 3}));
	return {
		directory,
		cache: join(directory, 'cache'),
		upstream(name = `upstream-${++count}`) {
			const path = join(directory, name);
			mkdirSync(path, {recursive: true});
			const git = (...args: string[]): string => runGit(path, args);
			git('init', '--quiet', '--initial-branch=main');
			return {
				directory: path,
				git,
				commit(files, message = 'change') {
					for (const [file, content] of Object.entries(files)) {
						mkdirSync(dirname(join(path, file)), {recursive: true});
						writeFileSync(join(path, file), content);
					}
					git('add', '--all');
					git('commit', '--quiet', '--allow-empty', '-m', message);
					return git('rev-parse', 'HEAD');
				},
			};
		},
		mirrorOf(upstream) {
			const slug = upstream.directory.split('/').at(-1)!;
			const pattern = new RegExp(`-${slug}-[0-9a-f]{16}$`);
			return join(directory, 'cache', readdirSync(join(directory, 'cache')).find(name => pattern.test(name))!);
		},
		async open(url, options = {}) {
			// Nothing is shared between two answers unless a test asks for it.
			const limits = {freshMilliseconds: 0, ...options.limits};
			const repository = await openRepository({cacheDirectory: join(directory, 'cache'), ...options, url, limits});
			opened.push(repository);
			return repository;
		},
	};
}

/** The problem that a promise rejects with; fails when it does not reject with one. */
export async function problemOf(
	promise: Promise<unknown>,
): Promise<{code: string; message: string; hint?: string; file?: string}> {
	try {
		await promise;
	} catch (error) {
		if (error instanceof Error && 'problem' in error) return error.problem as {code: string; message: string};
		throw error;
	}
	throw new Error('it did not reject');
}
