/** Chooses the context that a cluster is reached through. */
import leven from 'leven';
import {HoldfastError} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import {type KubeconfigFiles, type RawMap, readKubeconfig, textOf} from './kubeconfig-files.ts';

/** One context with what it refers to, as written in the kubeconfig. */
export interface SelectedContext {
	readonly name: string;
	readonly clusterName: string;
	readonly userName: string;
	/** Normalised: no trailing slash, no default port. */
	readonly server: string;
	readonly cluster: RawMap;
	readonly user: RawMap;
}

export interface ContextSummary {
	readonly name: string;
	readonly server: string;
	/** Empty when the context names none. */
	readonly namespace: string;
	readonly isCurrent: boolean;
}

/** How the API server is called from inside; Argo CD's name for "the cluster I am in". */
const ownServer = 'https://kubernetes.default.svc';

/** All contexts of the kubeconfig, in its order. Throws KubeconfigNotFound, KubeconfigInvalid. */
export function listContexts(kubeconfig?: string): readonly ContextSummary[] {
	const files = readKubeconfig(kubeconfig);
	return [...files.contexts].map(([name, context]) => ({
		name,
		server: normaliseServer(textOf(files.clusters.get(textOf(context.cluster))?.server)),
		namespace: textOf(context.namespace),
		isCurrent: name === files.currentContext,
	}));
}

/**
 * With a context: that one (and it must lead to `server`, when both are given). With a server: the current context when it
 * leads there, else the first that does. With neither: the current context.
 * Throws ContextNotFound, ContextInvalid, ServerNotFound.
 */
export function selectContext(files: KubeconfigFiles, wanted: {context?: string; server?: string}): SelectedContext {
	const server = wanted.server ? normaliseServer(wanted.server) : '';
	const isAnyServer = server === '' || server === ownServer;
	if (wanted.context) {
		const selected = openContext(files, wanted.context);
		if (isAnyServer || selected.server === server) return selected;
		throw new HoldfastError({
			code: 'ServerNotFound',
			message: `context ${boundedText(wanted.context, 100)} leads to ${selected.server}, not to ${boundedText(server, 200)}`,
			hint: 'give the context or the server, not both',
		});
	}
	if (isAnyServer) {
		if (files.currentContext) return openContext(files, files.currentContext);
		throw new HoldfastError({
			code: 'ContextNotFound',
			message: `no current context is set in ${files.source}`,
			hint: `name one with --context${listed(files)}`,
		});
	}
	const leadsThere = (name: string): boolean => {
		const cluster = files.clusters.get(textOf(files.contexts.get(name)?.cluster));
		return normaliseServer(textOf(cluster?.server)) === server;
	};
	const name = [files.currentContext, ...files.contexts.keys()].find(leadsThere);
	if (name) return openContext(files, name);
	throw new HoldfastError({
		code: 'ServerNotFound',
		message: `no context in ${files.source} leads to ${boundedText(server, 200)}`,
		hint: 'add one with kubectl config set-cluster and set-context, or name a context instead of a server',
	});
}

function openContext(files: KubeconfigFiles, name: string): SelectedContext {
	const context = files.contexts.get(name);
	if (!context) {
		const near = [...files.contexts.keys()].find(known => leven(known, name) <= 2);
		throw new HoldfastError({
			code: 'ContextNotFound',
			message: `there is no context ${boundedText(name, 100)} in ${files.source}`,
			hint: near ? `did you mean ${boundedText(near, 100)}?` : `kubectl config get-contexts${listed(files)}`,
		});
	}
	const clusterName = textOf(context.cluster);
	const cluster = files.clusters.get(clusterName);
	const userName = textOf(context.user);
	const user = userName === '' ? {} : files.users.get(userName);
	const server = normaliseServer(textOf(cluster?.server));
	if (!cluster || !user || !/^https?:\/\/./.test(server)) {
		const missing = !cluster
			? `names the cluster "${clusterName}", which is not there`
			: user
				? `leads to "${textOf(cluster.server)}", which is no http(s) address`
				: `names the user "${userName}", which is not there`;
		throw new HoldfastError({
			code: 'ContextInvalid',
			message: `context ${boundedText(name, 100)} in ${files.source} ${boundedText(missing, 300)}`,
			hint: 'kubectl config view shows the parts of a context',
		});
	}
	return {name, clusterName, userName, server, cluster, user};
}

function listed(files: KubeconfigFiles): string {
	const names = [...files.contexts.keys()].slice(0, 8).map(name => boundedText(name, 60));
	return names.length > 0 ? `; known: ${names.join(', ')}` : '';
}

/** `HTTPS://Host:443/` and `https://host` are the same server. Text that is no URL comes back as it was. */
export function normaliseServer(server: string): string {
	try {
		const url = new URL(server);
		return `${url.origin}${url.pathname.replace(/\/+$/, '')}`;
	} catch {
		return server;
	}
}
