import {writeFile} from 'node:fs/promises';
import {join} from 'node:path';
import {HoldfastError} from '../../model/errors.ts';
import {boundedText} from '../../model/text.ts';
import {GitCommandError} from '../command.ts';
import {askGit} from '../run.ts';
import {type Identity, readSetting} from './identity.ts';
import {silenceMilliseconds, type WorkRepository} from './work-repository.ts';

/** Whether what stands in the index is what the last commit holds already. */
export function isNothingStaged(work: WorkRepository): Promise<boolean> {
	return askGit(work.context, ['diff-index', '--cached', '--quiet', 'HEAD', '--']);
}

/**
 * Commits the index, signed when the operator's git signs commits; answers with the commit. A signature that cannot be
 * made is SigningFailed: what people are used to see signed is never pushed unsigned.
 */
export async function commitStaged(work: WorkRepository, message: string, identity: Identity): Promise<string> {
	const file = join(work.root, 'message');
	await writeFile(file, message);
	const isSigning = await signsCommits(work);
	try {
		await work.gitAs(identity, 'commit', '--quiet', '--no-verify', '--cleanup=whitespace', `--file=${file}`);
	} catch (error) {
		if (isSigning && error instanceof GitCommandError) throw signingFailed(error);
		throw error;
	}
	return (await work.git('rev-parse', '--verify', 'HEAD')).trim();
}

export async function signsCommits(work: WorkRepository): Promise<boolean> {
	return (await readSetting(work, 'commit.gpgSign', '--type=bool')) === 'true';
}

function signingFailed(error: GitCommandError): HoldfastError {
	const said =
		error.reason === 'timed out'
			? `it did not answer within ${silenceMilliseconds / 1000} s`
			: boundedText(error.stderr.trim().split('\n').slice(-3).join('; '), 300);
	return new HoldfastError({
		code: 'SigningFailed',
		message: `the commit could not be signed: ${said}`,
		hint: 'Your git is set to sign commits (commit.gpgSign): unlock the key for this session, or add it to the agent that the worker sees',
	});
}
