import {shortRevision} from '../../../model/ages.ts';
import type {LoggedCommit} from '../../../model/commit.ts';
import {standingOf} from '../../../model/standing.ts';
import type {ApplicationStatus, OperationState} from '../../../model/status.ts';
import {safeText} from '../../../model/text.ts';
import {healthStyle, standingAppearance, syncStyle} from '../../present/appearance.ts';
import {type Frame, joinSpans} from '../../present/frame.ts';
import {describeSince} from '../../present/since.ts';
import {formatCalmAge, formatElapsed, formatLeft} from '../../store/ages.ts';
import type {LineText, Span} from '../../theme/styles.ts';
import {fitLine} from '../../widgets/fit/line.ts';
import {describeHolds} from '../applications/row.ts';

const barColumns = 12;
const resultsShown = 3;

/** What stands above the tree: the state and since when, the commit and whose it is, and how the sync goes. */
export function syncHeadlines(
	application: ApplicationStatus,
	commits: readonly LoggedCommit[],
	frame: Frame,
): LineText[] {
	const lines = [stateLine(application, frame), commitLine(application, commits, frame)];
	if (application.holds.length > 0) {
		lines.push([{text: `  ${frame.glyphs.glyph.held} ${describeHolds(application.holds, frame.now)}`, style: 'held'}]);
	}
	const {operation} = application;
	if (operation) lines.push(...operationLines(operation, application, frame));
	return lines.map(line => fitLine(line, frame.width, frame.glyphs.glyph.ellipsis));
}

function stateLine(application: ApplicationStatus, {now, glyphs}: Frame): LineText {
	const {syncStatus, health, syncSince, healthSince} = application;
	const {glyph, style} = standingAppearance[standingOf(application)];
	return [
		{text: `${glyphs.glyph[glyph]} `, style},
		...joinSpans<Span>(
			[
				{text: `${syncStatus}${describeSince(syncSince, now)}`, style: syncStyle[syncStatus]},
				{text: `${health.status}${describeSince(healthSince, now)}`, style: healthStyle[health.status]},
			],
			{text: ', '},
		),
	];
}

function commitLine(
	{revision, syncedRevision}: ApplicationStatus,
	commits: readonly LoggedCommit[],
	{glyphs}: Frame,
): LineText {
	const commit = commits.find(({id}) => id === revision);
	const isLive = revision !== null && revision === syncedRevision;
	const state = isLive
		? 'live'
		: syncedRevision === null
			? 'not synced yet'
			: `${shortRevision(syncedRevision)} is live`;
	const subject = commit ? ` ${safeText(commit.subject)} (${safeText(commit.author)})` : '';
	return [
		'  ',
		{text: `${shortRevision(revision)}${subject}`, style: 'plain'},
		{text: ` ${glyphs.glyph.separator} ${state}`, style: isLive ? 'quiet' : 'warning'},
	];
}

/** The running sync with its bar, or how the last one ended; failures by name. */
export function operationLines(
	operation: OperationState,
	{syncStatus}: Pick<ApplicationStatus, 'syncStatus'>,
	frame: Frame,
): LineText[] {
	switch (operation.phase) {
		case 'Running':
			return [progressLine(operation, frame), ...resultLines(operation, frame)];
		case 'Succeeded':
			return [endLine(operation, 'good', 'synced', frame)];
		case 'Failed':
			if (syncStatus === 'Synced') return [];
			return [endLine(operation, 'bad', 'sync failed', frame), ...resultLines(operation, frame)];
		case 'AwaitingConfirmation':
			if (syncStatus === 'Synced') return [];
			return [
				endLine(operation, 'warning', 'waits for you', frame),
				...(operation.confirmation?.deletions ?? [])
					.slice(0, resultsShown)
					.map(object => [{text: `    would delete ${safeText(object)}`, style: 'removed'} as const]),
			];
	}
}

function progressLine(operation: OperationState, {width, now, glyphs}: Frame): LineText {
	const {syncPhase, wave, step, steps, done, total, startedAt} = operation;
	const phase = syncPhase === 'Sync' ? `wave ${wave}` : syncPhase;
	const bar = progressBar(done, total, width < 50 ? 8 : barColumns, glyphs.glyph);
	return [
		{text: `  syncing ${phase}, step ${Math.min(step + 1, steps)} of ${steps}  `, style: 'busy'},
		{text: bar, style: 'busy'},
		{text: `  ${done}/${total}  ${formatElapsed(now - startedAt)}`, style: 'busy'},
	];
}

export function progressBar(done: number, total: number, columns: number, glyph: Frame['glyphs']['glyph']): string {
	const share = total <= 0 ? 0 : Math.max(0, Math.min(1, done / total));
	const full = Math.floor(share * columns);
	return glyph.barFull.repeat(full) + glyph.barEmpty.repeat(columns - full);
}

function endLine(
	operation: OperationState,
	mark: 'good' | 'bad' | 'warning',
	words: string,
	{now, glyphs}: Frame,
): LineText {
	const {finishedAt, message, revision, retryAt, initiatedBy} = operation;
	const age = finishedAt === undefined ? '' : ` ${formatCalmAge(now - finishedAt)} ago`;
	const retry = retryAt === undefined ? '' : `, again in ${formatLeft(retryAt - now)}`;
	return [
		{text: `  ${glyphs.glyph[mark]} `, style: mark},
		{text: `${words} ${shortRevision(revision)}${age}${retry}`, style: mark === 'good' ? 'quiet' : mark},
		{text: ` by ${safeText(initiatedBy)}: ${safeText(message)}`, style: 'quiet'},
	];
}

/** The first failures by name; of a running sync also the newest result. */
function resultLines({results, phase}: OperationState, {glyphs}: Frame): LineText[] {
	const failed = results.filter(({result}) => result === 'Failed').slice(0, resultsShown);
	const newest = phase === 'Running' && failed.length === 0 ? results.slice(-1) : [];
	return [...failed, ...newest].map(({object, action, result, message}) => {
		const isBad = result === 'Failed';
		const why = message ? `: ${safeText(message)}` : '';
		return [
			{
				text: `    ${glyphs.glyph[isBad ? 'bad' : 'good']} ${action} ${safeText(object)}${why}`,
				style: isBad ? 'bad' : 'quiet',
			},
		];
	});
}
