/** The API server's own limit as a client in this language can reach it: the same PATCHes, nothing around them. */
import {readFileSync} from 'node:fs';
import {Agent, request} from 'undici';
import {parse} from 'yaml';

export interface BareClient {
	apply(namespace: string, name: string, body: object): Promise<void>;
	mergePatch(path: string, body: object, manager: string): Promise<void>;
	close(): Promise<void>;
}

interface Kubeconfig {
	clusters: {cluster: {server: string; 'certificate-authority-data'?: string; 'certificate-authority'?: string}}[];
	users: {user: {token?: string; 'client-certificate-data'?: string; 'client-key-data'?: string}}[];
}

export function createBareClient(kubeconfig: string, connections = 32): BareClient {
	const config = parse(readFileSync(kubeconfig, 'utf8')) as Kubeconfig;
	const cluster = config.clusters[0]!.cluster;
	const user = config.users[0]!.user;
	const decode = (text: string | undefined): string | undefined =>
		text === undefined ? undefined : Buffer.from(text, 'base64').toString();
	const ca = decode(cluster['certificate-authority-data']) ?? readFileSync(cluster['certificate-authority']!, 'utf8');
	const cert = decode(user['client-certificate-data']);
	const key = decode(user['client-key-data']);
	const agent = new Agent({connections, connect: {ca, ...(cert && key ? {cert, key} : {})}});
	const authorization: Record<string, string> = user.token ? {authorization: `Bearer ${user.token}`} : {};
	const send = async (path: string, type: string, body: object): Promise<void> => {
		const answer = await request(`${cluster.server}${path}`, {
			method: 'PATCH',
			dispatcher: agent,
			headers: {...authorization, 'content-type': type, accept: 'application/json'},
			body: JSON.stringify(body),
		});
		const text = await answer.body.text();
		if (answer.statusCode >= 300) throw new Error(`${answer.statusCode} ${text.slice(0, 200)}`);
		JSON.parse(text);
	};
	return {
		apply: (namespace, name, body) =>
			send(
				`/api/v1/namespaces/${namespace}/configmaps/${name}?fieldManager=bare&force=true`,
				'application/apply-patch+yaml',
				body,
			),
		mergePatch: (path, body, manager) => send(`${path}?fieldManager=${manager}`, 'application/merge-patch+json', body),
		close: () => agent.close(),
	};
}
