import {spawn} from 'node:child_process';
import {createServer, type IncomingMessage, type ServerResponse} from 'node:http';
import type {AddressInfo} from 'node:net';

/** A real smart-http remote: `git http-backend` behind a small server that can ask for a password, fail or be silent. */
export interface HttpRemote {
	/** `http://127.0.0.1:PORT`. */
	readonly url: string;
	readonly port: number;
	readonly requests: string[];
	stop(): Promise<void>;
}

export type Behaviour =
	| 'serve'
	| 'silent'
	| {readonly status: number; readonly body?: string}
	| {readonly password: string};

export async function startHttpRemote(root: string, behaviour: (path: string) => Behaviour): Promise<HttpRemote> {
	const requests: string[] = [];
	const server = createServer((request, response) => {
		requests.push(`${request.method} ${request.url}`);
		const how = behaviour(request.url ?? '');
		if (how === 'silent') return;
		if (how === 'serve') return runBackend(root, request, response);
		if ('status' in how) {
			response.writeHead(how.status).end(how.body ?? '');
			return;
		}
		const [, encoded = ''] = (request.headers.authorization ?? '').split(' ');
		if (Buffer.from(encoded, 'base64').toString().split(':')[1] === how.password)
			return runBackend(root, request, response);
		response.writeHead(401, {'www-authenticate': 'Basic realm="test"'}).end();
	});
	await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
	const {port} = server.address() as AddressInfo;
	return {
		url: `http://127.0.0.1:${port}`,
		port,
		requests,
		stop: () =>
			new Promise(resolve => {
				server.close(() => resolve());
				server.closeAllConnections();
			}),
	};
}

/** CGI, as far as git needs it. */
function runBackend(root: string, request: IncomingMessage, response: ServerResponse): void {
	const [path = '', query = ''] = (request.url ?? '').split('?');
	const child = spawn('git', ['http-backend'], {
		env: {
			...process.env,
			GIT_PROJECT_ROOT: root,
			GIT_HTTP_EXPORT_ALL: '1',
			GIT_CONFIG_COUNT: '1',
			GIT_CONFIG_KEY_0: 'safe.directory',
			GIT_CONFIG_VALUE_0: '*',
			PATH_INFO: path,
			QUERY_STRING: query,
			REQUEST_METHOD: request.method ?? 'GET',
			CONTENT_TYPE: request.headers['content-type'] ?? '',
			GIT_PROTOCOL: String(request.headers['git-protocol'] ?? ''),
			HTTP_CONTENT_ENCODING: request.headers['content-encoding'] ?? '',
		},
		stdio: ['pipe', 'pipe', 'ignore'],
	});
	request.pipe(child.stdin);
	child.stdin.on('error', () => {});
	const parts: Buffer[] = [];
	child.stdout.on('data', (part: Buffer) => parts.push(part));
	child.on('close', () => {
		const output = Buffer.concat(parts);
		const end = output.indexOf('\r\n\r\n');
		const headers = output
			.toString('latin1', 0, end)
			.split('\r\n')
			.map(line => line.split(': ') as [string, string]);
		const status = headers.find(([name]) => name === 'Status')?.[1];
		response.writeHead(
			status ? Number.parseInt(status, 10) : 200,
			Object.fromEntries(headers.filter(([name]) => name !== 'Status')),
		);
		response.end(output.subarray(end + 4));
	});
}
