import {GitCommandError} from '../command.ts';
import type {WorkRepository} from './work-repository.ts';

/** Variables that name author and committer, where the user's configuration does not; empty when it does. */
export type Identity = Readonly<Record<string, string>>;

/**
 * Who commits: what the operator's git says (`author.*`, `user.*`, of any configuration file), else `fallback`, which reads
 * `ana@bastion-1`. git's own guess from the password file is never taken: it would name the machine, not the person.
 */
export async function readIdentity(work: WorkRepository, fallback: string): Promise<Identity> {
	const plain = fallback.replace(/[<>\n\r\0]/g, '').trim() || 'holdfast';
	const [login = plain] = plain.split('@');
	const guesses = {name: login || plain, email: plain.includes('@') ? plain : `${plain}@localhost`};
	const identity: Record<string, string> = {};
	for (const field of ['name', 'email'] as const) {
		const [shared, author, committer] = await Promise.all(
			['user', 'author', 'committer'].map(section => readSetting(work, `${section}.${field}`)),
		);
		const variable = field.toUpperCase();
		if (!shared && !author) identity[`GIT_AUTHOR_${variable}`] = committer || guesses[field];
		if (!shared && !committer) identity[`GIT_COMMITTER_${variable}`] = author || guesses[field];
	}
	return identity;
}

/** The value of a setting; empty when there is none. */
export async function readSetting(work: WorkRepository, name: string, ...flags: string[]): Promise<string> {
	try {
		return (await work.git('config', ...flags, '--get', name)).trim();
	} catch (error) {
		if (error instanceof GitCommandError && error.exitCode === 1) return '';
		throw error;
	}
}
