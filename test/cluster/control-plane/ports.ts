import {createServer} from 'node:net';

/** As many different free loopback ports as asked; held open together so that none is given twice. */
export async function findFreePorts(count: number): Promise<number[]> {
	const servers = Array.from({length: count}, () => createServer());
	const ports = await Promise.all(
		servers.map(
			server =>
				new Promise<number>((resolve, reject) => {
					server.once('error', reject);
					server.listen(0, '127.0.0.1', () => {
						const address = server.address();
						resolve(typeof address === 'object' && address ? address.port : 0);
					});
				}),
		),
	);
	await Promise.all(servers.map(server => new Promise(resolve => server.close(resolve))));
	return ports;
}
