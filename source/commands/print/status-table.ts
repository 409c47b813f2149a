import {formatAge, shortRevision} from '../../model/ages.ts';
import {formatProblem} from '../../model/errors.ts';
import {heldMark} from '../../model/hold-text.ts';
import {standingOf} from '../../model/standing.ts';
import type {ApplicationStatus} from '../../model/status.ts';
import {type Cell, layOut} from '../terminal/columns.ts';
import type {Surface} from '../terminal/surface.ts';
import {appearanceOf} from './standing.ts';

/**
 * The table of `status`, worst first as given. `now` is epoch milliseconds. The wide one adds where an application lives
 * and what it follows.
 */
export function statusTable(
	applications: readonly ApplicationStatus[],
	options: {readonly surface: Surface; readonly now: number; readonly isWide: boolean},
): string[] {
	const {surface, now, isWide} = options;
	const wideTitles = isWide ? ['CONTEXT', 'NAMESPACE', 'OBJECTS', 'TARGET', 'PATH', 'REPOSITORY', 'PARENT'] : [];
	const titles = ['', 'NAME', 'SYNC', 'HEALTH', 'REVISION', 'DRIFT', 'SYNCED', ...wideTitles, 'MESSAGE'];
	const rows = applications.map(application => {
		const {glyph, tone} = appearanceOf(standingOf(application));
		const drifted = application.drift.length;
		const wide = isWide ? wideCells(application) : [];
		return [
			{text: surface.glyph(glyph), tone},
			application.name,
			{text: application.syncStatus, tone: application.syncStatus === 'Synced' ? 'plain' : 'warning'},
			{text: application.health.status, tone: application.health.status === 'Degraded' ? 'bad' : 'plain'},
			shortRevision(application.revision),
			drifted > 0 ? {text: `${surface.glyph('drift')}${drifted}`, tone: 'warning'} : '-',
			application.syncedAt === null ? 'never' : formatAge(now - application.syncedAt),
			...wide,
			{text: [heldMark(application, now), messageOf(application)].filter(Boolean).join('; ')},
		] satisfies (Cell | string)[];
	});
	return layOut([titles.map(text => ({text, tone: 'quiet'}) satisfies Cell), ...rows], surface);
}

function wideCells(application: ApplicationStatus): string[] {
	return [
		application.context,
		application.namespace,
		String(application.counts.objects),
		application.target,
		application.path || '.',
		application.repoURL,
		application.parent ?? '-',
	];
}

/** What matters most about an application, in a few words; the sentences stand below the table. */
export function messageOf(application: ApplicationStatus): string {
	const {operation, counts, conditions} = application;
	if (operation?.phase === 'Running') {
		const step = operation.steps > 1 ? `step ${operation.step + 1} of ${operation.steps}, ` : '';
		return `syncing, ${step}${operation.done}/${operation.total}`;
	}
	if (operation?.phase === 'AwaitingConfirmation' && application.syncStatus !== 'Synced') {
		return `waits for a person: ${operation.message}`;
	}
	if (operation?.phase === 'Failed' && application.syncStatus !== 'Synced') return operation.message;
	if (application.health.message) return application.health.message;
	const worst = conditions.find(condition => condition.type !== 'ConfigurationNotice');
	if (worst) return formatProblem({...worst.problem, hint: undefined});
	if (application.syncStatus !== 'OutOfSync') return '';
	return `${differences(counts)}${wayOut(application)}`;
}

/** What a person would have to do, where nobody does it by itself. */
function wayOut({name, isAutomated, counts}: ApplicationStatus): string {
	if (counts.outOfSync === 0 && counts.toPrune > 0) return `; holdfast sync ${name} --prune deletes them`;
	return isAutomated ? '' : `; not automated: holdfast sync ${name}`;
}

function differences(counts: ApplicationStatus['counts']): string {
	const parts = [
		counts.missing > 0 ? `${counts.missing} missing` : '',
		counts.outOfSync > counts.missing ? `${counts.outOfSync - counts.missing} differ` : '',
		counts.toPrune > 0 ? `${counts.toPrune} to prune` : '',
		counts.failed > 0 ? `${counts.failed} failed` : '',
	].filter(Boolean);
	return parts.length > 0 ? `${parts.join(', ')} of ${counts.objects}` : '';
}

/** `42 applications: 38 Synced, 4 OutOfSync; 40 Healthy, 2 Degraded; 3 drifted`. */
export function statusSummary(applications: readonly ApplicationStatus[]): string {
	const drifted = applications.filter(application => application.drift.length > 0).length;
	const held = applications.filter(application => application.holds.length > 0).length;
	const parts = [
		tally(applications.map(application => application.syncStatus)),
		tally(applications.map(application => application.health.status)),
		...(drifted > 0 ? [`${drifted} drifted`] : []),
		...(held > 0 ? [`${held} held`] : []),
	];
	return `${applications.length} applications: ${parts.join('; ')}`;
}

/** Counts words, the most frequent first. */
function tally(words: readonly string[]): string {
	const counts = new Map<string, number>();
	for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
	return [...counts]
		.sort(([, a], [, b]) => b - a)
		.map(([word, count]) => `${count} ${word}`)
		.join(', ');
}
