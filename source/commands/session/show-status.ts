import {formatProblem} from '../../model/errors.ts';
import {compareText, sortWorstFirst} from '../../model/standing.ts';
import type {ApplicationStatus, ResourceStatus} from '../../model/status.ts';
import {safeText} from '../../model/text.ts';
import {jsonText, yamlText} from '../print/data.ts';
import {freshnessLines} from '../print/freshness.ts';
import {applicationDetails, resourceTable} from '../print/status-details.ts';
import {statusJson} from '../print/status-json.ts';
import {statusSummary, statusTable} from '../print/status-table.ts';
import type {Terminal} from '../terminal/terminal.ts';
import type {Session} from './connect.ts';

/** Lines of problems an application may take when it is one of many, and when it was named. */
const detailLimits = {all: 5, named: 50};

/** Prints applications in one of the formats of `status`; `names` are the words of the command line. */
export async function showStatus(
	session: Session,
	names: readonly string[],
	output: string | undefined,
	terminal: Terminal,
): Promise<void> {
	const {tracker, held, client} = session;
	const applications = tracker.applications(names);
	const [only] = names;
	const resources =
		names.length === 1 && only !== undefined && output !== 'name'
			? await client.resources({application: only})
			: undefined;
	switch (output) {
		case 'json':
		case 'yaml': {
			const sorted = [...applications].sort((a, b) => compareText(a.name, b.name));
			const value = statusJson(tracker.worker(), sorted, held, resources);
			terminal.print(output === 'json' ? jsonText(value) : yamlText(value));
			return;
		}
		case 'name':
			for (const name of applications.map(application => application.name).sort()) terminal.print(name);
			return;
		default:
			printTables(session, applications, {
				isWide: output === 'wide',
				limit: names.length > 0 ? detailLimits.named : detailLimits.all,
				resources,
				terminal,
			});
	}
}

function printTables(
	{tracker, held, where}: Session,
	applications: readonly ApplicationStatus[],
	options: {
		readonly isWide: boolean;
		readonly limit: number;
		readonly resources: readonly ResourceStatus[] | undefined;
		readonly terminal: Terminal;
	},
): void {
	const {isWide, limit, resources, terminal} = options;
	const surface = terminal.output;
	const now = terminal.now();
	const worker = tracker.worker();
	const sorted = sortWorstFirst(applications);
	const lines = [
		...(sorted.length > 0 ? statusTable(sorted, {surface, now, isWide}) : ['No application is declared.']),
		...(sorted.length > 1 ? ['', statusSummary(sorted)] : []),
		...(resources && resources.length > 0 ? ['', ...resourceTable(resources, surface)] : []),
		...sorted.flatMap(application => applicationDetails(application, {surface, now, limit, where})),
		...problemLines(worker.problems.map(formatProblem), terminal),
		'',
		...freshnessLines(worker, sorted, {held, now}).map(line => surface.paint(line, 'quiet')),
	];
	terminal.print(lines.join('\n'));
}

/** What concerns no single application: files that could not be read, a journal that cannot be written. */
function problemLines(problems: readonly string[], {output}: Terminal): string[] {
	if (problems.length === 0) return [];
	const mark = output.paint(output.glyph('bad'), 'bad');
	return ['', ...problems.map(problem => `${mark} ${safeText(problem)}`)];
}
