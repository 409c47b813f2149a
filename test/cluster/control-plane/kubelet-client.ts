import {readFileSync} from 'node:fs';
import {Pool} from 'undici';

export interface Answer {
	readonly status: number;
	// biome-ignore lint/suspicious/noExplicitAny: the shapes of a whole API, in a test tool.
	readonly body: any;
}

export type PatchType = 'merge' | 'strategic-merge';

/** The few requests that a kubelet makes, over kept connections. */
export interface KubeletClient {
	get(path: string): Promise<Answer>;
	post(path: string, body: unknown): Promise<Answer>;
	patch(path: string, type: PatchType, body: unknown): Promise<Answer>;
	remove(path: string, options: unknown): Promise<Answer>;
	/** Yields watch events until the server closes the stream. */
	watch(path: string): AsyncGenerator<WatchEvent>;
}

export interface WatchEvent {
	readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'BOOKMARK' | 'ERROR';
	readonly object: Pod;
}

/** What is read of a pod. */
export interface Pod {
	readonly metadata: {
		readonly name: string;
		readonly namespace: string;
		readonly uid: string;
		readonly resourceVersion: string;
		readonly annotations?: Readonly<Record<string, string>>;
		readonly deletionTimestamp?: string;
		readonly deletionGracePeriodSeconds?: number;
	};
	readonly spec: {
		readonly nodeName?: string;
		readonly nodeSelector?: Readonly<Record<string, string>>;
		readonly schedulerName?: string;
		readonly schedulingGates?: readonly unknown[];
		readonly restartPolicy?: 'Always' | 'OnFailure' | 'Never';
		readonly containers: readonly Container[];
		readonly initContainers?: readonly Container[];
		readonly affinity?: {readonly nodeAffinity?: {readonly requiredDuringSchedulingIgnoredDuringExecution?: unknown}};
	};
	readonly status?: {readonly phase?: string};
}

export interface Container {
	readonly name: string;
	readonly image: string;
	/** `Always` in an init container makes it a sidecar, which keeps running. */
	readonly restartPolicy?: string;
}

/** Reads server, authority and token from a kubeconfig that `writeKubeconfig` wrote. */
export function connectKubelet(kubeconfigPath: string): KubeletClient {
	const kubeconfig = JSON.parse(readFileSync(kubeconfigPath, 'utf8'));
	const {server, 'certificate-authority-data': authority} = kubeconfig.clusters[0].cluster;
	const connect = {ca: Buffer.from(authority, 'base64')};
	const pool = new Pool(server, {connect, connections: 16});
	const watchPool = new Pool(server, {connect, connections: 1, bodyTimeout: 0, headersTimeout: 0});
	const headers = {
		authorization: `Bearer ${kubeconfig.users[0].user.token}`,
		accept: 'application/json',
		'user-agent': 'fake-kubelet',
	};

	const send = async (
		method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
		path: string,
		body?: unknown,
		type = 'json',
	): Promise<Answer> => {
		const answer = await pool.request({
			method,
			path,
			headers: {...headers, 'content-type': `application/${type}`},
			body: body === undefined ? null : JSON.stringify(body),
		});
		const text = await answer.body.text();
		return {status: answer.statusCode, body: text.startsWith('{') ? JSON.parse(text) : text};
	};

	return {
		get: path => send('GET', path),
		post: (path, body) => send('POST', path, body),
		patch: (path, type, body) => send('PATCH', path, body, `${type}-patch+json`),
		remove: (path, options) => send('DELETE', path, options),
		async *watch(path) {
			const answer = await watchPool.request({method: 'GET', path, headers});
			if (answer.statusCode !== 200) {
				await answer.body.dump();
				throw new Error(`watch answered ${answer.statusCode}`);
			}
			let rest = '';
			answer.body.setEncoding('utf8');
			for await (const part of answer.body) {
				const lines = (rest + part).split('\n');
				rest = lines.pop() ?? '';
				for (const line of lines) yield JSON.parse(line) as WatchEvent;
			}
		},
	};
}
