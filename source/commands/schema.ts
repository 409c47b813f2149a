import type {CommandRunner} from './definition.ts';
import {exitCodes} from './exit-codes.ts';
import {jsonText} from './print/data.ts';
import {loadWorkerProgram} from './session/worker-bundle.ts';

/** `holdfast schema`: from the worker's program, because building it needs the schema library. */
export const run: CommandRunner = async (_line, terminal) => {
	const {configurationSchema} = await loadWorkerProgram();
	terminal.print(jsonText(configurationSchema()));
	return exitCodes.ok;
};
