import {createConnection} from 'node:net';
import {HoldfastError} from '../model/errors.ts';

/** Names the socket on which a demo takes commands; absent outside of a demo. */
export const demoSocketVariable = 'HOLDFAST_DEMO_SOCKET';

/** `start` begins the incident or goes on with it; `repeat` plays it again from the beginning. */
export type IncidentCommand = 'start' | 'pause' | 'repeat' | 'status';

export interface IncidentStatus {
	readonly state: 'idle' | 'running' | 'paused';
	/** What is being done; empty when idle. */
	readonly step: string;
	readonly done: number;
	readonly total: number;
}

const answerMilliseconds = 5_000;

/**
 * Tells the demo what to do with its incident: one line of JSON each way.
 *
 * @throws HoldfastError DemoGone when nobody answers
 */
export function tellDemo(socket: string, command: IncidentCommand): Promise<IncidentStatus> {
	return new Promise((resolve, reject) => {
		const connection = createConnection(socket, () => connection.write(`${JSON.stringify({command})}\n`));
		let text = '';
		const gone = (): void => {
			connection.destroy();
			reject(new HoldfastError({code: 'DemoGone', message: 'the demo does not answer', hint: 'Start it again'}));
		};
		connection.setTimeout(answerMilliseconds, gone);
		connection.on('error', gone);
		connection.on('data', chunk => {
			text += chunk;
			if (!text.includes('\n')) return;
			connection.destroy();
			resolve(JSON.parse(text) as IncidentStatus);
		});
	});
}
