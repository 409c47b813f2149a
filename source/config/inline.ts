import {type Application, defaultSyncPolicy} from '../model/application.ts';
import {HoldfastError} from '../model/errors.ts';
import {defaultIntervalMilliseconds} from './candidate.ts';
import {checkApplicationName, checkNamespace} from './names.ts';
import {checkRepositoryPath} from './repository-path.ts';
import {checkRepositoryURL, hasPassword} from './repository-url.ts';
import type {Result} from './result.ts';
import {autoRevision} from './target-revision.ts';

export interface InlineApplication {
	readonly name: string;
	readonly repoURL: string;
	/** Folder within the repository; empty is its root. */
	readonly path: string;
	readonly namespace: string;
	/** Branch, tag, commit or semver range; empty is HEAD. */
	readonly target: string;
	readonly context?: string;
	readonly server?: string;
	readonly intervalMilliseconds?: number;
	/** Where a relative repoURL starts; the working directory when absent. */
	readonly folder?: string;
}

/**
 * An application from the command line, without any file: rendered as its folder suggests, written only when a person
 * says so. Throws HoldfastError when a value cannot be used.
 */
export function inlineApplication(input: InlineApplication): Application {
	const {context, server, folder = process.cwd()} = input;
	const urlCode = hasPassword(input.repoURL) ? 'CredentialsInURL' : 'InvalidValue';
	return {
		name: need('name', checkApplicationName(input.name), 'InvalidName'),
		source: {
			repoURL: need('repo', checkRepositoryURL(input.repoURL, folder), urlCode),
			target: need('revision', autoRevision(input.target)),
			path: need('path', checkRepositoryPath(input.path)),
			render: {type: 'auto'},
			intervalMilliseconds: input.intervalMilliseconds ?? defaultIntervalMilliseconds,
		},
		destination: {
			...(context && {context}),
			...(server && {server}),
			namespace: need('namespace', checkNamespace(input.namespace), 'InvalidName'),
		},
		syncPolicy: defaultSyncPolicy,
		driftPolicy: {mode: 'observe', rules: [], foreignAdditions: 'observe'},
		ignoreDifferences: [],
		guards: {allowedNamespaces: [], allowedServers: [], allowedKinds: [], deniedKinds: []},
		dependsOn: [],
		syncWindows: [],
		isSuspended: false,
		declaredAt: {file: '', line: 0, format: 'command-line'},
		notices: [],
	};
}

function need<Value>(option: string, result: Result<Value>, code = 'InvalidValue'): Value {
	if (result.ok) return result.value;
	throw new HoldfastError({code, message: `--${option} ${result.reason}`, hint: result.hint});
}
