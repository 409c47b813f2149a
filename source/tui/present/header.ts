import type {Problem} from '../../model/errors.ts';
import type {WorkerStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import type {Access} from '../acts/access.ts';
import {type Absence, describeAbsence} from '../data/absence.ts';
import type {Counts} from '../data/counts.ts';
import {formatAge, formatCalmAge, formatLeft} from '../store/ages.ts';
import type {FreezeState} from '../store/freezer.ts';
import type {LineText, Span, StyleName} from '../theme/styles.ts';
import {cutText} from '../widgets/fit/fit.ts';
import {fitLine, spread} from '../widgets/fit/line.ts';
import {widthOf} from '../widgets/fit/width.ts';
import {type Frame, joinSpans} from './frame.ts';
import {describeFreshness, type Freshness} from './freshness.ts';
import {describeHealing, type HealingSummary} from './healing.ts';

export interface HeaderInput {
	readonly contexts: readonly string[];
	readonly isProduction: boolean;
	readonly freshness: Freshness;
	readonly healing: HealingSummary;
	readonly worker: WorkerStatus | null;
	readonly access: Access;
	readonly counts: Counts;
	readonly absence: Absence | null;
	readonly freeze: FreezeState;
	/** Epoch milliseconds of the newest word from Git; null: none yet. */
	readonly gitSeenAt: number | null;
}

const columnsForWords = 100;
const columnsForNames = 70;

/** Two lines: where am I, can I trust it, can I hurt it; and how many of each. */
export function headerLines(input: HeaderInput, frame: Frame): readonly [LineText, LineText] {
	return [firstLine(input, frame), secondLine(input, frame)];
}

function firstLine(input: HeaderInput, frame: Frame): LineText {
	const {width, now, glyphs} = frame;
	const isWide = width >= columnsForWords;
	const gap = isWide ? '   ' : '  ';
	const {freshness} = input;
	const isStale = freshness.type === 'stale';
	const left = joinSpans<Span>(
		[
			{text: shortFreshness(input, frame), style: freshnessStyle(freshness)},
			// What is wrong needs the room more than what always stands there.
			{text: describeHealing(input.healing, now, width < columnsForNames), style: healingStyle(input.healing)},
			isWide && !isStale && input.worker !== null && workerSpan(input.worker),
		],
		{text: gap},
	);
	const where = contextSpans(input, width);
	const head: Span[] = isWide ? [{text: ' holdfast', style: 'strong'}, {text: gap}] : [{text: ' '}];
	return spread(
		[...head, ...where, {text: gap}, ...left],
		accessSpans(input.access, now, isWide),
		width,
		glyphs.glyph.ellipsis,
	);
}

function contextSpans({contexts, isProduction}: HeaderInput, width: number): Span[] {
	const names = contexts.map(safeText);
	const shown = names.length <= 2 ? names.join(', ') : `${names[0]} and ${names.length - 1} more`;
	const context: Span = {text: shown || 'no cluster yet', style: 'strong'};
	if (!isProduction) return [context];
	const word = width < columnsForNames ? 'PROD' : 'PRODUCTION';
	return [context, {text: ' '}, {text: ` ${word} `, style: 'production'}];
}

function shortFreshness({freshness, gitSeenAt}: HeaderInput, {width, now}: Frame): string {
	if (freshness.type === 'stale' && width < columnsForNames) return `stale ${formatAge(now - freshness.since)}`;
	const text = describeFreshness(freshness, now);
	if (freshness.type !== 'live' || gitSeenAt === null || width < columnsForNames) return text;
	return `live, Git ${formatCalmAge(now - gitSeenAt)} ago`;
}

function freshnessStyle({type}: Freshness): StyleName {
	return type === 'live' ? 'good' : type === 'stale' ? 'bad' : 'busy';
}

function healingStyle({healing, held}: HealingSummary): StyleName {
	if (healing.type === 'held') return 'held';
	if (healing.type !== 'on') return 'warning';
	return held > 0 ? 'held' : 'plain';
}

function workerSpan({pid, mode}: WorkerStatus): Span {
	return {text: mode === 'reconcile' ? `worker ${pid}` : `worker ${pid} observes`, style: 'quiet'};
}

function accessSpans(access: Access, now: number, isWide: boolean): readonly Span[] {
	switch (access.type) {
		case 'open':
			return [];
		case 'read-only':
			return [{text: 'READ-ONLY', style: 'readOnly'}, {text: isWide && access.how ? `  ${access.how} ` : ' '}];
		case 'armed':
			return [{text: ` ARMED ${formatLeft(access.until - now)} `, style: 'armed'}, {text: ' '}];
	}
}

function secondLine(input: HeaderInput, frame: Frame): LineText {
	const {width, now, glyphs} = frame;
	const {freeze, absence} = input;
	const gap = width >= columnsForWords ? '   ' : '  ';
	const counts = width < columnsForNames ? shortCounts(input.counts, frame) : longCounts(input.counts, width);
	const line = [{text: ' '}, ...joinSpans<Span>(counts, {text: gap})];
	if (freeze.type === 'frozen') {
		const behind = `${freeze.changesBehind} change${freeze.changesBehind === 1 ? '' : 's'} behind`;
		return spread(
			line,
			[{text: ` FROZEN ${formatAge(now - freeze.since)}, ${behind} `, style: 'armed'}],
			width,
			glyphs.glyph.ellipsis,
		);
	}
	const problems = input.worker?.problems ?? [];
	if (problems.length > 0) return spread(line, [problemSpan(problems, line, frame)], width, glyphs.glyph.ellipsis);
	if (absence) return absenceLine(line, `while you were away: ${describeAbsence(absence)}`, frame);
	return fitLine(line, width, glyphs.glyph.ellipsis);
}

/** What is wrong with the worker itself (its configuration, its history): as much of it as there is room for. */
function problemSpan([first, ...others]: readonly Problem[], counts: readonly Span[], {width, glyphs}: Frame): Span {
	const count = 1 + others.length;
	const short = `! ${count} problem${count === 1 ? '' : 's'} `;
	const taken = counts.reduce((sum, {text}) => sum + widthOf(text), 0);
	const long = `${short.trimEnd()}: ${safeText(first?.message ?? '')}`;
	const room = width - taken - 3;
	const text = room > short.length + 16 ? `${cutText(long, room, 'end', glyphs.glyph.ellipsis)} ` : short;
	return {text, style: 'bad'};
}

function absenceLine(counts: readonly Span[], text: string, {width, glyphs}: Frame): LineText {
	const span: Span = {text: `${text} `, style: 'strong'};
	const isRoomy = counts.reduce((sum, {text: part}) => sum + part.length, 0) + text.length + 3 <= width;
	if (isRoomy) return spread(counts, [span], width, glyphs.glyph.ellipsis);
	return fitLine([{text: ' '}, span], width, glyphs.glyph.ellipsis);
}

function longCounts(counts: Counts, width: number): (Span | false)[] {
	const isWide = width >= columnsForWords;
	const noun = isWide ? (counts.applications === 1 ? 'application' : 'applications') : 'apps';
	const hour = isWide ? ' in the last hour' : '/h';
	return [
		{text: `${counts.applications} ${noun}`},
		{text: `${counts.synced} Synced`, style: 'good'},
		counts.outOfSync > 0 && {text: `${counts.outOfSync} OutOfSync`, style: 'warning'},
		counts.unknown > 0 && {text: `${counts.unknown} Unknown`, style: 'warning'},
		counts.degraded > 0 && {text: `${counts.degraded} Degraded`, style: 'bad'},
		counts.syncing > 0 && {text: `${counts.syncing} syncing`, style: 'busy'},
		counts.held > 0 && {text: `${counts.held} held`, style: 'held'},
		counts.drifted > 0 && {text: `${counts.drifted} drifted`, style: 'drift'},
		{text: `${counts.driftsLastHour} drift${counts.driftsLastHour === 1 ? '' : 's'}${hour}`, style: 'quiet'},
	];
}

function shortCounts(counts: Counts, {glyphs: {glyph}}: Frame): (Span | false)[] {
	return [
		{text: `${counts.applications} apps`},
		{text: `${counts.synced}${glyph.good}`, style: 'good'},
		counts.outOfSync > 0 && {text: `${counts.outOfSync}${glyph.differs}`, style: 'warning'},
		counts.unknown > 0 && {text: `${counts.unknown}${glyph.unknown}`, style: 'warning'},
		counts.degraded > 0 && {text: `${counts.degraded}${glyph.bad}`, style: 'bad'},
		counts.held > 0 && {text: `${counts.held}${glyph.held}`, style: 'held'},
		{text: `${counts.driftsLastHour} drifts/h`, style: 'quiet'},
	];
}
