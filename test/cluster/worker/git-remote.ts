/** A real repository for tests: a bare remote, and a clone that stands for a colleague who pushes. */
import {execFileSync} from 'node:child_process';
import {cpSync, mkdirSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';

export interface GitRemote {
	/** What holdfast is given. */
	readonly url: string;
	/** The colleague's clone. */
	readonly clone: string;
	/** Writes files (null deletes), commits and pushes. Returns the commit. */
	push(message: string, files: Readonly<Record<string, string | null>>): string;
	/** Copies a folder of real manifests into the clone. */
	copy(from: string, to: string): void;
	git(...parameters: string[]): string;
}

export function createRemote(directory: string): GitRemote {
	const bare = path.join(directory, 'remote.git');
	const clone = path.join(directory, 'clone');
	mkdirSync(clone, {recursive: true});
	run(directory, 'init', '--quiet', '--bare', '--initial-branch=main', bare);
	run(directory, 'clone', '--quiet', bare, clone);
	const git = (...parameters: string[]): string => run(clone, ...parameters);
	git('checkout', '--quiet', '-B', 'main');
	return {
		url: bare,
		clone,
		git,
		copy: (from, to) => cpSync(from, path.join(clone, to), {recursive: true}),
		push(message, files) {
			for (const [name, text] of Object.entries(files)) {
				const file = path.join(clone, name);
				if (text === null) {
					rmSync(file, {recursive: true, force: true});
				} else {
					mkdirSync(path.dirname(file), {recursive: true});
					writeFileSync(file, text);
				}
			}
			git('add', '--all');
			git('commit', '--quiet', '--allow-empty', '--message', message);
			git('push', '--quiet', 'origin', 'HEAD:main');
			return git('rev-parse', 'HEAD').trim();
		},
	};
}

function run(directory: string, ...parameters: string[]): string {
	return execFileSync('git', parameters, {
		cwd: directory,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			...process.env,
			GIT_AUTHOR_NAME: 'Lena',
			GIT_AUTHOR_EMAIL: 'lena@example.com',
			GIT_COMMITTER_NAME: 'Lena',
			GIT_COMMITTER_EMAIL: 'lena@example.com',
		},
	});
}
