import {createHash} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import {homedir} from 'node:os';
import {delimiter, isAbsolute, join, resolve} from 'node:path';
import {ensurePrivateDirectory, userId} from './private-directory.ts';
import type {ConfigurationSource} from './worker-options.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Room in a socket's address: 104 bytes on macOS, 108 on Linux, with a zero at the end. */
export const maximumSocketPathBytes = 103;

/** What tells one worker from another. */
export interface WorkerKey {
	/** Absolute. Absent: as kubectl finds it. */
	readonly kubeconfig: string | undefined;
	/** Absent: the kubeconfig's current one. */
	readonly context: string | undefined;
	readonly configuration: ConfigurationSource;
}

/** Holds the journal and the logs: `holdfast` under XDG_STATE_HOME. */
export function stateDirectory(environment: Environment): string {
	return join(baseDirectory(environment, 'XDG_STATE_HOME', '.local/state'), 'holdfast');
}

/** Holds the mirrors; may be deleted at any time: `holdfast` under XDG_CACHE_HOME. */
export function cacheDirectory(environment: Environment): string {
	return join(baseDirectory(environment, 'XDG_CACHE_HOME', '.cache'), 'holdfast');
}

/**
 * Holds the sockets: `holdfast` under XDG_RUNTIME_DIR, else `/tmp/holdfast-<uid>`. Made when missing; only this user can
 * enter it.
 *
 * @throws HoldfastError UnsafeDirectory when somebody else owns it, DirectoryUnavailable
 */
export function runtimeDirectory(environment: Environment): string {
	const base = environment.XDG_RUNTIME_DIR;
	const directory = base && isOwnDirectory(base) ? join(base, 'holdfast') : fallbackDirectory();
	ensurePrivateDirectory(directory);
	return directory;
}

/**
 * The socket of the worker for this kubeconfig, context and configuration. What the key leaves open is filled in as the
 * worker would: after `kubectl config use-context` it is another worker's socket.
 *
 * @throws HoldfastError as {@link runtimeDirectory}
 */
export function socketFor(key: WorkerKey, environment: Environment = process.env): string {
	const name = `${workerName(key, environment)}.sock`;
	const socket = join(runtimeDirectory(environment), name);
	if (Buffer.byteLength(socket) <= maximumSocketPathBytes) return socket;
	const directory = fallbackDirectory();
	ensurePrivateDirectory(directory);
	return join(directory, name);
}

/** Where that worker logs. */
export function logFileFor(key: WorkerKey, environment: Environment = process.env): string {
	return join(stateDirectory(environment), 'logs', `${workerName(key, environment)}.log`);
}

function workerName(key: WorkerKey, environment: Environment): string {
	const kubeconfigs = key.kubeconfig === undefined ? defaultKubeconfigs(environment) : [key.kubeconfig];
	const context = key.context ?? currentContext(kubeconfigs);
	const identity = JSON.stringify([kubeconfigs, context, sorted(key.configuration)]);
	return `worker-${createHash('sha256').update(identity).digest('hex').slice(0, 16)}`;
}

/** Equal configurations have equal names, in whatever order their fields were written. */
function sorted(configuration: ConfigurationSource): readonly unknown[] {
	return Object.entries(configuration).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The XDG base directory specification ignores relative paths. */
function baseDirectory(environment: Environment, variable: string, fallback: string): string {
	const value = environment[variable];
	return value && isAbsolute(value) ? value : join(homeDirectory(environment), fallback);
}

function homeDirectory(environment: Environment): string {
	return environment.HOME && isAbsolute(environment.HOME) ? environment.HOME : homedir();
}

function fallbackDirectory(): string {
	return `/tmp/holdfast-${userId()}`;
}

/** After `su` or `sudo` the variable may still name another user's directory. */
function isOwnDirectory(directory: string): boolean {
	const stat = isAbsolute(directory) ? statSync(directory, {throwIfNoEntry: false}) : undefined;
	return stat?.isDirectory() === true && stat.uid === userId();
}

function defaultKubeconfigs(environment: Environment): string[] {
	const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter(path => path !== '');
	return listed.length > 0 ? listed.map(path => resolve(path)) : [join(homeDirectory(environment), '.kube', 'config')];
}

/**
 * Of several kubeconfigs the first that names a current context decides, as in kubectl. A look at one line is enough: it
 * only has to change when the context does, and a worker reads the file properly.
 */
function currentContext(kubeconfigs: readonly string[]): string {
	for (const kubeconfig of kubeconfigs) {
		const [, context = ''] = /^\s*"?current-context"?:[ \t]*(.*)$/m.exec(readText(kubeconfig)) ?? [];
		const name = context
			.replace(/[ \t]+#.*$/, '')
			.replaceAll(/^["']|["'],?$|,$/g, '')
			.trim();
		if (name !== '') return name;
	}
	return '';
}

function readText(file: string): string {
	try {
		return readFileSync(file, 'utf8');
	} catch {
		return '';
	}
}
