import {standingOf} from '../../../model/standing.ts';
import type {ApplicationStatus} from '../../../model/status.ts';
import {createFilter, type Filterable} from '../../store/filter.ts';

/** Facets and words that `/` knows in this pane, for the help. */
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
export const applicationWords = ['held', 'drifted', 'failed', 'degraded', 'syncing', 'manual', 'automated'] as const;

export function filterApplications(
	applications: readonly ApplicationStatus[],
	filter: string,
): readonly ApplicationStatus[] {
	if (filter.trim() === '') return applications;
	const fits = createFilter(filter);
	return applications.filter(application => fits(filterableOf(application)));
}

/** A word that stands for a state is found as if it stood in the row. */
function filterableOf(application: ApplicationStatus): Filterable {
	const {name, namespace, context, repoURL, target, revision, syncStatus, health, holds, counts} = application;
	const standing = standingOf(application);
	const states: Readonly<Record<(typeof applicationWords)[number], boolean>> = {
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
	return {text: [name, ...applicationWords.filter(word => states[word])].join(' '), facets};
}
