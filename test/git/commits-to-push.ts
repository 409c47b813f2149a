import {readdirSync} from 'node:fs';
import {join} from 'node:path';
import type {RevertRequest} from '../../source/model/ports/git/change.ts';
import {runGit, type Sandbox, type Upstream} from './sandbox.ts';

export const ana = {fallback: 'ana@bastion-1'};

/** A bare repository with the same branches, as a host would keep it. */
export function hostOf(sandbox: Sandbox, upstream: Upstream): {url: string; git: (...words: string[]) => string} {
	const url = `${upstream.directory}.git`;
	runGit(sandbox.directory, ['clone', '--quiet', '--bare', upstream.directory, url]);
	upstream.git('remote', 'add', 'origin', url);
	return {url, git: (...words) => runGit(url, words)};
}

export function revertOf(commits: string, more: Partial<RevertRequest> = {}): RevertRequest {
	return {
		branch: 'main',
		commits,
		trailers: ['Holdfast-Application: shop', 'Holdfast-Reason: It\noverloads'],
		author: ana,
		...more,
	};
}

/** Everything that making a commit could have left behind: references and work trees of the mirror, and our folders. */
export function tracesOf(mirror: string, temporary: string): string[] {
	const references = runGit(mirror, ['for-each-ref', '--format=%(refname)'])
		.split('\n')
		.filter(name => name !== '' && !name.startsWith('refs/holdfast/'));
	const worktrees = runGit(mirror, ['worktree', 'list', '--porcelain'])
		.split('\n')
		.filter(line => line.startsWith('worktree ')).length;
	return [
		...references,
		...(worktrees > 1 ? ['a work tree'] : []),
		...readdirSync(temporary),
		...readdirSync(mirror).filter(name => name === 'worktrees' || name.endsWith('.lock')),
		...readdirSync(join(mirror, 'objects')).filter(name => name.startsWith('tmp_')),
	];
}
