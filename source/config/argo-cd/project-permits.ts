import type {Destination, Guards} from '../../model/application.ts';
import {expandBraces, matchesGlob} from '../glob.ts';
import {ownClusterName, ownServer} from './destination.ts';
import type {ArgoProjectSpec} from './project-schema.ts';

type Entry = NonNullable<ArgoProjectSpec['destinations']>[number];

export type DestinationVerdict =
	| {readonly type: 'denied'}
	| ({readonly type: 'permitted'; readonly gap?: string} & Pick<Guards, 'allowedServers' | 'allowedNamespaces'>);

/**
 * Whether a project permits a repository: one pattern must match, and no `!pattern` may. Argo CD compares URLs without
 * case, `.git` and the ways to write ssh; `*` stops at a slash.
 */
export function permitsRepository(patterns: readonly string[], repoURL: string): boolean {
	const url = comparable(repoURL);
	const denied = patterns.some(pattern => isDenial(pattern) && matchesGlob(comparable(pattern.slice(1)), url, '/'));
	const accepted = patterns.some(pattern => isDenial(pattern) || matchesGlob(comparable(pattern), url, '/'));
	return accepted && !denied;
}

/**
 * Judges an application's destination by its project, and turns the project's other destinations on the same cluster into
 * guards. An application has one cluster, so a verdict on it is final and needs no guard; where the cluster is named in one
 * way here and in another there, the guard is left to decide.
 */
export function judgeDestination(entries: readonly Entry[], destination: Destination): DestinationVerdict {
	const cluster = clusterOf(destination);
	const {namespace} = destination;
	let isPermitted = false;
	const unknown: Entry[] = [];
	const denials: string[] = [];
	const namespaces = new Set<string>();
	for (const entry of entries) {
		const onCluster = matchesCluster(entry, cluster);
		const inNamespace = matchesPattern(entry.namespace, namespace);
		const deniesCluster = isDenial(entry.server) || isDenial(entry.name);
		if (onCluster === 'no' && deniesCluster && inNamespace) return {type: 'denied'};
		if (onCluster !== 'no' && !inNamespace && isDenial(entry.namespace)) return {type: 'denied'};
		if (onCluster === 'yes') {
			if (entry.namespace) namespaces.add(entry.namespace);
			isPermitted ||= inNamespace;
		} else if (onCluster === 'unknown' && inNamespace) {
			unknown.push(entry);
			denials.push(...[entry.server, entry.name].filter(isDenial));
		}
	}
	if (isPermitted) return {type: 'permitted', allowedServers: denials, ...namespaceGuards([...namespaces], namespace)};
	if (unknown.length === 0) return {type: 'denied'};
	const allowedServers = unknown.flatMap(entry => [entry.server, entry.name].filter(text => text !== undefined));
	const gap = `it names clusters in another way than this application: only the namespace ${namespace} is allowed`;
	return {type: 'permitted', allowedServers, allowedNamespaces: [namespace], gap};
}

/** Guards know `*`, `?` and a leading `!`: braces are written out, and what is left narrows the list to the own namespace. */
function namespaceGuards(patterns: readonly string[], own: string): {allowedNamespaces: string[]; gap?: string} {
	const plain = patterns.flatMap(pattern => expandBraces(pattern) ?? ['[']);
	if (!plain.some(pattern => /[[\]\\{}]/.test(pattern))) return {allowedNamespaces: plain};
	return {allowedNamespaces: [own], gap: `patterns with [ ] are not understood: only the namespace ${own} is allowed`};
}

interface Cluster {
	readonly server?: string;
	readonly name?: string;
}

function clusterOf({context, server}: Destination): Cluster {
	if (context) return {name: context};
	if (!server || server === ownServer) return {server: ownServer, name: ownClusterName};
	return {server};
}

function matchesCluster(entry: Entry, cluster: Cluster): 'yes' | 'no' | 'unknown' {
	if (entry.server === '*' || entry.name === '*') return 'yes';
	if (cluster.server && entry.server && matchesPattern(entry.server.replace(/\/+$/, ''), cluster.server)) return 'yes';
	if (cluster.name && entry.name && matchesPattern(entry.name, cluster.name)) return 'yes';
	const isComparable = (cluster.server && entry.server) || (cluster.name && entry.name);
	return isComparable ? 'no' : 'unknown';
}

function matchesPattern(pattern: string | undefined, text: string): boolean {
	if (isDenial(pattern)) return !matchesGlob(pattern.slice(1), text);
	return matchesGlob(pattern ?? '', text);
}

function isDenial(pattern: string | undefined): pattern is string {
	return pattern?.startsWith('!') ?? false;
}

function comparable(url: string): string {
	const text = url.trim().toLowerCase();
	const isScpLike = !text.includes('://') && /^[^/:@]+@[^/:]+:/.test(text);
	return (isScpLike ? text.replace(':', '/') : text.replace(/^ssh:\/\//, '')).replace(/\.git$/, '');
}
