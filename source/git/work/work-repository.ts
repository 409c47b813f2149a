import {mkdir, writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {type GitContext, git} from '../command.ts';
import {gitEnvironment} from '../environment.ts';
import {runGit} from '../run.ts';
import {makeWorkFolder, removeWorkFolder} from './folder.ts';

/**
 * A repository of its own for making one commit: it borrows every object from the mirror and keeps what is new to itself,
 * so that the mirror holds no trace of it, whatever happens. Its work tree is sparse to the last file: a merge needs the
 * index only, and nothing of the repository is written to disk but what is in conflict.
 */
export interface WorkRepository {
	readonly context: GitContext;
	/** Folder for files of ours. */
	readonly root: string;
	/** Runs a command, by simple-git. Rejects with GitCommandError. */
	git(...words: readonly string[]): Promise<string>;
	/** The same with variables that name author and committer; a signing program that it starts ends with it. */
	gitAs(identity: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<string>;
	/** Makes the branch point to a commit, and forgets whatever was begun. */
	reset(commit: string): Promise<void>;
	/** Removes it, with everything in it. */
	remove(): Promise<void>;
}

/** What no merge and no commit of ours may depend on, whatever the user's configuration says. */
const settings = [
	'core.sparseCheckout=true',
	'core.autocrlf=false',
	'core.safecrlf=false',
	'core.editor=true',
	'core.commentChar=#',
	'merge.default=text',
	'merge.conflictStyle=merge',
	'rerere.enabled=false',
	'revert.reference=false',
	'i18n.commitEncoding=UTF-8',
	'commit.status=false',
	'push.followTags=false',
	'push.recurseSubmodules=no',
].flatMap(setting => ['-c', setting]);

/** Attributes of the repository that would run or rewrite something: this file wins over all that it holds. */
const attributes = '* -text -filter -ident !eol !working-tree-encoding !merge !diff\n';

/** Killed when it says nothing for this long: a signing program that waits for a person who is not there. */
export const silenceMilliseconds = 60_000;

export async function openWorkRepository(options: {
	mirror: GitContext;
	temporaryDirectory: string;
	branch: string;
	/** The commit that the new one will stand on. */
	tip: string;
}): Promise<WorkRepository> {
	const {mirror, branch, tip} = options;
	const root = await makeWorkFolder(options.temporaryDirectory);
	const directory = join(root, 'git');
	const tree = join(root, 'tree');
	const environment: Record<string, string> = {
		...gitEnvironment(directory),
		GIT_WORK_TREE: tree,
		GIT_EDITOR: 'true',
		GIT_LITERAL_PATHSPECS: '1',
	};
	// Nobody sits at a terminal of ours: a signing program has to know.
	delete environment.GPG_TTY;
	const context: GitContext = {directory, environment, signal: mirror.signal};
	const run = (...words: readonly string[]): Promise<string> =>
		git(context, {silenceMilliseconds}).raw([...settings, ...words]);
	const runAs = async (identity: Readonly<Record<string, string>>, ...words: readonly string[]): Promise<string> => {
		const own = {...context, environment: {...environment, ...identity}};
		const options = {limitBytes: 1024 * 1024, silenceMilliseconds, endsHelpers: true};
		return (await runGit(own, [...settings, ...words], options)).stdout.toString('utf8');
	};
	try {
		await mkdir(tree, {mode: 0o700});
		const format = tip.length === 64 ? ['--object-format=sha256'] : [];
		await run('init', '--quiet', '--template=', ...format);
		await mkdir(join(directory, 'info'), {recursive: true});
		await writeFile(join(directory, 'objects', 'info', 'alternates'), `${join(mirror.directory, 'objects')}\n`);
		await writeFile(join(directory, 'info', 'attributes'), attributes);
		await writeFile(join(directory, 'info', 'sparse-checkout'), '/nothing of it\n');
		await run('symbolic-ref', 'HEAD', `refs/heads/${branch}`);
	} catch (error) {
		await removeWorkFolder(root);
		throw error;
	}
	return {
		context,
		root,
		git: run,
		gitAs: runAs,
		async reset(commit) {
			await run('update-ref', `refs/heads/${branch}`, commit);
			await run('read-tree', '--reset', '-u', 'HEAD');
		},
		remove: () => removeWorkFolder(root),
	};
}
