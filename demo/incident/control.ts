import {createServer, type Server} from 'node:net';
import type {IncidentCommand} from '../../source/protocol/demo-control.ts';
import type {Incident} from './incident.ts';

const longestLine = 1_000;

/** Takes the commands of {@link IncidentCommand} on a socket that only its owner can reach. */
export function serveControl(socket: string, incident: Incident): Promise<Server> {
	const server = createServer(connection => {
		let text = '';
		connection.on('error', () => {});
		connection.on('data', chunk => {
			text += chunk;
			if (text.length > longestLine) connection.destroy();
			if (!text.includes('\n')) return;
			obey(incident, commandOf(text));
			connection.end(`${JSON.stringify(incident.status)}\n`);
		});
	});
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.listen(socket, () => resolve(server));
	});
}

function commandOf(text: string): IncidentCommand {
	try {
		return (JSON.parse(text) as {command: IncidentCommand}).command;
	} catch {
		return 'status';
	}
}

function obey(incident: Incident, command: IncidentCommand): void {
	// What does not come to its end is told where the demo tells everything.
	if (command === 'start') void incident.start();
	else if (command === 'repeat') void incident.repeat();
	else if (command === 'pause') incident.pause();
}
