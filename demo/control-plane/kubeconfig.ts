import {Buffer} from 'node:buffer';

export interface KubeconfigOptions {
	/** `https://127.0.0.1:PORT`. */
	readonly url: string;
	/** PEM of the authority. */
	readonly certificate: string;
	readonly token: string;
	readonly user: string;
	/** Name of the context and of the cluster. */
	readonly context: string;
}

/** A kubeconfig for one user of the server. */
export function printKubeconfig({url, certificate, token, user, context}: KubeconfigOptions): string {
	const authority = Buffer.from(certificate).toString('base64');
	// JSON is YAML, and needs no quoting rules.
	const kubeconfig = {
		apiVersion: 'v1',
		kind: 'Config',
		clusters: [{name: context, cluster: {server: url, 'certificate-authority-data': authority}}],
		users: [{name: user, user: {token}}],
		contexts: [{name: context, context: {cluster: context, user}}],
		'current-context': context,
	};
	return `${JSON.stringify(kubeconfig, null, '\t')}\n`;
}
