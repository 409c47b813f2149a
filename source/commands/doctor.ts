import {toProblem} from '../model/errors.ts';
import {safeText} from '../model/text.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';
import type {CommandRunner, Line} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {jsonText} from './print/data.ts';
import {workerOptions} from './session/connect.ts';
import {type DoctorCheck, loadWorkerProgram} from './session/worker-bundle.ts';
import {type Cell, layOut} from './terminal/columns.ts';
import {startProgress} from './terminal/progress.ts';
import type {Glyph, Surface, Tone} from './terminal/surface.ts';
import type {Terminal} from './terminal/terminal.ts';

const appearance: Readonly<Record<DoctorCheck['status'], {readonly glyph: Glyph; readonly tone: Tone}>> = {
	ok: {glyph: 'good', tone: 'good'},
	warning: {glyph: 'warning', tone: 'warning'},
	failed: {glyph: 'bad', tone: 'bad'},
};

/** `holdfast doctor`: runs the worker's own checks in this process, so that they see what a worker would see. */
export const run: CommandRunner = async (line, terminal) => {
	const {options, missing} = findOptions(line, terminal);
	const {runDoctor} = await loadWorkerProgram();
	const progress = startProgress(terminal, 'checking');
	const found = await runDoctor(options).finally(() => progress.end());
	// Without a configuration there is nothing to say of it but that it is missing.
	const checks = missing ? [missing, ...found.filter(check => check.name !== missing.name)] : found;
	if (line.flags.output === 'json') {
		terminal.print(jsonText({checks: checks.map(({name, status, message, hint}) => ({name, status, message, hint}))}));
	} else {
		terminal.print(checkTable(checks, terminal.output).join('\n'));
	}
	return checks.some(check => check.status === 'failed') ? exitCodes.differs : exitCodes.ok;
};

/** A missing configuration is a finding of its own and hides none of the others. */
function findOptions(line: Line, terminal: Terminal): {options: WorkerOptions; missing?: DoctorCheck} {
	try {
		return {options: workerOptions(line, terminal)};
	} catch (error) {
		const {code, message, hint} = toProblem(error);
		if (code !== 'ConfigurationNotFound') throw error;
		return {
			options: workerOptions(line, terminal, {type: 'files', paths: []}),
			missing: {name: 'configuration', status: 'failed', message, hint},
		};
	}
}

function checkTable(checks: readonly DoctorCheck[], surface: Surface): string[] {
	const rows = checks.map(check => {
		const {glyph, tone} = appearance[check.status];
		return [{text: surface.glyph(glyph), tone}, check.name, check.status, check.message] satisfies (Cell | string)[];
	});
	return layOut(rows, {...surface, columns: Number.POSITIVE_INFINITY}).flatMap((row, index) => {
		const hint = checks[index]?.hint;
		return hint ? [row, surface.paint(`    ${safeText(hint)}`, 'quiet')] : [row];
	});
}
