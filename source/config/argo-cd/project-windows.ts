import type {Application, SyncWindow} from '../../model/application.ts';
import type {Findings} from '../findings.ts';
import {matchesGlob} from '../glob.ts';
import {readSyncWindows} from '../sync-windows.ts';
import type {Path} from '../yaml/source-document.ts';
import {ownClusterName, ownServer} from './destination.ts';
import type {ArgoProjectSpec} from './project-schema.ts';

type Fields = NonNullable<ArgoProjectSpec['syncWindows']>[number];

/** A project's window, and the globs that say for which of its applications it is. */
export interface ProjectWindow extends Pick<Fields, 'applications' | 'namespaces' | 'clusters' | 'andOperator'> {
	readonly window: SyncWindow;
}

/** A window that cannot be used is a problem of the project: without it more would be allowed than was meant. */
export function readProjectWindows(fields: readonly Fields[], path: Path, findings: Findings): ProjectWindow[] {
	const windows = readSyncWindows(fields, path, findings);
	// Either all could be read, or the project cannot be used.
	if (windows.length !== fields.length) return [];
	return windows.map((window, index) => {
		const {applications, namespaces, clusters, andOperator} = fields[index] ?? {};
		return {window, applications, namespaces, clusters, andOperator};
	});
}

/** Windows of an application: any of the lists matches it, or with `andOperator` each list that is given. */
export function windowsFor({name, destination}: Application, windows: readonly ProjectWindow[]): SyncWindow[] {
	const {context, server, namespace} = destination;
	const isOwn = !context && (!server || server === ownServer);
	const clusters = isOwn ? [ownServer, ownClusterName] : [context, server].filter(text => text !== undefined);
	return windows
		.filter(window => {
			const lists: [readonly string[] | undefined, readonly string[]][] = [
				[window.applications, [name]],
				[window.namespaces, [namespace]],
				[window.clusters, clusters],
			];
			const answers = lists.flatMap(([patterns, names]) =>
				patterns && patterns.length > 0 ? patterns.some(pattern => names.some(text => matchesGlob(pattern, text))) : [],
			);
			return window.andOperator ? answers.length > 0 && answers.every(Boolean) : answers.some(Boolean);
		})
		.map(({window}) => window);
}
