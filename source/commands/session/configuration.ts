import {existsSync} from 'node:fs';
import path from 'node:path';
import {HoldfastError} from '../../model/errors.ts';
import type {ConfigurationSource} from '../../protocol/worker-options.ts';
import type {Flags} from '../flags.ts';
import {usageError} from '../line/usage-error.ts';
import type {Terminal} from '../terminal/terminal.ts';

const defaultFile = 'holdfast.yaml';

type Place = Pick<Terminal, 'environment' | 'workingDirectory'>;

/**
 * Where the applications are declared: `--repo` alone, else `--config`, else `./holdfast.yaml`, else HOLDFAST_CONFIG
 * (several, separated as in PATH). Paths come back absolute. Throws ConfigurationNotFound and usage errors.
 */
export function configurationOf(flags: Flags, place: Place): ConfigurationSource {
	if (flags.repo !== undefined) return inlineSource(flags, flags.repo, place);
	for (const [name, value] of Object.entries({
		path: flags.path,
		namespace: flags.namespace,
		revision: flags.revision,
	})) {
		if (value !== undefined) throw usageError(`--${name} goes with --repo`, 'A configuration file says it itself.');
	}
	const paths = givenPaths(flags, place).map(given => path.resolve(place.workingDirectory, given));
	for (const file of paths) {
		if (!existsSync(file)) {
			throw new HoldfastError({
				code: 'ConfigurationNotFound',
				message: `there is no ${file}`,
				hint: 'Check --config and $HOLDFAST_CONFIG.',
			});
		}
	}
	return {type: 'files', paths};
}

function givenPaths(flags: Flags, {environment, workingDirectory}: Place): readonly string[] {
	if (flags.config.length > 0) return flags.config;
	if (existsSync(path.join(workingDirectory, defaultFile))) return [defaultFile];
	const fromEnvironment = (environment.HOLDFAST_CONFIG ?? '').split(path.delimiter).filter(Boolean);
	if (fromEnvironment.length > 0) return fromEnvironment;
	throw new HoldfastError({
		code: 'ConfigurationNotFound',
		message: `there is no ${defaultFile} here, and $HOLDFAST_CONFIG is not set`,
		hint: 'Name one with --config, or a repository with --repo URL --path FOLDER --namespace NAME. holdfast help explains.',
	});
}

function inlineSource(flags: Flags, repo: string, {workingDirectory}: Place): ConfigurationSource {
	if (flags.config.length > 0) throw usageError('--repo and --config exclude each other');
	const folder = (flags.path ?? '').replace(/^(?:\.?\/+)+|\/+$/g, '').replace(/^\.$/, '');
	return {
		type: 'inline',
		name: nameOf(repo, folder),
		repoURL: isLocal(repo) ? path.resolve(workingDirectory, repo) : repo,
		path: folder,
		namespace: flags.namespace ?? 'default',
		target: flags.revision ?? 'HEAD',
	};
}

/** git takes `host:path` for ssh and `scheme://` for the rest; everything else is a folder on this machine. */
function isLocal(repo: string): boolean {
	return repo.startsWith('/') || repo.startsWith('.') || !/^[^/]*:/.test(repo);
}

/** The last folder, or the repository's own name: an RFC 1123 label, because it names the inventory too. */
function nameOf(repo: string, folder: string): string {
	const segments = (folder || repo.replace(/\.git\/?$/, '')).split(/[/:]/).filter(Boolean);
	const label = (segments.at(-1) ?? '')
		.toLowerCase()
		.replace(/[^a-z0-9-]+/g, '-')
		.slice(0, 63)
		.replace(/^-+|-+$/g, '');
	return label || 'application';
}
