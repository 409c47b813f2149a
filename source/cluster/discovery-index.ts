/** All kinds by group and kind, with every version that serves them. */
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import type {ServedGroup, ServedKind} from './discovery-documents.ts';

export interface DiscoveryIndex {
	/** Without a version the preferred one. null: not served. */
	find(group: string, kind: string, version?: string): ResourceKind | null;
	readonly kinds: readonly ResourceKind[];
	readonly staleGroups: readonly string[];
}

/** @param previous kinds of groups that are stale now are kept: a service that is down has not lost its objects. */
export function buildIndex(groups: readonly ServedGroup[], previous: DiscoveryIndex | null): DiscoveryIndex {
	const byKind = new Map<string, Map<string, ResourceKind>>();
	const add = (served: ServedKind): void => {
		const key = `${served.group}/${served.kind}`;
		const versions = byKind.get(key) ?? new Map<string, ResourceKind>();
		if (versions.has(served.version)) return;
		versions.set(served.version, {...served, versions: []});
		byKind.set(key, versions);
	};
	const staleGroups = groups.filter(group => group.isStale).map(group => group.group);
	for (const {kinds} of groups) for (const served of kinds) add(served);
	for (const known of previous?.kinds ?? []) {
		if (!staleGroups.includes(known.group)) continue;
		for (const version of known.versions) {
			const served = previous?.find(known.group, known.kind, version);
			if (served) add(served);
		}
	}
	const preferred: ResourceKind[] = [];
	for (const versions of byKind.values()) {
		const names = [...versions.keys()];
		for (const [version, served] of versions) versions.set(version, {...served, versions: names});
		preferred.push(versions.get(names[0]!)!);
	}
	return {
		find(group, kind, version) {
			const versions = byKind.get(`${group}/${kind}`);
			if (!versions) return null;
			if (version) return versions.get(version) ?? null;
			return versions.values().next().value ?? null;
		},
		kinds: preferred,
		staleGroups,
	};
}
