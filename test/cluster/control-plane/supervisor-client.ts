import {fork} from 'node:child_process';
import {readFile} from 'node:fs/promises';
import {fileURLToPath} from 'node:url';
import type {SupervisorMessage, SupervisorRequest} from './supervisor.ts';

/** Starts and stops named programs in a process that cleans up even when this one is killed. */
export interface Supervisor {
	start(program: {name: string; program: string; args: string[]; logFile: string}): Promise<void>;
	stop(name: string, graceMilliseconds: number): Promise<void>;
	/** Rejects with the end of its log when the program exits; never resolves. Ask before the start. */
	untilExit(name: string): Promise<never>;
	/** Stops everything, removes the temporary folder, and ends the supervising process. */
	shutDown(graceMilliseconds: number): Promise<void>;
}

// Node 22 warns that it strips types.
const execArgv = ['--disable-warning=ExperimentalWarning'];

type DistributiveOmit<Type, Key extends PropertyKey> = Type extends unknown ? Omit<Type, Key> : never;

/** `temporaryDirectory` is removed at the end; undefined: nothing is. */
export function startSupervisor(temporaryDirectory: string | undefined): Supervisor {
	const child = fork(
		fileURLToPath(new URL('supervisor.ts', import.meta.url)),
		temporaryDirectory ? [temporaryDirectory] : [],
		// Its own session: Ctrl-C reaches the test process only, which then loses the channel and so ends this one.
		{detached: true, execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'], env: {...process.env, NODE_OPTIONS: ''}},
	);
	const waiting = new Map<number, (error?: string) => void>();
	const logFiles = new Map<string, string>();
	const exits = new Map<string, (message: string) => void>();
	let lastId = 0;

	child.on('message', (message: SupervisorMessage) => {
		switch (message.type) {
			case 'answer':
				waiting.get(message.id)?.(message.error);
				waiting.delete(message.id);
				return;
			case 'exited':
				exits.get(message.name)?.(`${message.name} exited with ${message.signal ?? message.code}`);
				exits.delete(message.name);
		}
	});
	child.on('exit', () => {
		for (const settle of waiting.values()) settle('the supervising process ended');
		waiting.clear();
	});

	const ask = (request: DistributiveOmit<SupervisorRequest, 'id'>): Promise<void> =>
		new Promise((resolve, reject) => {
			const id = ++lastId;
			waiting.set(id, error => (error ? reject(new Error(error)) : resolve()));
			child.send({...request, id}, error => {
				if (error && waiting.delete(id)) reject(error);
			});
		});

	return {
		start(program) {
			logFiles.set(program.name, program.logFile);
			return ask({type: 'start', ...program});
		},
		stop: (name, graceMilliseconds) => ask({type: 'stop', name, graceMilliseconds}),
		untilExit: name =>
			new Promise((_resolve, reject) => {
				exits.set(name, async message => {
					const log = await readFile(logFiles.get(name) ?? '', 'utf8').catch(() => '');
					reject(new Error(`${message}:\n${log.split('\n').slice(-12).join('\n')}`));
				});
			}),
		async shutDown(graceMilliseconds) {
			if (child.connected) await ask({type: 'shutdown', graceMilliseconds});
		},
	};
}
