/**
 * The monitor, measured on the real program: the shipped bundle in a real pty with a terminal emulator at the other end,
 * over a worker that changes as told.
 */
import {type ChildProcess, fork} from 'node:child_process';
import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {setTimeout as sleep} from 'node:timers/promises';
import {type IPty, spawn} from '@lydell/node-pty';
import headless from '@xterm/headless';
import {socketFor} from '../../source/protocol/locations.ts';
import {print, printTable, quantile} from './bench.ts';

const program = path.resolve(import.meta.dirname, '../../dist/cli.js');
const columns = 120;
const rows = 40;
const ticksPerSecond = 100;

/** The program in a terminal, with what it wrote and when. */
interface Screen {
	readonly pty: IPty;
	readonly startedAt: number;
	text(): string;
	bytes(): number;
	output(): string;
	/** Milliseconds from now until the screen, after any of the program's writes, fulfils the condition. */
	until(condition: () => boolean, patienceMilliseconds?: number): Promise<number>;
	close(): Promise<void>;
}

interface Stage {
	readonly worker: ChildProcess;
	changes(perSecond: number): void;
	open(nodeOptions?: string): Screen;
	close(): void;
}

async function setStage(applications: number): Promise<Stage> {
	const folder = mkdtempSync(path.join(tmpdir(), 'holdfast-screen-'));
	const configuration = path.join(folder, 'holdfast.yaml');
	writeFileSync(configuration, '');
	const environment: Record<string, string> = {
		PATH: process.env.PATH ?? '',
		HOME: folder,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		XDG_RUNTIME_DIR: path.join(folder, 'run'),
		XDG_STATE_HOME: path.join(folder, 'state'),
		XDG_CACHE_HOME: path.join(folder, 'cache'),
	};
	mkdirSync(path.join(folder, 'run'), {mode: 0o700});
	const socket = socketFor(
		{kubeconfig: undefined, context: undefined, configuration: {type: 'files', paths: [configuration]}},
		environment,
	);
	mkdirSync(path.dirname(socket), {recursive: true, mode: 0o700});
	const worker = fork(path.join(import.meta.dirname, 'scripted-worker.ts'), [socket, String(applications)]);
	await new Promise(resolve => worker.once('message', resolve));
	return {
		worker,
		changes: perSecond => worker.send({changesPerSecond: perSecond}),
		open: nodeOptions => openScreen([program, '--config', configuration], folder, environment, nodeOptions),
		close() {
			worker.disconnect();
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

function openScreen(words: string[], folder: string, environment: Record<string, string>, nodeOptions = ''): Screen {
	const terminal = new headless.Terminal({cols: columns, rows, allowProposedApi: true});
	const startedAt = performance.now();
	const env = nodeOptions ? {...environment, NODE_OPTIONS: nodeOptions} : environment;
	const pty = spawn(process.execPath, words, {cols: columns, rows, cwd: folder, env});
	let output = '';
	const waiting = new Set<() => void>();
	pty.onData(chunk => {
		output += chunk;
		terminal.write(chunk, () => {
			for (const look of waiting) look();
		});
	});
	terminal.onData(answer => pty.write(answer));
	const exited = new Promise<void>(resolve => pty.onExit(() => resolve()));
	const text = (): string => {
		const {active} = terminal.buffer;
		return Array.from({length: rows}, (_, row) => active.getLine(active.viewportY + row)?.translateToString(true)).join(
			'\n',
		);
	};
	return {
		pty,
		startedAt,
		text,
		bytes: () => Buffer.byteLength(output),
		output: () => output,
		until(condition, patienceMilliseconds = 20_000) {
			const begun = performance.now();
			const {promise, resolve, reject} = Promise.withResolvers<number>();
			const look = (): void => {
				if (!condition()) return;
				waiting.delete(look);
				clearTimeout(timer);
				resolve(performance.now() - begun);
			};
			const timer = setTimeout(() => {
				waiting.delete(look);
				reject(new Error(`the screen did not come to it:\n${text()}`));
			}, patienceMilliseconds);
			waiting.add(look);
			look();
			return promise;
		},
		async close() {
			pty.kill('SIGTERM');
			await exited;
			terminal.dispose();
		},
	};
}

const selectedRow = (screen: Screen): string => screen.text().match(/▌.*?(app-\d+)/)?.[1] ?? '';

async function measureStarts(stage: Stage): Promise<{frame: number[]; data: number[]}> {
	const frame: number[] = [];
	const data: number[] = [];
	for (let turn = 0; turn < 9; turn++) {
		const screen = stage.open();
		await screen.until(() => screen.text().includes('1 Applications') || screen.text().includes('╭'));
		frame.push(performance.now() - screen.startedAt);
		await screen.until(() => screen.text().includes('app-0001'));
		data.push(performance.now() - screen.startedAt);
		await screen.close();
	}
	return {frame, data};
}

/** From the key's write to the frame that shows the selection where it belongs. */
async function measureKeys(screen: Screen): Promise<number[]> {
	const times: number[] = [];
	for (let turn = 0; turn < 200; turn++) {
		const before = selectedRow(screen);
		const shown = screen.until(() => selectedRow(screen) !== before);
		screen.pty.write(turn % 20 < 10 ? 'j' : 'k');
		times.push(await shown);
		await sleep(20 + (turn % 7) * 10);
	}
	return times;
}

async function measureRowBytes(stage: Stage, screen: Screen): Promise<number[]> {
	const sizes: number[] = [];
	stage.changes(2);
	await sleep(1_000);
	for (let turn = 0; turn < 20; turn++) {
		const before = screen.bytes();
		await sleep(500);
		sizes.push(screen.bytes() - before);
	}
	stage.changes(0);
	return sizes.filter(size => size > 0);
}

function cpuTicks(pid: number): number {
	const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
	return Number(fields[11]) + Number(fields[12]);
}

async function measureIdle(screen: Screen): Promise<number> {
	const before = cpuTicks(screen.pty.pid);
	const seconds = 20;
	await sleep(seconds * 1_000);
	return ((cpuTicks(screen.pty.pid) - before) / ticksPerSecond / seconds) * 100;
}

/** The heap in use after a collection, asked over the program's own inspector. */
async function usedHeap(screen: Screen): Promise<number> {
	const address = /ws:\/\/127\.0\.0\.1:\d+\/[0-9a-f-]+/.exec(screen.output())?.[0];
	if (!address) throw new Error('the program was not started with --inspect');
	const socket = new WebSocket(address);
	await new Promise((resolve, reject) => {
		socket.onopen = resolve;
		socket.onerror = reject;
	});
	let id = 0;
	const ask = (method: string): Promise<{readonly usedSize?: number}> =>
		new Promise(resolve => {
			const own = ++id;
			socket.addEventListener('message', event => {
				const answer = JSON.parse(String(event.data)) as {id?: number; result?: {usedSize?: number}};
				if (answer.id === own) resolve(answer.result ?? {});
			});
			socket.send(JSON.stringify({id: own, method}));
		});
	await ask('HeapProfiler.collectGarbage');
	await ask('HeapProfiler.collectGarbage');
	const {usedSize = Number.NaN} = await ask('Runtime.getHeapUsage');
	socket.close();
	return usedSize;
}

async function measureHeap(stage: Stage): Promise<{growth: number; frames: number}> {
	const screen = stage.open('--inspect=127.0.0.1:0');
	await screen.until(() => screen.text().includes('app-0001'));
	const play = async (frames: number): Promise<void> => {
		for (let turn = 0; turn < frames; turn++) {
			screen.pty.write(turn % 20 < 10 ? 'j' : 'k');
			await sleep(17);
		}
	};
	stage.changes(10);
	await play(500);
	const before = await usedHeap(screen);
	const frames = 8_000;
	await play(frames);
	stage.changes(0);
	const growth = (await usedHeap(screen)) - before;
	await screen.close();
	return {growth, frames};
}

export async function benchmarkMonitor(): Promise<void> {
	const stage = await setStage(1_000);
	try {
		const starts = await measureStarts(stage);
		const screen = stage.open();
		await screen.until(() => screen.text().includes('app-0001'));
		await sleep(1_000);
		const idle = await measureIdle(screen);
		const rowBytes = await measureRowBytes(stage, screen);
		stage.changes(10);
		await sleep(500);
		const keys = await measureKeys(screen);
		stage.changes(0);
		await screen.close();
		const heap = await measureHeap(stage);
		const milliseconds = (values: readonly number[], share: number) => `${Math.round(quantile(values, share))} ms`;
		printTable('The monitor, 1,000 applications at 120x40', [
			{
				what: 'cold start to first frame, median of 9',
				measured: milliseconds(starts.frame, 0.5),
				aim: '≤ 200 ms',
				isMet: quantile(starts.frame, 0.5) <= 200,
			},
			{
				what: 'cold start to live data, median of 9',
				measured: milliseconds(starts.data, 0.5),
				aim: '≤ 1 s',
				isMet: quantile(starts.data, 0.5) <= 1_000,
			},
			{
				what: 'key to frame at 10 changes a second, median / p95 of 200',
				measured: `${milliseconds(keys, 0.5)} / ${milliseconds(keys, 0.95)}`,
				aim: 'p95 ≤ 33 ms',
				isMet: quantile(keys, 0.95) <= 33,
			},
			{
				what: 'bytes for one changed row, median',
				measured: `${Math.round(quantile(rowBytes, 0.5))} B`,
				aim: '≤ 400 B',
				isMet: quantile(rowBytes, 0.5) <= 400,
			},
			{what: 'CPU at rest', measured: `${idle.toFixed(1)} %`, aim: '< 2 %', isMet: idle < 2},
			{
				what: `heap growth after ${heap.frames} keys with changes`,
				measured: `${(heap.growth / 2 ** 20).toFixed(1)} MB`,
				aim: '≤ 5 MB',
				isMet: heap.growth <= 5 * 2 ** 20,
			},
		]);
	} finally {
		stage.close();
		print();
	}
}
