import {parseSince} from '../model/durations.ts';
import type {JournalEntry, JournalQuery} from '../model/journal.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {usageError} from './line/usage-error.ts';
import {jsonLine} from './print/data.ts';
import {eventJson} from './print/event-json.ts';
import {eventLines} from './print/event-text.ts';
import {withWorker} from './session/connect.ts';
import {followJournal} from './session/follow.ts';
import type {Terminal} from './terminal/terminal.ts';

const defaultLimit = 100;

/** `holdfast events [APPLICATION] [--since] [--type] [--limit] [--follow]`. */
export const run: CommandRunner = (line, terminal) => {
	const query = journalQuery(line, terminal);
	return withWorker(line, terminal, async session => {
		const print = (entry: JournalEntry) => printEntry(entry, line.flags.output, terminal);
		// Listening starts before the history is asked for, so that nothing falls between the two.
		const follower = line.flags.follow ? followJournal(session, query) : undefined;
		const entries = await session.client.history(query);
		for (const entry of entries) print(entry);
		if (follower) {
			await follower.run(entries, print);
			return exitCodes.ok;
		}
		noteEmptiness(
			entries,
			query,
			session.tracker.applications([]).map(({name}) => name),
			terminal,
		);
		return exitCodes.ok;
	});
};

function printEntry(entry: JournalEntry, output: string | undefined, terminal: Terminal): void {
	if (output === 'json') {
		terminal.print(jsonLine(eventJson(entry)));
		return;
	}
	for (const text of eventLines(entry, {surface: terminal.output, isWide: output === 'wide'})) terminal.print(text);
}

function journalQuery(line: Line, terminal: Terminal): JournalQuery {
	const [application] = line.words;
	const {since, type, limit} = line.flags;
	const from = since === undefined ? undefined : parseSince(since, terminal.now());
	if (from === null) {
		throw usageError(`--since: ${since} is neither a duration nor a time`, 'Write 1h, 2d or 2026-11-21T11:00:00Z.');
	}
	const most = limit ?? (since === undefined ? defaultLimit : undefined);
	return {
		...(application !== undefined && {application}),
		...(type.length > 0 && {types: [...new Set(type)]}),
		...(from !== undefined && {since: from}),
		...(most !== undefined && {limit: most}),
	};
}

/** An empty answer says what was asked, and a full one that there may be more: on stderr, never in a pipe. */
function noteEmptiness(
	entries: readonly JournalEntry[],
	query: JournalQuery,
	names: readonly string[],
	terminal: Terminal,
): void {
	if (entries.length === 0) {
		const of = query.application === undefined ? '' : ` of ${query.application}`;
		const since = query.since === undefined ? '' : ` since ${new Date(query.since).toISOString()}`;
		terminal.note(`no events${of}${since}`);
		if (query.application !== undefined && !names.includes(query.application)) {
			terminal.note(`  No application is named ${query.application} now.`);
		}
		return;
	}
	if (terminal.notes.isTerminal && entries.length === query.limit) {
		terminal.note(`the newest ${query.limit}; --limit or --since show more`);
	}
}
