import {HoldfastError, type Problem} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import {type RepositoryAddress, withoutCredentials} from './address.ts';
import {GitCommandError} from './command.ts';

interface Rule {
	readonly pattern: RegExp;
	readonly code: string;
	/** What happened, after the address. */
	readonly message: string;
	readonly hint: string;
}

/** Damage on the other side: its paths are relative to its own repository. */
const remoteDamage = /on the remote side|[ (]\.\/objects\//i;
const damage = new RegExp(
	[
		'object .* is corrupt|corrupt loose object|inflate: |object file .* is empty|bad object |not a tree object',
		'missing (blob|tree|commit|object)|failed to read object|unresolved deltas|pack has bad object',
		'unable to (find|unpack|parse|read) ([0-9a-f]{40}|tree|object|commit|sha1|loose)|Could not read [0-9a-f]{40}',
		'packfile .* (does not match|is too|cannot|is far)|could not open object|index file .* (too small|corrupt)',
		'did not send all necessary objects|Failed to traverse parents|unable to resolve reference|broken reference',
		'not a git repository|bad config line .* in file \\S*-[0-9a-f]{16}/config',
	].join('|'),
	'i',
);

/** What git, ssh, curl and the large hosts say, told apart by their words; the first match wins. */
const rules: readonly Rule[] = [
	{
		pattern: /No space left on device|Disk quota exceeded|Read-only file system/i,
		code: 'GitFailed',
		message: 'cannot be mirrored: the cache cannot be written',
		hint: 'Free space below the cache folder (XDG_CACHE_HOME), or point it elsewhere',
	},
	{
		pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED/i,
		code: 'AuthenticationFailed',
		message: 'was not read: the host key of its server has changed',
		hint: 'Somebody may be listening in. Ask the host for its fingerprint; when it is right, `ssh-keygen -R HOST` and connect once by hand',
	},
	{
		pattern: /Host key verification failed|host key is known|authenticity of host/i,
		code: 'AuthenticationFailed',
		message: 'was not read: the host key of its server is not known',
		hint: 'Connect once by hand (`ssh -T git@HOST`), compare the fingerprint and accept it; holdfast never accepts one for you',
	},
	{
		pattern: /detected dubious ownership|unsafe repository/i,
		code: 'AuthenticationFailed',
		message: 'was not read: its folder belongs to another user',
		hint: 'When you trust it: `git config --global --add safe.directory FOLDER`',
	},
	{
		pattern:
			/Authentication failed|could not read (Username|Password)|terminal prompts disabled|Permission denied \(|Permission to .* denied|returned error: 40[13]|Access denied|Invalid username or (password|token)|HTTP Basic: |not authorized|Unauthorized|Load key .*: |no supported authentication methods|unable to get password from user/i,
		code: 'AuthenticationFailed',
		message: 'refused our credentials',
		hint: 'holdfast uses the credentials that git uses for you: check `git ls-remote` with the same address, your credential helper or ssh agent',
	},
	{
		pattern:
			/Repository not found|project you were looking for could not be found|returned error: 404|not found$|does not appear to be a git repository|not valid: is this a git repository|does not exist$/im,
		code: 'RemoteUnreachable',
		message: 'was not found',
		hint: 'Check the address; hosts also say so when your credentials may not see the repository',
	},
	{
		pattern: remoteDamage,
		code: 'RemoteUnreachable',
		message: 'is damaged on its server',
		hint: 'Run `git fsck` there',
	},
	{
		pattern: /SSL certificate problem|certificate verify failed|server certificate|SSL_ERROR|schannel|GnuTLS/i,
		code: 'RemoteUnreachable',
		message: 'was not read: the certificate of its server is not trusted',
		hint: 'Give git the certificate authority: `git config --global http.https://HOST/.sslCAInfo FILE`',
	},
	{
		pattern: /Could not resolve (host|hostname|proxy)|Name or service not known|Temporary failure in name resolution/i,
		code: 'RemoteUnreachable',
		message: 'cannot be reached: its host name does not resolve',
		hint: 'Check the address and the network; holdfast keeps trying',
	},
	{
		pattern:
			/Connection (refused|reset|timed out|closed)|Operation timed out|Network is unreachable|No route to host|Failed to connect|Couldn't connect|unable to access|early EOF|RPC failed|unexpected disconnect|hung up|returned error: (429|5\d\d)|Could not read from remote repository|unable to connect|kex_exchange_identification|on the remote side/i,
		code: 'RemoteUnreachable',
		message: 'cannot be reached',
		hint: 'Check the network, and that its server is up; holdfast keeps trying',
	},
	{
		pattern: /transport '.*' not allowed/i,
		code: 'InvalidRepositoryURL',
		message: 'is reached by a transport that is not allowed',
		hint: 'Look for `url.*.insteadOf` in your git configuration',
	},
];

/** Whether git says that our copy, not the remote, is damaged. */
export function isCorruption(error: unknown): boolean {
	if (!(error instanceof GitCommandError) || error.reason !== 'failed') return false;
	// Remotes write to the same stderr, with paths of their own; so do the user's helpers.
	if (remoteDamage.test(error.stderr)) return false;
	if (/upload-pack|Could not read from remote|askpass/i.test(error.stderr)) return false;
	return damage.test(error.stderr);
}

/** Turns whatever a git command threw into an error for people, with every credential taken out. */
export function toGitFailure(error: unknown, address: RepositoryAddress): HoldfastError {
	if (error instanceof HoldfastError) return error;
	const subject = `repository ${address.display}`;
	if (!(error instanceof GitCommandError)) {
		const text = error instanceof Error ? error.message : String(error);
		return new HoldfastError({code: 'GitFailed', message: `${subject}: ${cleanText(text, address)}`});
	}
	if (error.reason === 'aborted') {
		return new HoldfastError({code: 'Aborted', message: `${subject}: the git command was stopped`});
	}
	if (error.reason === 'timed out') {
		return new HoldfastError({
			code: 'RemoteUnreachable',
			message: `${subject} cannot be reached: its server did not answer in time`,
			hint: 'Check the network, and that its server is up; holdfast keeps trying',
		});
	}
	if (/spawn git ENOENT/.test(error.stderr)) {
		return new HoldfastError({
			code: 'GitFailed',
			message: 'git was not found',
			hint: 'Install git and put it on the PATH',
		});
	}
	if (isCorruption(error)) {
		return new HoldfastError({
			code: 'GitFailed',
			message: `the mirror of ${subject} is damaged (${cleanText(lastWords(error.stderr), address)})`,
			hint: 'It was made anew without success: check the disk of the cache folder, and the repository with `git fsck`',
		});
	}
	return new HoldfastError(toProblem(error, address, subject));
}

function toProblem(error: GitCommandError, address: RepositoryAddress, subject: string): Problem {
	const said = cleanText(lastWords(error.stderr), address);
	const rule = rules.find(({pattern}) => pattern.test(error.stderr));
	if (!rule) return {code: 'GitFailed', message: `${subject}: git failed: ${said || `exit code ${error.exitCode}`}`};
	return {code: rule.code, message: `${subject} ${rule.message}${said ? ` (${said})` : ''}`, hint: rule.hint};
}

function cleanText(text: string, address: RepositoryAddress): string {
	return boundedText(withoutCredentials(text, address.secrets).trim(), 400);
}

/** The lines that carry the reason; progress, banners and git's closing advice do not. */
function lastWords(stderr: string): string {
	const noise =
		/^(remote: )?(Enumerating|Counting|Compressing|Receiving|Resolving|Total|Unpacking)|^Please make sure you have|^and the repository exists|^warning: |^@+$|^From |^\s*$/;
	const lines = stderr.split(/[\r\n]+/).filter(line => !noise.test(line));
	const telling = lines.filter(line =>
		/^(fatal|error|ssh|remote|ERROR)|: (fatal|error):|Permission denied|Host key/i.test(line),
	);
	return (telling.length > 0 ? telling : lines).slice(-3).join('; ');
}
