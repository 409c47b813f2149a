import {request} from 'node:https';

export interface ApiAnswer {
	readonly status: number;
	readonly body: string;
}

/** One GET with a bearer token; the certificate authority is given, so nothing needs to be switched off. */
export function getFromApi(options: {url: string; token: string; authority: Buffer}): Promise<ApiAnswer> {
	return new Promise((resolve, reject) => {
		const outgoing = request(
			options.url,
			{ca: options.authority, agent: false, timeout: 5_000, headers: {authorization: `Bearer ${options.token}`}},
			incoming => {
				const parts: Buffer[] = [];
				incoming.on('data', (part: Buffer) => parts.push(part));
				incoming.on('error', reject);
				incoming.on('end', () =>
					resolve({status: incoming.statusCode ?? 0, body: Buffer.concat(parts).toString('utf8')}),
				);
			},
		);
		outgoing.on('timeout', () => outgoing.destroy(new Error('no answer in five seconds')));
		outgoing.on('error', reject);
		outgoing.end();
	});
}
