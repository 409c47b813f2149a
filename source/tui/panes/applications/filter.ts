import {standingOf} from '../../../model/standing.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {type Filter, type Filterable, matchesFilter} from '../../present/filter.ts';

/** Facets and flags that `/` knows in this pane, for the help and for completion. */
export const applicationFacets = [
	'sync',
	'health',
	'context',
	'namespace',
	'repo',
	'target',
	'revision',
	'name',
] as const;
export const applicationFlags = ['held', 'drifted', 'failed', 'degraded', 'syncing', 'manual', 'automated'] as const;

export function filterApplications(
	applications: readonly ApplicationStatus[],
	filter: Filter,
): readonly ApplicationStatus[] {
	if (filter.length === 0) return applications;
	return applications.filter(application => matchesFilter(filter, filterableOf(application)));
}

function filterableOf(application: ApplicationStatus): Filterable {
	const {name, namespace, context, repoURL, target, revision, syncStatus, health, holds, counts} = application;
	const standing = standingOf(application);
	const states: Readonly<Record<(typeof applicationFlags)[number], boolean>> = {
		held: holds.length > 0,
		drifted: counts.drifted > 0,
		failed: standing === 'failed',
		degraded: health.status === 'Degraded',
		syncing: standing === 'syncing',
		manual: !application.isAutomated,
		automated: application.isAutomated,
	};
	const facets: Readonly<Record<(typeof applicationFacets)[number], string>> = {
		sync: syncStatus,
		health: health.status,
		context,
		namespace,
		repo: repoURL,
		target,
		revision: revision ?? '',
		name,
	};
	return {
		text: name.toLowerCase(),
		facets: Object.fromEntries(Object.entries(facets).map(([facet, value]) => [facet, value.toLowerCase()])),
		flags: new Set(applicationFlags.filter(flag => states[flag])),
	};
}
