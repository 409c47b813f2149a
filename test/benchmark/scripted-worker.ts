/**
 * `node scripted-worker.ts SOCKET APPLICATIONS`: a worker that holds nothing but answers like one, for measuring the
 * screen: as many applications as asked for, and as many changes a second as its parent says over the process channel.
 */
import {setInterval} from 'node:timers';
import type {ApplicationStatus} from '../../source/model/status.ts';
import {protocolVersion, type Snapshot} from '../../source/protocol/messages/state.ts';
import {serve} from '../../source/protocol/server.ts';
import {applicationStatus, testHandlers, workerStatus} from '../protocol/stand-ins.ts';

const [socket = '', count = '1000'] = process.argv.slice(2);
const silent = {debug() {}, info() {}, warn() {}, error() {}};

const applications = new Map<string, ApplicationStatus>(
	Array.from({length: Number(count)}, (_, index) => {
		const name = `app-${String(index + 1).padStart(4, '0')}`;
		return [name, statusOf(name, 0)];
	}),
);

function statusOf(name: string, drifted: number): ApplicationStatus {
	return applicationStatus(name, {
		revision: '9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567',
		syncedRevision: '9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567',
		syncedAt: Date.now() - 60_000,
		syncStatus: 'Synced',
		health: {status: 'Healthy'},
		counts: {objects: 20, synced: 20, outOfSync: 0, missing: 0, toPrune: 0, drifted, failed: 0},
		isHealing: true,
		sourceSeenAt: Date.now(),
		clusterSeenAt: Date.now(),
	});
}

const worker = {
	...workerStatus,
	connections: [
		{
			context: 'bench',
			server: 'https://127.0.0.1',
			isProduction: false,
			version: 'v1.36.3',
			state: 'live' as const,
			since: Date.now(),
		},
	],
};
const snapshot = (): Snapshot => ({protocolVersion, worker, applications: [...applications.values()]});
const server = await serve({
	socket,
	handlers: testHandlers({attach: snapshot, snapshot, refresh: snapshot, settled: snapshot}),
	onClients() {},
	log: silent,
});

let timer: NodeJS.Timeout | undefined;
let turn = 0;
process.on('message', (message: {readonly changesPerSecond: number}) => {
	clearInterval(timer);
	if (message.changesPerSecond === 0) return;
	timer = setInterval(() => {
		turn++;
		// Among the first ones: what is out of sight would cost the screen nothing.
		const name = `app-${String((turn % 10) + 1).padStart(4, '0')}`;
		const changed = statusOf(name, turn % 7);
		applications.set(name, changed);
		server.broadcastChanges({applications: [changed], removed: []});
	}, 1_000 / message.changesPerSecond);
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
