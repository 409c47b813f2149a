import {formatDuration, shortRevision} from '../../../model/ages.ts';
import {formatChange, formatManager} from '../../../model/change-text.ts';
import type {DriftEvent} from '../../../model/drift.ts';
import {formatProblem} from '../../../model/errors.ts';
import {printScope} from '../../../model/hold.ts';
import type {JournalEntry} from '../../../model/journal.ts';
import {safeText} from '../../../model/text.ts';
import type {Frame} from '../../present/frame.ts';
import type {Jump} from '../../present/jump.ts';
import {formatAge, formatLeft, formatTimeOfDay} from '../../store/ages.ts';
import type {GlyphName} from '../../theme/glyphs.ts';
import type {LineText, StyleName} from '../../theme/styles.ts';

/** One thing that happened to an application. */
export interface TimelineRow {
	readonly key: string;
	readonly line: LineText;
	readonly jump: Jump | null;
}

interface Told {
	readonly glyph: GlyphName;
	readonly style: StyleName;
	readonly text: string;
	readonly jump: Jump | null;
}

/** The history of one application (null: of all), newest first: commit, sync, drift, heal, hold, revert. */
export function timelineRows(
	journal: readonly JournalEntry[],
	application: string | null,
	frame: Frame,
): TimelineRow[] {
	return journal
		.filter(entry => application === null || entry.application === application)
		.map(entry => {
			const {glyph, style, text, jump} = tell(entry, frame);
			const whose = application === null && entry.application !== '' ? `${safeText(entry.application)}  ` : '';
			const line: LineText = [
				{text: `${formatTimeOfDay(entry.time)} `, style: 'quiet'},
				{text: `${formatAge(frame.now - entry.time).padStart(5)} `, style: 'quiet'},
				{text: `${frame.glyphs.glyph[glyph]} `, style},
				{text: whose, style: 'strong'},
				{text, style: style === 'good' ? undefined : style},
			];
			return {key: entry.id, line, jump};
		});
}

function tell(entry: JournalEntry, frame: Frame): Told {
	const {application} = entry;
	switch (entry.type) {
		case 'revision': {
			const forced = entry.isForced ? ' (history was rewritten)' : '';
			const text = `commit ${shortRevision(entry.revision)} ${safeText(entry.subject)} by ${safeText(entry.author)}${forced}`;
			return {glyph: 'live', style: 'plain', text, jump: {type: 'commit', application, commit: entry.revision}};
		}
		case 'sync': {
			const {created, changed, deleted, failed, duration, initiatedBy} = entry;
			const counts = `${created} created, ${changed} changed, ${deleted} deleted${failed > 0 ? `, ${failed} failed` : ''}`;
			const by = `by ${safeText(initiatedBy)}`;
			const jump: Jump = {type: 'commit', application, commit: entry.revision};
			const revision = shortRevision(entry.revision);
			if (entry.phase === 'Succeeded') {
				return {
					glyph: 'good',
					style: 'good',
					text: `synced ${revision} in ${formatDuration(duration)} ${by}: ${counts}`,
					jump,
				};
			}
			const word = entry.phase === 'Failed' ? 'sync failed' : 'sync waits for a person';
			const style = entry.phase === 'Failed' ? 'bad' : 'warning';
			return {glyph: style, style, text: `${word} at ${revision} ${by}: ${safeText(entry.message)}`, jump};
		}
		case 'drift':
			return tellDrift(entry.event, frame);
		case 'hold': {
			const {hold, action, by} = entry;
			const left = action === 'held' && hold.until !== null ? ` for ${formatLeft(hold.until - hold.since)}` : '';
			const reason = action === 'held' && hold.reason ? `: ${safeText(hold.reason)}` : '';
			const text = `${action === 'ending' ? 'hold ends soon' : action} ${safeText(printScope(hold.scope))}${left} by ${safeText(by)}${reason}`;
			return {glyph: 'held', style: 'held', text, jump: {type: 'application', name: application}};
		}
		case 'revert': {
			const commits = entry.commits.map(shortRevision).join(', ');
			const message = entry.message ? `: ${safeText(entry.message)}` : '';
			const isBad = entry.phase === 'failed';
			const [commit] = entry.commits;
			return {
				glyph: isBad ? 'bad' : 'revert',
				style: isBad ? 'bad' : 'strong',
				text: `revert of ${commits} ${entry.phase} by ${safeText(entry.by)}${message}`,
				jump: commit ? {type: 'commit', application, commit: entry.revertCommit ?? commit} : null,
			};
		}
		case 'adopt': {
			const text = `${safeText(entry.object)} ${safeText(entry.paths.join(', '))} adopted as ${shortRevision(entry.commit)} by ${safeText(entry.by)}`;
			return {glyph: 'good', style: 'good', text, jump: {type: 'commit', application, commit: entry.commit}};
		}
		case 'error':
			return {glyph: 'bad', style: 'bad', text: safeText(formatProblem(entry.problem)), jump: null};
		case 'worker':
			return {glyph: 'separator', style: 'quiet', text: safeText(entry.message), jump: null};
	}
}

function tellDrift(event: DriftEvent, {glyphs}: Frame): Told {
	const [first, ...others] = event.fields;
	const change = first ? formatChange(first, ` ${glyphs.glyph.arrow} `) : event.type;
	const more = others.length > 0 ? ` (+${others.length} more)` : '';
	const who = first ? formatManager(first) : 'unknown';
	const done =
		event.action === 'healed' && event.duration !== undefined
			? `healed in ${formatDuration(event.duration)}`
			: event.action;
	return {
		glyph: 'drift',
		style: event.action === 'healed' ? 'good' : 'drift',
		text: `drift ${safeText(event.object)} ${change}${more} by ${who}: ${done}`,
		jump: {type: 'drift', application: event.application, id: event.id},
	};
}
