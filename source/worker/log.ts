import {mkdirSync} from 'node:fs';
import path from 'node:path';
import pino from 'pino';

export type Logger = pino.Logger;

/**
 * JSON lines to a file, never to a terminal. Writing is synchronous: a worker that is about to crash must have said why,
 * and a quiet worker logs a few lines a minute.
 */
export function createLogger(options: {file: string; level: string; version: string}): Logger {
	mkdirSync(path.dirname(options.file), {recursive: true, mode: 0o700});
	return pino(
		{
			level: options.level,
			base: {pid: process.pid, version: options.version},
			timestamp: pino.stdTimeFunctions.isoTime,
		},
		pino.destination({dest: options.file, sync: true, mode: 0o600}),
	);
}
