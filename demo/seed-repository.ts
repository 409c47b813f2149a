import {execFileSync} from 'node:child_process';
import {mkdirSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import type {Author, PastCommit} from './shop/history.ts';

export interface DemoRepository {
	/** A bare repository: what holdfast is given, and what others push to. */
	readonly remote: string;
	/** A colleague's clone, to play in. */
	readonly clone: string;
	/** Commits on top of what the remote has now, and pushes. Returns the commit. */
	push(commit: Omit<PastCommit, 'hoursAgo'>): string;
	/** Takes a commit back and pushes. Returns the new commit. */
	revert(commit: string, author: Author): string;
}

/**
 * Makes a bare repository with a history, and a clone of it, by the git that is installed. Nothing of the person's own git
 * settings is used but what git itself needs.
 *
 * @param now Epoch milliseconds: the history's dates are relative to it.
 */
export function seedRepository(folder: string, history: readonly PastCommit[], now: number): DemoRepository {
	const remote = path.join(folder, 'shop.git');
	const clone = path.join(folder, 'shop');
	mkdirSync(clone, {recursive: true});
	git(folder, ['init', '--quiet', '--bare', '--initial-branch=main', remote]);
	git(clone, ['init', '--quiet', '--initial-branch=main']);
	git(clone, ['remote', 'add', 'origin', remote]);
	for (const {hoursAgo, ...commit} of history) add(clone, commit, now - hoursAgo * 3_600_000);
	git(clone, ['push', '--quiet', '--set-upstream', 'origin', 'main']);
	const upToDate = (): void => {
		git(clone, ['fetch', '--quiet', 'origin']);
		git(clone, ['reset', '--quiet', '--hard', 'origin/main']);
	};
	const published = (): string => {
		git(clone, ['push', '--quiet', 'origin', 'HEAD:main']);
		return git(clone, ['rev-parse', 'HEAD']).trim();
	};
	return {
		remote,
		clone,
		push(commit) {
			upToDate();
			add(clone, commit, Date.now());
			return published();
		},
		revert(commit, author) {
			upToDate();
			git(clone, ['revert', '--no-edit', commit], author);
			return published();
		},
	};
}

function add(clone: string, {author, message, files}: Omit<PastCommit, 'hoursAgo'>, time: number): void {
	for (const [name, text] of Object.entries(files)) {
		const file = path.join(clone, name);
		mkdirSync(path.dirname(file), {recursive: true});
		writeFileSync(file, text);
	}
	git(clone, ['add', '--all']);
	git(clone, ['commit', '--quiet', '--allow-empty', '--message', message], author, time);
}

function git(folder: string, words: readonly string[], author?: Author, time = Date.now()): string {
	const {name, email} = author ?? {name: 'shop', email: 'shop@example.com'};
	const date = `@${Math.floor(time / 1_000)} +0000`;
	return execFileSync('git', words, {
		cwd: folder,
		encoding: 'utf8',
		stdio: ['ignore', 'pipe', 'pipe'],
		env: {
			PATH: process.env.PATH,
			HOME: folder,
			GIT_CONFIG_NOSYSTEM: '1',
			GIT_TERMINAL_PROMPT: '0',
			GIT_AUTHOR_NAME: name,
			GIT_AUTHOR_EMAIL: email,
			GIT_AUTHOR_DATE: date,
			GIT_COMMITTER_NAME: name,
			GIT_COMMITTER_EMAIL: email,
			GIT_COMMITTER_DATE: date,
		},
	});
}
