/**
 * Credential plugins of a kubeconfig (`users[].user.exec`, KEP-541): aws, gke-gcloud-auth-plugin, kubelogin and the like.
 * Our own runner, because the client library's leaves a plugin that asks a question hanging for ever, never tells it about
 * the cluster (KUBERNETES_EXEC_INFO) and ignores interactiveMode.
 */
import {execFile} from 'node:child_process';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import type {SelectedContext} from './contexts.ts';
import {asList, asMap, isMap, textOf} from './kubeconfig-files.ts';

export interface PluginCredential {
	readonly token: string;
	/** PEM; empty when the plugin gave a token only. */
	readonly certificate: string;
	readonly key: string;
	/** Epoch milliseconds; Infinity when it never expires. */
	readonly expiresAt: number;
}

const timeLimitMilliseconds = 60_000;
const outputLimitBytes = 1024 * 1024;

/** Whether the user of this context is authenticated by a plugin. */
export function hasPlugin(context: SelectedContext): boolean {
	return isMap(context.user.exec);
}

/** Runs the plugin without a terminal. Throws AuthenticationFailed with the end of what the plugin said. */
export async function runPlugin(context: SelectedContext): Promise<PluginCredential> {
	const plugin = asMap(context.user.exec);
	const command = textOf(plugin.command);
	const name = boundedText(command || 'without a command', 100);
	const fail = (message: string, hint?: string, cause?: unknown): never => {
		const installHint = textOf(plugin.installHint);
		throw new HoldfastError(
			{
				code: 'AuthenticationFailed',
				message: `credential plugin ${name} of context ${boundedText(context.name, 100)} ${message}`,
				hint:
					hint ?? (installHint ? boundedText(installHint, 300) : 'run kubectl with this context to see what is wrong'),
			},
			{cause},
		);
	};
	if (!command) return fail('is not complete');
	if (plugin.interactiveMode === 'Always') {
		return fail(
			'always wants a terminal',
			'log in with kubectl first, or use a context that needs no question answered',
		);
	}
	const output = await run(command, context).catch((error: PluginError) => {
		if (error.code === 'ENOENT') return fail('is not installed', undefined, error);
		const said = boundedText(error.stderr?.trim() || error.message, 400);
		if (error.killed) return fail(`did not end within ${timeLimitMilliseconds / 1000} s: ${said}`, undefined, error);
		return fail(`failed: ${said}`, undefined, error);
	});
	const credential = parseCredential(output);
	return credential ?? fail('did not print an ExecCredential with a token or a certificate');
}

type PluginError = Error & {code?: string | number; killed?: boolean; stderr?: string};

function run(command: string, context: SelectedContext): Promise<string> {
	const plugin = asMap(context.user.exec);
	const args = Array.isArray(plugin.args) ? plugin.args.map(String) : [];
	const added = asList(plugin.env).map(entry => [textOf(entry.name), String(entry.value ?? '')]);
	const env = {...process.env, ...Object.fromEntries(added), KUBERNETES_EXEC_INFO: executionInfo(context)};
	return new Promise((resolve, reject) => {
		const child = execFile(
			command,
			args,
			{env, timeout: timeLimitMilliseconds, maxBuffer: outputLimitBytes, windowsHide: true},
			(error, stdout, stderr) => {
				if (error) reject(Object.assign(error, {stderr}));
				else resolve(stdout);
			},
		);
		// A plugin that asks a question reads the end of input instead of waiting for ever.
		child.stdin?.on('error', () => {});
		child.stdin?.end();
	});
}

function executionInfo(context: SelectedContext): string {
	const plugin = asMap(context.user.exec);
	const {cluster} = context;
	const info = {
		server: cluster.server,
		'tls-server-name': cluster['tls-server-name'],
		'insecure-skip-tls-verify': cluster['insecure-skip-tls-verify'],
		'certificate-authority-data': cluster['certificate-authority-data'],
		'proxy-url': cluster['proxy-url'],
	};
	return JSON.stringify({
		kind: 'ExecCredential',
		apiVersion: textOf(plugin.apiVersion) || 'client.authentication.k8s.io/v1',
		spec: {interactive: false, ...(plugin.provideClusterInfo === true ? {cluster: info} : {})},
	});
}

/** null for anything that is no usable ExecCredential. */
export function parseCredential(output: string): PluginCredential | null {
	let document: unknown;
	try {
		document = JSON.parse(output);
	} catch {
		return null;
	}
	const status = asMap(asMap(document).status);
	const token = textOf(status.token).trim();
	const certificate = textOf(status.clientCertificateData);
	const key = textOf(status.clientKeyData);
	if (!token && !(certificate && key)) return null;
	const expiresAt = Date.parse(textOf(status.expirationTimestamp));
	return {token, certificate, key, expiresAt: Number.isNaN(expiresAt) ? Number.POSITIVE_INFINITY : expiresAt};
}
