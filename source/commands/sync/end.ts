import {type Problem, toProblem} from '../../model/errors.ts';
import type {OperationState} from '../../model/status.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import type {Line} from '../definition.ts';
import {exitCodes} from '../exit-codes.ts';
import {usageError} from '../line/usage-error.ts';
import {jsonText} from '../print/data.ts';
import {problemLines} from '../print/held-text.ts';
import {operationJson} from '../print/status-json.ts';
import {endedText} from '../print/sync-text.ts';
import {connectRunning, initiator, workerOptions} from '../session/connect.ts';
import {selectApplications} from '../session/selection.ts';
import {createTracker} from '../session/tracker.ts';
import {startProgress} from '../terminal/progress.ts';
import type {Terminal} from '../terminal/terminal.ts';

interface Ended {
	readonly application: string;
	/** What it had done; absent when none was running, or when it could not be ended. */
	readonly operation?: OperationState;
	readonly problem?: Problem;
}

/**
 * `holdfast sync APPLICATION… --end`: asks the running worker to end its syncs, and says what they had done. A one-shot
 * worker has none to end, so none is started.
 */
export async function endSyncs(line: Line, terminal: Terminal): Promise<number> {
	if (line.flags.once) throw usageError('--end ends a sync of the running worker, and --once asks another one');
	const client = await connectRunning(workerOptions(line, terminal).socket);
	if (!client) {
		terminal.print('no worker is running for this configuration and context, so no sync is');
		return exitCodes.ok;
	}
	try {
		const tracker = createTracker(client);
		const selected = selectApplications(tracker, line.words);
		const isRunning = (name: string) => tracker.applications([name])[0]?.operation?.phase === 'Running';
		const progress = startProgress(terminal, 'waiting for what is being applied');
		const ended = await Promise.all(
			selected.map(async ({name}): Promise<Ended> => (isRunning(name) ? endSync(client, name) : {application: name})),
		).finally(() => progress.end());
		printEnded(ended, line, terminal);
		return ended.some(({problem}) => problem) ? exitCodes.error : exitCodes.ok;
	} finally {
		client.close();
	}
}

async function endSync(client: ProtocolClient, application: string): Promise<Ended> {
	try {
		return {application, operation: await client.endSync({application, initiatedBy: initiator()})};
	} catch (error) {
		const problem = toProblem(error);
		// It came to its end between our look and the request.
		return problem.code === 'NothingToEnd' ? {application} : {application, problem};
	}
}

function printEnded(ended: readonly Ended[], {flags}: Line, terminal: Terminal): void {
	if (flags.output === 'json') {
		const applications = ended.map(({application, operation, problem}) => ({
			name: application,
			operation: operation ? operationJson(operation) : null,
			problem: problem ? {...problem} : null,
		}));
		terminal.print(jsonText({applications}));
		return;
	}
	// With --all only what was running is of interest, unless nothing was.
	const shown = flags.all ? ended.filter(({operation, problem}) => operation || problem) : ended;
	if (shown.length === 0) terminal.print('no sync is running');
	for (const {application, operation, problem} of shown) {
		if (operation) terminal.print(endedText(application, operation, terminal.output).join('\n'));
		else if (problem) for (const text of problemLines([{application, problem}], terminal.output)) terminal.print(text);
		else terminal.print(`${application}: no sync is running`);
	}
}
