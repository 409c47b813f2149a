import type {CommandRunner} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {jsonText} from './print/data.ts';
import {diffJson, diffProblems, diffSummary, diffText} from './print/diff-text.ts';
import {withWorker} from './session/connect.ts';
import {selectApplications} from './session/selection.ts';
import {startProgress} from './terminal/progress.ts';

/**
 * `holdfast diff APPLICATION`. The exit codes are those of `diff`: 0 none, 1 differences, 2 trouble, and an answer that
 * leaves something out is trouble even where the rest is equal.
 */
export const run: CommandRunner = (line, terminal) =>
	withWorker(line, terminal, async ({client, tracker}) => {
		const [application = ''] = line.words;
		selectApplications(tracker, [application]);
		const progress = startProgress(terminal, `comparing ${application}`);
		const answer = await client.diff({application}).finally(() => progress.end());
		if (line.flags.output === 'json') {
			terminal.print(jsonText(diffJson(answer)));
		} else {
			for (const text of diffText(answer, terminal.output)) terminal.print(text);
			for (const text of diffProblems(answer, terminal.notes)) terminal.note(text);
			terminal.note(diffSummary(answer));
		}
		if (answer.problems.length > 0) return exitCodes.error;
		return answer.objects.length > 0 ? exitCodes.differs : exitCodes.ok;
	});
