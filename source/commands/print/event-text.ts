import {formatAge, formatDuration, formatTime, shortRevision} from '../../model/ages.ts';
import {formatChange, formatManager} from '../../model/change-text.ts';
import type {DriftEvent} from '../../model/drift.ts';
import {formatProblem} from '../../model/errors.ts';
import {printScope} from '../../model/hold.ts';
import type {HoldEntry, JournalEntry, RevertEntry, SyncEntry} from '../../model/journal.ts';
import {safeText} from '../../model/text.ts';
import type {Surface} from '../terminal/surface.ts';
import {resultLine} from './status-details.ts';

/** Fields a line names before it counts the rest; the wide form names all, a line each. */
const listedFields = 3;

/** One journal entry as one line that begins with time, type and application; the wide form adds indented lines. */
export function eventLines(
	entry: JournalEntry,
	{surface, isWide}: {readonly surface: Surface; readonly isWide: boolean},
): string[] {
	const head = `${formatTime(entry.time)} ${entry.type}`;
	switch (entry.type) {
		case 'drift':
			return driftLines(entry.event, `${head} ${safeText(entry.application)}`, surface, isWide);
		case 'sync':
			return syncLines(entry, `${head} ${safeText(entry.application)}`, surface, isWide);
		case 'error': {
			const {code} = entry.problem;
			const name = entry.application || '-';
			return [`${head} ${safeText(name)} ${safeText(code)}: ${safeText(formatProblem(entry.problem))}`];
		}
		case 'revision': {
			const forced = entry.isForced ? ' (history was rewritten)' : '';
			const commit = `${shortRevision(entry.revision)} ${JSON.stringify(safeText(entry.subject))}`;
			return [`${head} ${safeText(entry.application)} ${commit} by ${safeText(entry.author)}${forced}`];
		}
		case 'hold':
			return [`${head} ${safeText(entry.application)} ${holdText(entry)}`];
		case 'revert':
			return [`${head} ${safeText(entry.application)} ${revertText(entry, isWide)}`];
		case 'adopt': {
			const what = `${safeText(entry.object)} ${safeText(entry.paths.join(', '))}`.trimEnd();
			const where = `${shortRevision(entry.commit)} on ${safeText(entry.branch)}`;
			return [`${head} ${safeText(entry.application)} ${what} became ${where} by ${safeText(entry.by)}`];
		}
		case 'worker':
			return [`${head} - ${safeText(entry.message)}`];
	}
}

/** What happened to a hold; how it ended is told apart: by itself, or by somebody. */
function holdText({hold, action, by, time}: HoldEntry): string {
	const reason = hold.reason ? ` ${JSON.stringify(safeText(hold.reason))}` : '';
	const scope = safeText(printScope(hold.scope));
	const until = hold.until === null ? 'until resumed' : `until ${formatTime(hold.until)}`;
	switch (action) {
		case 'held':
			return `${scope} held by ${safeText(by)} ${until}${hold.includesSync ? ', syncs stopped' : ''}${reason}`;
		case 'ending': {
			const left = hold.until === null ? '' : ` in ${formatAge(hold.until - time)}`;
			return `${scope} hold of ${safeText(hold.owner)} ends${left}${reason}`;
		}
		case 'ended':
			return `${scope} hold of ${safeText(hold.owner)} ended by itself${reason}`;
		case 'resumed':
			return `${scope} hold of ${safeText(hold.owner)} resumed by ${safeText(by)}${reason}`;
	}
}

function revertText(entry: RevertEntry, isWide: boolean): string {
	const {commits, revertCommit, branch, phase, by, reason, message} = entry;
	const listed = isWide ? commits : commits.slice(0, listedFields);
	const rest = commits.length - listed.length;
	const what = `${listed.map(shortRevision).join(', ')}${rest > 0 ? ` (+${rest} more)` : ''}`;
	const as = revertCommit === null ? '' : ` as ${shortRevision(revertCommit)}`;
	const where = phase === 'pushed' || phase === 'offered' || phase === 'landed' ? ` on ${safeText(branch)}` : '';
	const why = reason ? ` ${JSON.stringify(safeText(reason))}` : '';
	return `${what} ${phase}${as}${where} by ${safeText(by)}${why}${message ? `: ${safeText(message)}` : ''}`;
}

function driftLines(event: DriftEvent, head: string, surface: Surface, isWide: boolean): string[] {
	const took = event.duration === undefined ? '' : ` ${formatDuration(event.duration)}`;
	const done = `${event.action}${took}`;
	const object = safeText(event.object);
	if (isWide) {
		const place = event.namespace ? ` in ${event.namespace}` : '';
		const reason = event.reason ? `, ${event.reason}` : '';
		const revision = event.revision ? `, held to ${shortRevision(event.revision)}` : '';
		return [
			`${head} ${object}${safeText(place)} ${event.type} ${done}${safeText(reason)}${revision}`,
			...event.fields.map(field => {
				const operation = field.operation ? ` by ${field.operation}` : '';
				const window = `${formatTime(field.notBefore)}..${formatTime(field.notAfter)}`;
				const claim = `${field.confidence}, from ${field.evidence}`;
				return `  ${formatChange(field, surface.glyph('arrow'))} ${formatManager(field)}${operation} ${window} (${claim})`;
			}),
		];
	}
	if (event.fields.length === 0) return [`${head} ${object} ${event.type} unknown ${done}`];
	const fields = event.fields.slice(0, listedFields).map(field => formatChange(field, surface.glyph('arrow')));
	const rest = event.fields.length - listedFields;
	const more = rest > 0 ? ` (+${rest} more)` : '';
	const managers = [...new Set(event.fields.map(formatManager))].join(', ');
	return [`${head} ${object} ${fields.join(', ')}${more} ${managers} ${done}`];
}

function syncLines(entry: SyncEntry, head: string, surface: Surface, isWide: boolean): string[] {
	const counts = [
		`${entry.created} created`,
		`${entry.changed} changed`,
		`${entry.deleted} deleted`,
		...(entry.failed > 0 ? [`${entry.failed} failed`] : []),
	].join(', ');
	const message = entry.phase === 'Succeeded' || !entry.message ? '' : `: ${safeText(entry.message)}`;
	const by = `by ${safeText(entry.initiatedBy)}`;
	const line = `${head} ${shortRevision(entry.revision)} ${entry.phase} ${counts} ${formatDuration(entry.duration)} ${by}${message}`;
	return isWide ? [line, ...entry.results.map(result => `  ${resultLine(result, surface)}`)] : [line];
}
