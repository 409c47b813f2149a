/** The demo's incident by its socket, as the palette reaches it. */
import {mkdtempSync, rmSync} from 'node:fs';
import {createConnection, type Server} from 'node:net';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {serveControl} from '../../demo/incident/control.ts';
import type {Incident} from '../../demo/incident/incident.ts';
import {type IncidentStatus, tellDemo} from '../../source/protocol/demo-control.ts';

let folder: string;
let socket: string;
let server: Server;
let told: string[];

beforeEach(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'holdfast-incident-'));
	socket = path.join(folder, 'demo.sock');
	told = [];
	let state: IncidentStatus['state'] = 'idle';
	const incident = {
		start: async () => {
			told.push('start');
			state = 'running';
			return true;
		},
		repeat: async () => {
			told.push('repeat');
			return true;
		},
		pause: () => {
			told.push('pause');
			state = 'paused';
		},
		get status(): IncidentStatus {
			return {state, step: 'a scale by hand', done: 1, total: 5};
		},
	};
	server = await serveControl(socket, incident as unknown as Incident);
});

afterEach(() => {
	server.close();
	rmSync(folder, {recursive: true, force: true});
});

test('each command reaches the incident, and the answer says how it stands afterwards', async () => {
	expect(await tellDemo(socket, 'status')).toEqual({state: 'idle', step: 'a scale by hand', done: 1, total: 5});
	expect(await tellDemo(socket, 'start')).toMatchObject({state: 'running'});
	expect(await tellDemo(socket, 'pause')).toMatchObject({state: 'paused'});
	await tellDemo(socket, 'repeat');
	expect(told).toEqual(['start', 'pause', 'repeat']);
});

test('a demo that has ended is said to be gone', async () => {
	await new Promise(resolve => server.close(resolve));
	await expect(tellDemo(socket, 'start')).rejects.toMatchObject({code: 'DemoGone'});
});

test('what is no command changes nothing, and what never ends is cut off', async () => {
	const send = (text: string): Promise<string> =>
		new Promise(resolve => {
			let answer = '';
			const connection = createConnection(socket, () => connection.write(text));
			connection.on('data', chunk => {
				answer += chunk;
			});
			connection.on('error', () => {});
			connection.on('close', () => resolve(answer));
		});
	expect(JSON.parse(await send('not json\n'))).toMatchObject({state: 'idle'});
	expect(JSON.parse(await send('{"command":"explode"}\n'))).toMatchObject({state: 'idle'});
	expect(await send('x'.repeat(5_000))).toBe('');
	expect(told).toEqual([]);
});
