/** Entry of the worker's bundle: a process of its own when started, a library when imported by the command line. */
import {realpathSync} from 'node:fs';
import {fileURLToPath} from 'node:url';
import {configurationSchema} from '../config/load.ts';
import {runAsChild} from './run-worker.ts';

export {runDoctor} from './doctor.ts';
export {runWorker, startWorkerHere} from './run-worker.ts';
export {configurationSchema};

const [, entry, argument] = process.argv;
if (entry !== undefined && argument?.startsWith('{') && isThisFile(entry)) await runAsChild(argument);

function isThisFile(file: string): boolean {
	try {
		return realpathSync(file) === fileURLToPath(import.meta.url);
	} catch {
		return false;
	}
}
