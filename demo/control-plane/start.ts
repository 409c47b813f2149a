import {randomBytes, randomUUID} from 'node:crypto';
import {writeFileSync} from 'node:fs';
import {administrators, type User} from './access/users.ts';
import type {Context} from './api/context.ts';
import {auditedClient} from './audit/client.ts';
import type {Audit} from './audit/event.ts';
import {createClient} from './client.ts';
import {type Certificate, createCertificate} from './http/certificate.ts';
import {type HttpServer, serveHttp} from './http/server.ts';
import {Registry} from './kinds/registry.ts';
import {printKubeconfig} from './kubeconfig.ts';
import {runDefinitions} from './lifecycle/definitions.ts';
import {runGarbageCollection} from './lifecycle/garbage.ts';
import {runNamespaces} from './lifecycle/namespaces.ts';
import {seed} from './seed.ts';
import {keepSaved} from './storage/save.ts';
import {Store} from './storage/store.ts';
import type {ControllerClient} from './types.ts';

export interface ControlPlaneOptions {
	/** Default: any free port. */
	readonly port?: number;
	/** Keeps everything in this file across starts. Default: memory only. */
	readonly saveFile?: string;
	/** Starts what makes the cluster live, and returns what stops it. */
	readonly controllers?: (client: ControllerClient) => () => void;
	/** Users besides the administrator; they may do what RBAC objects grant them. */
	readonly users?: readonly User[];
	/** Name of the context in kubeconfigs. Default `holdfast-demo`. */
	readonly contextName?: string;
	/** The administrator's token. Default: random. */
	readonly token?: string;
	/** Key and certificate of the server. Default: made at the start. */
	readonly certificate?: Certificate;
	/** Epoch milliseconds; default the system's clock. */
	readonly now?: () => number;
	/** Is told of every request, and of every write of controllers. */
	readonly audit?: Audit;
}

export interface EmbeddedControlPlane {
	/** `https://127.0.0.1:PORT`. */
	readonly url: string;
	/** PEM of the authority that vouches for the server. */
	readonly certificate: string;
	/** The administrator's kubeconfig. */
	readonly kubeconfig: string;
	/** A kubeconfig for one of the users. Throws for a name that nobody has. */
	kubeconfigOf(user: string): string;
	/** Writes the administrator's kubeconfig, readable for its owner only. */
	writeKubeconfig(path: string): void;
	readonly client: ControllerClient;
	/** Forgets the past: older watches and continue tokens get 410 Gone. */
	forgetHistory(): void;
	/** Takes the server away and leaves the objects; every connection ends at once. */
	pause(): Promise<void>;
	/** Brings it back on the same port. */
	resume(): Promise<void>;
	stop(): Promise<void>;
}

const adminName = 'kubernetes-admin';

/** Starts an API server on 127.0.0.1 in this process. Rejects when the port is taken or the file cannot be read. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<EmbeddedControlPlane> {
	const {now = Date.now, contextName = 'holdfast-demo', token = randomBytes(24).toString('base64url')} = options;
	const context: Context = {store: new Store(), registry: new Registry(), now, newUid: randomUUID};
	const saved = options.saveFile ? keepSaved(context.store, options.saveFile) : () => {};
	const ends = [runDefinitions(context), runGarbageCollection(context), runNamespaces(context)];
	seed(context);
	const admin: User = {name: adminName, token, groups: [administrators, 'system:authenticated']};
	const users = [admin, ...(options.users ?? [])];
	const certificate = options.certificate ?? createCertificate(Date.now());
	const serve = (port: number): Promise<HttpServer> =>
		serveHttp(context, {port, users, certificate, ...(options.audit ? {audit: options.audit} : {})});
	let server: HttpServer | null = await serve(options.port ?? 0);
	const {url} = server;
	const plainClient = createClient(context);
	const client = options.audit ? auditedClient(plainClient, context.registry, options.audit) : plainClient;
	if (options.controllers) ends.push(options.controllers(client));
	const pause = async (): Promise<void> => {
		await server?.close();
		server = null;
	};
	const kubeconfigOf = (name: string): string => {
		const user = users.find(other => other.name === name);
		if (!user) throw new Error(`the control plane has no user ${name}`);
		return printKubeconfig({
			url,
			certificate: certificate.certificate,
			token: user.token,
			user: name,
			context: contextName,
		});
	};
	return {
		url,
		certificate: certificate.certificate,
		kubeconfig: kubeconfigOf(adminName),
		kubeconfigOf,
		writeKubeconfig: path => writeFileSync(path, kubeconfigOf(adminName), {mode: 0o600}),
		client,
		forgetHistory: () => context.store.forget(),
		pause,
		async resume() {
			server ??= await serve(Number(new URL(url).port));
		},
		async stop() {
			for (const end of ends.reverse()) end();
			await pause();
			saved();
		},
	};
}
