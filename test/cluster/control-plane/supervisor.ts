/**
 * A process of its own that starts and stops the programs of one control plane. It is their parent, so it can never kill
 * a stranger whose process id was reused; and it outlives the test process by a moment, so that nothing stays behind
 * when that one is killed: losing the channel means stop everything and remove the temporary folder.
 */
import {type ChildProcess, spawn} from 'node:child_process';
import {closeSync, openSync, rmSync} from 'node:fs';

export type SupervisorRequest =
	| {type: 'start'; id: number; name: string; program: string; args: string[]; logFile: string}
	| {type: 'stop'; id: number; name: string; graceMilliseconds: number}
	| {type: 'shutdown'; id: number; graceMilliseconds: number};

export type SupervisorMessage =
	| {type: 'answer'; id: number; error?: string}
	| {type: 'exited'; name: string; code: number | null; signal: string | null};

const [temporaryDirectory] = process.argv.slice(2);
const children = new Map<string, ChildProcess>();
let isShuttingDown = false;

function start(request: Extract<SupervisorRequest, {type: 'start'}>): Promise<void> {
	const log = openSync(request.logFile, 'a', 0o600);
	const child = spawn(request.program, request.args, {stdio: ['ignore', log, log]});
	closeSync(log);
	children.set(request.name, child);
	child.once('exit', (code, signal) => {
		if (children.get(request.name) === child) children.delete(request.name);
		send({type: 'exited', name: request.name, code, signal});
	});
	return new Promise((resolve, reject) => {
		child.once('spawn', resolve);
		child.once('error', reject);
	});
}

/** SIGTERM, then SIGKILL when the grace is over; no grace is SIGKILL at once. */
function stop(name: string, graceMilliseconds: number): Promise<void> {
	const child = children.get(name);
	if (!child || child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
	return new Promise(resolve => {
		const timer = setTimeout(() => child.kill('SIGKILL'), graceMilliseconds);
		child.once('exit', () => {
			clearTimeout(timer);
			resolve();
		});
		child.kill(graceMilliseconds > 0 ? 'SIGTERM' : 'SIGKILL');
	});
}

/** Clients first, etcd last: the reverse of the order in which they were started. */
async function shutDown(graceMilliseconds: number): Promise<void> {
	isShuttingDown = true;
	for (const name of [...children.keys()].reverse()) await stop(name, graceMilliseconds);
	if (temporaryDirectory) rmSync(temporaryDirectory, {recursive: true, force: true, maxRetries: 3});
}

async function handle(request: SupervisorRequest): Promise<void> {
	switch (request.type) {
		case 'start':
			return start(request);
		case 'stop':
			return stop(request.name, request.graceMilliseconds);
		case 'shutdown':
			return shutDown(request.graceMilliseconds);
	}
}

function send(message: SupervisorMessage): void {
	if (process.connected) process.send?.(message, () => {});
}

process.on('message', (request: SupervisorRequest) => {
	handle(request).then(
		() => {
			if (request.type !== 'shutdown') return send({type: 'answer', id: request.id});
			process.send?.({type: 'answer', id: request.id}, () => process.exit(0));
		},
		(error: unknown) => send({type: 'answer', id: request.id, error: String(error)}),
	);
});

const abandon = (): void => {
	if (!isShuttingDown) void shutDown(0).finally(() => process.exit(0));
};
process.on('disconnect', abandon);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, abandon);
