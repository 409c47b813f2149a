import {formatProblem, type Problem} from '../../model/errors.ts';
import type {ApplicationStatus, ConnectionStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import {formatAge} from '../store/ages.ts';
import type {MonitorData} from '../store/data.ts';
import type {FreezeState} from '../store/freezer.ts';
import type {GlyphSet} from '../theme/glyphs.ts';
import type {LineText, Span} from '../theme/styles.ts';
import {spread} from '../widgets/fit/line.ts';

const gap: Span = {text: '   '};

interface HeaderOptions {
	readonly width: number;
	readonly glyphs: GlyphSet;
}

/** Context, freshness of the data, and whether the screen stands still. */
export function trustLine(
	data: MonitorData,
	{freeze, now, width, glyphs}: HeaderOptions & {readonly freeze: FreezeState; readonly now: number},
): LineText {
	const contexts = data.worker?.connections.map(connection => safeText(connection.context)) ?? [];
	const where: Span = {text: contexts.length > 0 ? contexts.join(', ') : 'no cluster yet', style: 'strong'};
	const left: LineText = [' ', ...(width >= 100 ? ['holdfast  '] : []), where, '   ', freshness(data, now)];
	return spread(left, [...frozen(freeze, now), ' '], width, glyphs.glyph.ellipsis);
}

function frozen(freeze: FreezeState, now: number): Span[] {
	if (freeze.type === 'running') return [];
	const {since, changesBehind} = freeze;
	const changes = changesBehind === 1 ? '1 change' : `${changesBehind} changes`;
	return [{text: `FROZEN ${formatAge(now - since)}, ${changes} behind`, style: 'stale'}];
}

function freshness({link, worker}: MonitorData, now: number): Span {
	if (link.type === 'connecting') return {text: 'connecting', style: 'busy'};
	if (link.type === 'lost') return stale('worker gone', now - link.since, link.problem);
	const worst = worker?.connections.find(connection => connection.state !== 'live');
	if (worst) return connectionSpan(worst, now);
	return worker && worker.connections.length > 0 ? {text: 'live', style: 'good'} : {text: 'starting', style: 'busy'};
}

function connectionSpan({state, since, problem}: ConnectionStatus, now: number): Span {
	return state === 'connecting' ? {text: 'connecting', style: 'busy'} : stale('stale', now - since, problem);
}

function stale(word: string, age: number, problem: Problem | undefined): Span {
	const why = problem ? `: ${safeText(formatProblem(problem))}` : '';
	return {text: `${word} ${formatAge(age)}${why}`, style: 'bad'};
}

/** How many, and how many of them are what. What nobody is in does not stand there. */
export function countsLine({applications}: MonitorData, {width}: Pick<HeaderOptions, 'width'>): LineText {
	const all = [...applications.values()];
	const count = (is: (application: ApplicationStatus) => boolean) => all.filter(is).length;
	const kinds: readonly (readonly [string, number, Span['style']])[] = [
		['Synced', count(({syncStatus}) => syncStatus === 'Synced'), 'good'],
		['OutOfSync', count(({syncStatus}) => syncStatus === 'OutOfSync'), 'warning'],
		['Degraded', count(({health}) => health.status === 'Degraded'), 'bad'],
		['syncing', count(({operation}) => operation?.phase === 'Running'), 'busy'],
		['drifted', count(({counts}) => counts.drifted > 0), 'drift'],
	];
	const noun = width >= 100 ? 'applications' : 'apps';
	const total: Span = {text: ` ${all.length} ${noun}`, style: 'strong'};
	const parts = kinds.filter(([, number]) => number > 0);
	return [total, ...parts.flatMap(([word, number, style]): Span[] => [gap, {text: `${number} ${word}`, style}])];
}
