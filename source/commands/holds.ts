import type {CommandRunner} from './definition.ts';
import {jsonText} from './print/data.ts';
import {freshnessLines} from './print/freshness.ts';
import {holdJson, holdTable, sortByEnd} from './print/hold-text.ts';
import {withWorker} from './session/connect.ts';
import {settle} from './session/settle.ts';
import {readingCode} from './status.ts';

/** `holdfast holds [APPLICATION…]`: who holds what, why, and for how much longer. */
export const run: CommandRunner = (line, terminal) =>
	withWorker(line, terminal, async session => {
		const {tracker, held} = session;
		await settle(session, line.words, terminal);
		const applications = tracker.applications(line.words);
		const holds = sortByEnd(
			applications.flatMap(application => application.holds.map(hold => ({application: application.name, hold}))),
		);
		const now = terminal.now();
		if (line.flags.output === 'json') {
			const rows = holds.map(({application, hold}) => ({
				application,
				...holdJson(hold),
				remaining: hold.until === null ? null : Math.max(0, hold.until - now),
			}));
			terminal.print(jsonText({holds: rows}));
			return readingCode(session, line.words);
		}
		const {output} = terminal;
		if (holds.length > 0) terminal.print(holdTable(holds, {surface: output, now}).join('\n'));
		else terminal.print('Nothing is held.');
		const freshness = freshnessLines(tracker.worker(), applications, {held, now});
		terminal.print(['', ...freshness.map(text => output.paint(text, 'quiet'))].join('\n'));
		return readingCode(session, line.words);
	});
