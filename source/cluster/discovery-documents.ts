/** Discovery documents into kinds: the aggregated form (KEP-3352, v2 and v2beta1) and the legacy one document a version. */
import type {ResourceKind} from '../model/ports/cluster/kind.ts';
import {asList, asMap, textOf} from './kubeconfig-files.ts';

/** One kind as one version serves it. */
export type ServedKind = Omit<ResourceKind, 'versions'>;

/** One group with its versions, preferred first. */
export interface ServedGroup {
	readonly group: string;
	readonly kinds: readonly ServedKind[];
	/** Its service does not answer: what is listed may be old or missing. */
	readonly isStale: boolean;
}

/** null when the document is no aggregated discovery. */
export function readAggregated(document: unknown): ServedGroup[] | null {
	if (asMap(document).kind !== 'APIGroupDiscoveryList') return null;
	return asList(asMap(document).items).map(item => {
		const group = textOf(asMap(item.metadata).name);
		const versions = asList(item.versions);
		return {
			group,
			kinds: versions.flatMap(version => readAggregatedVersion(group, version)),
			isStale: versions.some(version => version.freshness === 'Stale'),
		};
	});
}

function readAggregatedVersion(group: string, version: Record<string, unknown>): ServedKind[] {
	return asList(version.resources).flatMap(resource => {
		// An entry without a kind of its own only carries subresources.
		const kind = textOf(asMap(resource.responseKind).kind);
		if (!kind) return [];
		return {
			group,
			version: textOf(version.version),
			kind,
			resource: textOf(resource.resource),
			isNamespaced: resource.scope === 'Namespaced',
			verbs: textList(resource.verbs),
		};
	});
}

/** Group versions of `/apis` (`APIGroupList`), preferred version of each group first. */
export function readGroupVersions(document: unknown): {group: string; version: string}[] {
	return asList(asMap(document).groups).flatMap(item => {
		const group = textOf(item.name);
		const preferred = textOf(asMap(item.preferredVersion).version);
		const versions = asList(item.versions).map(version => textOf(version.version));
		const ordered = [preferred, ...versions.filter(version => version !== preferred)].filter(Boolean);
		return ordered.map(version => ({group, version}));
	});
}

/** Versions of `/api` (`APIVersions`). */
export function readCoreVersions(document: unknown): {group: string; version: string}[] {
	return textList(asMap(document).versions).map(version => ({group: '', version}));
}

/** One `APIResourceList`; subresources (`deployments/scale`) are left out. */
export function readResourceList(place: {group: string; version: string}, document: unknown): ServedKind[] {
	return asList(asMap(document).resources).flatMap(resource => {
		const name = textOf(resource.name);
		const kind = textOf(resource.kind);
		if (!kind || name === '' || name.includes('/')) return [];
		return {
			...place,
			kind,
			resource: name,
			isNamespaced: resource.namespaced === true,
			verbs: textList(resource.verbs),
		};
	});
}

function textList(value: unknown): string[] {
	return Array.isArray(value) ? value.filter(item => typeof item === 'string') : [];
}
