import {type ApplicationStatus, healthOrder} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {MonitorData} from '../store/data.ts';
import {createFilter} from '../store/filter.ts';
import type {GlyphName, GlyphSet} from '../theme/glyphs.ts';
import type {StyleName} from '../theme/styles.ts';
import type {CellText, Column} from '../widgets/fit/columns.ts';

export const applicationColumns: readonly Column[] = [
	{id: 'glyph', minimum: 1, priority: 9},
	{id: 'name', minimum: 12, maximum: 40, grow: 1, priority: 10, cut: 'middle'},
	{id: 'sync', minimum: 9, priority: 8},
	{id: 'health', minimum: 11, priority: 7},
	{id: 'drift', minimum: 3, priority: 3},
	{id: 'revision', minimum: 7, priority: 2},
];

export const applicationSorts: readonly string[] = ['worst first', 'by name'];

/** How bad it is: health first, then what differs, then drift. */
function badness({health, syncStatus, counts}: ApplicationStatus): number {
	const sync = syncStatus === 'Synced' ? 0 : 1;
	return healthOrder.indexOf(health.status) * 4 + sync * 2 + (counts.drifted > 0 ? 1 : 0);
}

export function applicationKeys(
	applications: MonitorData['applications'],
	{filter, sort, isReversed}: {readonly filter: string; readonly sort: number; readonly isReversed: boolean},
): readonly string[] {
	const fits = createFilter(filter);
	const shown = [...applications.values()].filter(application => fits(toFilterable(application)));
	const byName = (one: ApplicationStatus, other: ApplicationStatus) => (one.name < other.name ? -1 : 1);
	const byBadness = (one: ApplicationStatus, other: ApplicationStatus) =>
		badness(other) - badness(one) || byName(one, other);
	const keys = shown.sort(sort === 0 ? byBadness : byName).map(({name}) => name);
	return isReversed ? keys.reverse() : keys;
}

function toFilterable({name, namespace, syncStatus, health}: ApplicationStatus) {
	return {
		text: `${name} ${namespace} ${syncStatus} ${health.status}`,
		facets: {name, namespace, sync: syncStatus, health: health.status},
	};
}

export function applicationCells(application: ApplicationStatus, glyphs: GlyphSet): Record<string, CellText> {
	const {name, syncStatus, health, counts, revision} = application;
	const [glyph, style] = stateOf(application);
	return {
		glyph: {text: glyphs.glyph[glyph], style},
		name: {text: safeText(name), style: 'strong'},
		sync: {text: syncStatus, style: syncStatus === 'Synced' ? 'good' : 'warning'},
		health: {text: health.status, style},
		drift: counts.drifted > 0 ? {text: `${glyphs.glyph.drift}${counts.drifted}`, style: 'drift'} : {text: ''},
		revision: {text: safeText(revision ?? '').slice(0, 7), style: 'quiet'},
	};
}

function stateOf({health, syncStatus, operation}: ApplicationStatus): readonly [GlyphName, StyleName] {
	if (health.status === 'Degraded' || health.status === 'Missing') return ['bad', 'bad'];
	if (operation?.phase === 'Running' || health.status === 'Progressing') return ['busy', 'busy'];
	if (syncStatus === 'OutOfSync') return ['differs', 'warning'];
	if (syncStatus === 'Unknown' || health.status === 'Unknown') return ['unknown', 'warning'];
	return health.status === 'Suspended' ? ['suspended', 'held'] : ['good', 'good'];
}
