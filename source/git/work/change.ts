import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {HoldfastError} from '../../model/errors.ts';
import type {ChangeRequest} from '../../model/ports/git/change.ts';
import {boundedText} from '../../model/text.ts';
import {isSafePath} from '../tree-paths.ts';
import {commitStaged, isNothingStaged} from './commit.ts';
import type {Identity} from './identity.ts';
import type {WorkRepository} from './work-repository.ts';

/** Writes files into the index, whole, and commits. Rejects with UnsafePath, ChangedMeanwhile or NothingToChange. */
export async function commitFiles(work: WorkRepository, request: ChangeRequest, identity: Identity): Promise<void> {
	for (const {path} of request.files) {
		if (isSafePath(path)) continue;
		const message = `${boundedText(path, 200)} is no path that a commit may hold`;
		throw new HoldfastError({code: 'UnsafePath', message, file: boundedText(path, 200)});
	}
	for (const {path, content, replaces} of request.files) {
		const {oid} = await stagedFile(work, path);
		if (oid !== replaces) throw changedMeanwhile(path, request.branch);
		if (content === null) await work.git('update-index', '--force-remove', '--', path);
		else await stage(work, path, content);
	}
	if (await isNothingStaged(work)) {
		throw new HoldfastError({
			code: 'NothingToChange',
			message: `the branch ${boundedText(request.branch, 100)} holds this already`,
		});
	}
	await commitStaged(work, request.message, identity);
}

async function stage(work: WorkRepository, path: string, content: string): Promise<void> {
	const file = join(work.root, 'content');
	await writeFile(file, content, {mode: 0o600});
	const oid = (await work.git('hash-object', '-w', '--no-filters', '--', file)).trim();
	// A link or a submodule of that name is not what a file's content is for.
	const mode = (await stagedFile(work, path)).mode === '100755' ? '100755' : '100644';
	await work.git('update-index', '--add', '--cacheinfo', `${mode},${oid},${path}`);
}

/** What the branch has at a path. */
async function stagedFile(work: WorkRepository, path: string): Promise<{mode: string; oid: string | null}> {
	const [entry = ''] = (await work.git('ls-files', '--stage', '-z', '--', path)).split('\0');
	const [, mode = '', oid = null] = /^(\d+) ([0-9a-f]+) 0\t/.exec(entry) ?? [];
	return {mode, oid};
}

function changedMeanwhile(path: string, branch: string): HoldfastError {
	return new HoldfastError({
		code: 'ChangedMeanwhile',
		message: `somebody changed this file on ${boundedText(branch, 100)} meanwhile`,
		hint: 'Look at what came in, and try again',
		file: boundedText(path, 200),
	});
}
