import {execFileSync} from 'node:child_process';
import {devNull} from 'node:os';

/**
 * Variables of git that are the user's own way to reach a server. Others are left out: those that name another
 * repository (`GIT_DIR` is set when holdfast runs inside a hook), and tracing, which would mix with error messages.
 */
const passedOn =
	/^GIT_(ASKPASS|SSH|SSH_COMMAND|SSH_VARIANT|SSL_\w+|PROXY_\w+|HTTP_\w+|EXEC_PATH|CONFIG_(GLOBAL|SYSTEM|NOSYSTEM|COUNT|KEY_\d+|VALUE_\d+))$/;

/**
 * Settings that win over every configuration file: nothing that a repository or a default could bring along runs, and
 * only transports that `address.ts` accepts are spoken. Credential helpers, ssh and proxy settings stay the user's own.
 * Given as `-c`: the variables that could carry them (`GIT_CONFIG_COUNT`) are ignored by git before 2.31.
 */
export const safeSettings: readonly string[] = [
	`core.hooksPath=${devNull}`,
	'core.fsmonitor=false',
	'core.logAllRefUpdates=false',
	'protocol.allow=never',
	'protocol.https.allow=always',
	'protocol.http.allow=always',
	'protocol.ssh.allow=always',
	'protocol.file.allow=always',
	'protocol.ext.allow=never',
	'submodule.recurse=false',
	'fetch.recurseSubmodules=false',
	'fetch.writeCommitGraph=false',
	'credential.interactive=false',
	'log.showSignature=false',
	'log.mailmap=false',
	'gc.auto=0',
	'gc.autoDetach=false',
	'maintenance.auto=false',
];

export const safeArguments: readonly string[] = safeSettings.flatMap(setting => ['-c', setting]);

const batchSsh = 'ssh -o BatchMode=yes -o ConnectTimeout=20';

/**
 * Prepares this process so that no git it starts, directly or through helm and kustomize, ever asks a question: no
 * terminal prompt, no ssh prompt, no graphical one. Idempotent. The user's own `GIT_SSH_COMMAND`, `GIT_SSH`,
 * `core.sshCommand` and `GIT_ASKPASS` stay in force; a program that prompts all the same finds no terminal when the worker
 * runs in a session of its own.
 */
export function prepareGitEnvironment(environment: NodeJS.ProcessEnv = process.env): void {
	environment.GIT_TERMINAL_PROMPT = '0';
	// Read-only commands do not refresh an index that somebody else works with.
	environment.GIT_OPTIONAL_LOCKS = '0';
	environment.GCM_INTERACTIVE ??= 'never';
	environment.SSH_ASKPASS_REQUIRE ??= 'never';
	// The graphical fallback for passwords; GIT_ASKPASS, which may well be a script, stays.
	delete environment.SSH_ASKPASS;
	if (!environment.GIT_SSH_COMMAND && !environment.GIT_SSH && !hasConfiguredSsh(environment)) {
		environment.GIT_SSH_COMMAND = batchSsh;
	}
}

/** `GIT_SSH_COMMAND` would hide the user's `core.sshCommand`. */
function hasConfiguredSsh(environment: NodeJS.ProcessEnv): boolean {
	try {
		// At the root: the folder that holdfast runs in may be a repository with settings of its own.
		const output = execFileSync('git', ['config', '--get', 'core.sshCommand'], {
			cwd: '/',
			env: environment,
			stdio: ['ignore', 'pipe', 'ignore'],
			timeout: 10_000,
		});
		return output.length > 0;
	} catch {
		return false;
	}
}

/** The environment of one git command. `gitDirectory` is named outright, so that no other repository is ever found. */
export function gitEnvironment(gitDirectory: string): Record<string, string> {
	const environment: Record<string, string> = {};
	for (const [name, value] of Object.entries(process.env)) {
		if (value === undefined || (/^GIT_/i.test(name) && !passedOn.test(name))) continue;
		environment[name] = value;
	}
	prepareGitEnvironment(environment);
	environment.GIT_DIR = gitDirectory;
	environment.GIT_NO_REPLACE_OBJECTS = '1';
	// Messages are told apart by their words.
	environment.LC_ALL = 'C';
	environment.LANGUAGE = '';
	return environment;
}
