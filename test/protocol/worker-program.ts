/** Stands in for dist/worker.js: does what `context` of its options names, with WorkerReport's messages. */
import {toProblem} from '../../source/model/errors.ts';
import {serve} from '../../source/protocol/server.ts';
import type {WorkerOptions, WorkerReport} from '../../source/protocol/worker-options.ts';
import {emptySnapshot, testHandlers} from './stand-ins.ts';

const options = JSON.parse(process.argv[2] ?? '') as WorkerOptions;

function report(message: WorkerReport): void {
	process.send?.(message);
}

async function serveAndReport(): Promise<void> {
	try {
		await serveHere();
		report({type: 'ready', pid: process.pid});
	} catch (error) {
		report({type: 'failed', problem: toProblem(error)});
		process.exitCode = 1;
	}
	process.disconnect?.();
}

function serveHere(): Promise<unknown> {
	const quiet = () => {};
	return serve({
		socket: options.socket,
		handlers: testHandlers({
			attach: () => ({
				...emptySnapshot,
				worker: {...emptySnapshot.worker, pid: process.pid, configuration: JSON.stringify(options)},
			}),
			shutdown() {
				setImmediate(() => process.exit());
				return null;
			},
		}),
		onClients: quiet,
		log: {debug: quiet, info: quiet, warn: quiet, error: quiet},
	});
}

const scenarios: Readonly<Record<string, () => unknown>> = {
	serve: serveAndReport,
	noisy() {
		process.stdout.write('noise on stdout\n');
		process.stderr.write('noise on stderr\n');
		process.emitWarning('a warning');
		return serveAndReport();
	},
	fail() {
		report({type: 'failed', problem: {code: 'NoSuchContext', message: 'no context there', hint: 'try another'}});
		process.exitCode = 1;
		process.disconnect?.();
	},
	'fail at once'() {
		process.send?.({type: 'failed', problem: {code: 'NoSuchContext', message: 'no context there'}}, () =>
			process.exit(1),
		);
	},
	crash() {
		for (let line = 0; line < 50; line++) process.stderr.write(`line ${line}\n`);
		throw new Error('cannot go on \u001b[31m');
	},
	'exit silently': () => process.exit(7),
	kill: () => process.kill(process.pid, 'SIGKILL'),
	hang() {
		process.stderr.write(`this is process ${process.pid}\n`);
		setInterval(() => {}, 1_000);
	},
};

scenarios[options.context ?? '']?.();
