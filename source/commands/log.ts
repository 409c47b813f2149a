import type {CommandRunner} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {jsonText} from './print/data.ts';
import {logJson, logTable} from './print/log-text.ts';
import {withWorker} from './session/connect.ts';
import {settle} from './session/settle.ts';
import {startProgress} from './terminal/progress.ts';

const defaultLimit = 20;

/** `holdfast log APPLICATION [--limit]`: the commits that touch it, and what became of each. */
export const run: CommandRunner = (line, terminal) =>
	withWorker(line, terminal, async session => {
		const [application = ''] = line.words;
		const {limit = defaultLimit, output} = line.flags;
		await settle(session, [application], terminal);
		const progress = startProgress(terminal, 'reading the commits');
		const answer = await session.client.log({application, limit}).finally(() => progress.end());
		if (output === 'json') {
			terminal.print(jsonText(logJson(application, answer)));
			return exitCodes.ok;
		}
		const {commits, branch} = answer;
		if (commits.length === 0) {
			terminal.note(`no commit of ${branch} touches ${application}`);
			return exitCodes.ok;
		}
		const options = {surface: terminal.output, now: terminal.now(), isWide: output === 'wide'};
		terminal.print(logTable(commits, options).join('\n'));
		if (terminal.notes.isTerminal && commits.length === limit) {
			terminal.note(`the newest ${limit} of ${branch}; --limit shows more`);
		}
		return exitCodes.ok;
	});
