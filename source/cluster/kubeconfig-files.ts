/**
 * Reads kubeconfig files the way kubectl does: an explicit file, else the files of KUBECONFIG merged (the first file that
 * names something wins, missing ones are skipped), else `~/.kube/config`, else the Pod's own service account. Relative
 * paths are relative to the file they stand in.
 */
import {existsSync, readFileSync} from 'node:fs';
import {homedir} from 'node:os';
import {delimiter, dirname, isAbsolute, join, resolve} from 'node:path';
import {load} from 'js-yaml';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';

export type RawMap = Record<string, unknown>;

/** Named entries of one or more merged files, as written. */
export interface KubeconfigFiles {
	readonly clusters: ReadonlyMap<string, RawMap>;
	readonly users: ReadonlyMap<string, RawMap>;
	readonly contexts: ReadonlyMap<string, RawMap>;
	readonly currentContext: string;
	/** For messages: `/home/ana/.kube/config`, or several joined as in KUBECONFIG. */
	readonly source: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const serviceAccountFolder = '/var/run/secrets/kubernetes.io/serviceaccount';
export const inClusterName = 'in-cluster';

/** Throws KubeconfigNotFound, KubeconfigInvalid. */
export function readKubeconfig(explicit: string | undefined, environment: Environment = process.env): KubeconfigFiles {
	if (explicit) {
		if (!existsSync(explicit)) throw notFound(`there is no kubeconfig at ${explicit}`);
		return merge([explicit], explicit);
	}
	const listed = (environment.KUBECONFIG ?? '').split(delimiter).filter(Boolean);
	if (listed.length > 0) {
		const present = listed.filter(file => existsSync(file));
		if (present.length === 0) throw notFound(`none of the files in KUBECONFIG exists: ${listed.join(', ')}`);
		return merge(present, listed.join(delimiter));
	}
	const home = join(environment.HOME || homedir(), '.kube', 'config');
	if (existsSync(home)) return merge([home], home);
	return inCluster(environment) ?? failWithoutAny(home);
}

function failWithoutAny(home: string): never {
	throw notFound(`there is no kubeconfig: no --kubeconfig, no KUBECONFIG, no ${home}, and this is not a Pod`);
}

function notFound(message: string): HoldfastError {
	return new HoldfastError({
		code: 'KubeconfigNotFound',
		message,
		hint: 'name one with --kubeconfig or KUBECONFIG; kubectl config view shows what kubectl uses',
	});
}

function merge(files: readonly string[], source: string): KubeconfigFiles {
	const merged = {
		clusters: new Map<string, RawMap>(),
		users: new Map<string, RawMap>(),
		contexts: new Map<string, RawMap>(),
	};
	let currentContext = '';
	for (const file of files) {
		const document = parse(file);
		for (const [list, item] of [
			['clusters', 'cluster'],
			['users', 'user'],
			['contexts', 'context'],
		] as const) {
			for (const entry of asList(document[list])) {
				const name = textOf(entry.name);
				if (!name || merged[list].has(name)) continue;
				merged[list].set(name, withAbsolutePaths(asMap(entry[item]), dirname(resolve(file))));
			}
		}
		currentContext ||= textOf(document['current-context']);
	}
	return {...merged, currentContext, source};
}

function parse(file: string): RawMap {
	let document: unknown;
	try {
		document = load(readFileSync(file, 'utf8'));
	} catch (error) {
		const mark = (error as {mark?: {line?: number}}).mark;
		const reason = (error as {reason?: string}).reason ?? (error as Error).message;
		throw new HoldfastError(
			{
				code: 'KubeconfigInvalid',
				message: `the kubeconfig cannot be read: ${boundedText(reason, 200)}`,
				file,
				...(mark?.line === undefined ? {} : {line: mark.line + 1}),
			},
			{cause: error},
		);
	}
	if (document === null || document === undefined) return {};
	if (!isMap(document)) throw new HoldfastError({code: 'KubeconfigInvalid', message: 'the kubeconfig is no map', file});
	return document;
}

const pathFields = ['certificate-authority', 'client-certificate', 'client-key', 'tokenFile', 'token-file'] as const;

function withAbsolutePaths(entry: RawMap, folder: string): RawMap {
	const copy = {...entry};
	for (const field of pathFields) {
		const path = textOf(copy[field]);
		if (path && !isAbsolute(path)) copy[field] = join(folder, path);
	}
	// A plugin named with a slash lies beside the kubeconfig; a bare name is looked up in PATH.
	const plugin = asMap(copy.exec);
	const command = textOf(plugin.command);
	if (command.includes('/') && !isAbsolute(command)) copy.exec = {...plugin, command: join(folder, command)};
	return copy;
}

function inCluster(environment: Environment): KubeconfigFiles | null {
	const host = environment.KUBERNETES_SERVICE_HOST;
	const token = join(serviceAccountFolder, 'token');
	if (!host || !existsSync(token)) return null;
	const address = host.includes(':') ? `[${host}]` : host;
	const namespaceFile = join(serviceAccountFolder, 'namespace');
	const namespace = existsSync(namespaceFile) ? readFileSync(namespaceFile, 'utf8').trim() : 'default';
	const entry = <T>(value: T): Map<string, T> => new Map([[inClusterName, value]]);
	return {
		clusters: entry<RawMap>({
			server: `https://${address}:${environment.KUBERNETES_SERVICE_PORT || '443'}`,
			'certificate-authority': join(serviceAccountFolder, 'ca.crt'),
		}),
		users: entry<RawMap>({tokenFile: token}),
		contexts: entry<RawMap>({cluster: inClusterName, user: inClusterName, namespace}),
		currentContext: inClusterName,
		source: 'the service account of this Pod',
	};
}

export function isMap(value: unknown): value is RawMap {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asMap(value: unknown): RawMap {
	return isMap(value) ? value : {};
}

export function asList(value: unknown): RawMap[] {
	return Array.isArray(value) ? value.filter(isMap) : [];
}

/** The empty string for everything that is no text. */
export function textOf(value: unknown): string {
	return typeof value === 'string' ? value : '';
}
