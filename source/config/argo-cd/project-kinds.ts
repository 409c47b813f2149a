import type {Guards} from '../../model/application.ts';
import {matchesGlob} from '../glob.ts';
import {clusterKinds} from './built-in-kinds.ts';
import type {ArgoProjectSpec} from './project-schema.ts';

interface KindPattern {
	readonly group?: string;
	readonly kind: string;
	readonly name?: string;
}

/** Kinds as guards, and what could not be said in them. */
export interface KindGuards extends Pick<Guards, 'allowedKinds' | 'deniedKinds'> {
	readonly gaps: readonly string[];
}

/**
 * Maps a project's lists of kinds. In Argo CD a cluster-scoped kind must be on the cluster list (an absent list allows
 * none), a namespaced kind on the namespace list (an absent list allows all). Guards do not know scopes, but while there
 * is a list of namespaces, which projects always have, they let a cluster-scoped kind through only when it is listed. What
 * they cannot say is made stricter, except for custom cluster-scoped kinds; both are told as gaps.
 */
export function kindGuards(spec: ArgoProjectSpec): KindGuards {
	const gaps: string[] = [];
	const allowInCluster = (spec.clusterResourceWhitelist ?? []).filter(entry => !entry.name);
	const denyInCluster = spec.clusterResourceBlacklist ?? [];
	if ([...(spec.clusterResourceWhitelist ?? []), ...denyInCluster].some(entry => entry.name)) {
		gaps.push('kinds that are limited to certain names are denied altogether');
	}
	const deniedBuiltIns = clusterKinds.filter(kind => !allowInCluster.some(pattern => matchesKind(pattern, kind)));
	const deniedKinds = [
		...deniedBuiltIns,
		...[...denyInCluster, ...(spec.namespaceResourceBlacklist ?? [])].flatMap(pattern =>
			printPattern(widened(pattern)),
		),
	];
	const namespaced = spec.namespaceResourceWhitelist;
	const isEveryKindAllowed = !namespaced || namespaced.some(isEverything);
	const allowsAllInCluster = allowInCluster.some(isEverything);
	if (!allowsAllInCluster && (isEveryKindAllowed ? allowInCluster.length > 0 : namespaced.some(hasWildcard))) {
		gaps.push('custom cluster-scoped kinds are not told apart from namespaced ones, and are allowed like those');
	}
	if (isEveryKindAllowed) {
		// Nothing listed: every namespaced kind, and no cluster-scoped one.
		return {allowedKinds: allowInCluster.length > 0 ? ['*'] : [], deniedKinds: unique(deniedKinds), gaps};
	}
	const listed = [...namespaced, ...allowInCluster.flatMap(spelledOut)];
	if (listed.some(hasClass)) gaps.push('patterns with [ ] are not understood and allow nothing');
	const allowedKinds = unique(listed.filter(pattern => !hasClass(pattern)).flatMap(printPattern));
	// An empty list would allow all.
	return allowedKinds.length > 0
		? {allowedKinds, deniedKinds: unique(deniedKinds), gaps}
		: {allowedKinds, deniedKinds: ['*'], gaps};
}

/** A wildcard of the cluster list must not open namespaced kinds: it is spelled out for what Kubernetes itself serves. */
function spelledOut(pattern: KindPattern): KindPattern[] {
	if (!hasWildcard(pattern)) return [pattern];
	return clusterKinds.filter(kind => matchesKind(pattern, kind)).map(split);
}

/**
 * `Kind.group` globs with `*` and `?`. A core kind is known as `ConfigMap` and as `ConfigMap.`, so that `*.` is every core
 * kind and nothing else.
 */
function printPattern({group = '', kind}: KindPattern): string[] {
	if (group === '*') return kind === '*' ? ['*'] : [kind, `${kind}.*`];
	return group === '' && !/[*?]/.test(kind) ? [kind] : [`${kind}.${group}`];
}

/** Guards know no character classes; to deny, any character in their place is denied. */
function widened({group = '', kind}: KindPattern): KindPattern {
	return {group: group.replace(/\[[^\]]*\]/g, '?'), kind: kind.replace(/\[[^\]]*\]/g, '?')};
}

function matchesKind({group = '', kind}: KindPattern, groupKind: string): boolean {
	const own = split(groupKind);
	return matchesGlob(kind, own.kind) && matchesGlob(group, own.group);
}

function split(groupKind: string): {readonly group: string; readonly kind: string} {
	const [kind = '', ...group] = groupKind.split('.');
	return {kind, group: group.join('.')};
}

function isEverything({group = '', kind, name}: KindPattern): boolean {
	return group === '*' && kind === '*' && !name;
}

function hasWildcard({group = '', kind}: KindPattern): boolean {
	return /[*?[]/.test(group + kind);
}

function hasClass({group = '', kind}: KindPattern): boolean {
	return /[[\]\\]/.test(group + kind);
}

function unique(patterns: readonly string[]): string[] {
	return [...new Set(patterns)];
}
