/** The way in: one cluster of a kubeconfig as the `Cluster` port. */
import {setMaxListeners} from 'node:events';
import type {Cluster, ClusterCounters} from '../model/ports/cluster/cluster.ts';
import type {WatchHandle} from '../model/ports/cluster/watch.ts';
import {askAccess} from './access.ts';
import {measureClockSkew} from './clock.ts';
import {createConnection} from './connection.ts';
import {type ContextSummary, listContexts, type SelectedContext, selectContext} from './contexts.ts';
import {createCredentialSource} from './credentials.ts';
import {createDiscovery} from './discovery.ts';
import {createIdentityReader} from './identity.ts';
import {readKubeconfig} from './kubeconfig-files.ts';
import {createLimiter} from './limiter.ts';
import {createLister} from './list.ts';
import {createObjects} from './objects.ts';
import {createProbe, createRequester} from './requester.ts';
import {defaultTiming, type Timing} from './timing.ts';
import {createTransport} from './transport.ts';
import {createViews} from './views.ts';
import {watchKind} from './watch.ts';

export {type ContextSummary, listContexts};

export interface ConnectOptions {
	/** Absent: KUBECONFIG, else ~/.kube/config, else the Pod's service account, as kubectl. */
	readonly kubeconfig?: string;
	readonly context?: string;
	/** Chooses the context that leads there; `https://kubernetes.default.svc` is the current one. */
	readonly server?: string;
	readonly userAgent: string;
	/** Ordinary requests at once; watches come on top. */
	readonly concurrency?: number;
	readonly timing?: Partial<Timing>;
}

const defaultConcurrency = 32;

/**
 * Makes no request: credentials are fetched and connections opened when they are first needed. Rejects with
 * KubeconfigNotFound, KubeconfigInvalid, ContextNotFound, ContextInvalid, ServerNotFound.
 */
export async function connectCluster(options: ConnectOptions): Promise<Cluster> {
	const timing: Timing = {...defaultTiming, ...options.timing};
	const context = selectContext(readKubeconfig(options.kubeconfig), options);
	const credentials = createCredentialSource(context, () => reopen(options, context));
	const transport = createTransport(context, credentials, {userAgent: options.userAgent, timing});
	const connection = createConnection(createProbe(transport, credentials, context.name, timing), timing);
	const counters: ClusterCounters = {reads: 0, writes: 0, dryRuns: 0, watches: 0, retries: 0};
	const closing = new AbortController();
	setMaxListeners(0, closing.signal);
	const requester = createRequester({
		transport,
		credentials,
		limiter: createLimiter(options.concurrency ?? defaultConcurrency),
		connection,
		counters,
		timing,
		context: context.name,
		closed: closing.signal,
		onKindNotServed: () => discovery.doubt(),
	});
	const discovery = createDiscovery(requester, timing);
	const views = createViews();
	const lister = createLister(requester, views, timing);
	const objects = createObjects(requester, discovery, views, timing);
	const {server} = context;
	const identity = createIdentityReader({get: objects.get, requester, server, timing});
	let wasStale = false;
	connection.onChange(() => {
		const {state} = connection.current;
		if (state === 'live' && wasStale) identity.forget();
		wasStale = state === 'stale';
	});
	const watches = new Set<WatchHandle>();
	const watchParts = {
		transport,
		credentials,
		connection,
		lister,
		views,
		counters,
		timing,
		server,
		context: context.name,
	};

	return {
		context: context.name,
		server,
		identity: identity.read,
		kind: discovery.kind,
		kinds: discovery.kinds,
		staleGroups: discovery.staleGroups,
		invalidateDiscovery: discovery.invalidate,
		...objects,
		list: lister.list,
		watch(kind, watchOptions, handler) {
			const inner = watchKind(watchParts, kind, watchOptions, handler);
			const handle: WatchHandle = {
				ready: inner.ready,
				stop() {
					inner.stop();
					watches.delete(handle);
				},
			};
			watches.add(handle);
			if (closing.signal.aborted) handle.stop();
			return handle;
		},
		clockSkew: () => measureClockSkew(requester, timing),
		mayI: (verb, kind, namespace) => askAccess(requester, timing, verb, kind, namespace),
		counters,
		get connection() {
			return connection.current;
		},
		onConnectionChange: connection.onChange,
		async close() {
			closing.abort();
			for (const watch of [...watches]) watch.stop();
			connection.close();
			await transport.destroy();
		},
	};
}

/** The same context read again, for new credentials. One that leads elsewhere now is another cluster: never silently. */
function reopen(options: ConnectOptions, former: SelectedContext): SelectedContext | null {
	try {
		const context = selectContext(readKubeconfig(options.kubeconfig), {context: former.name});
		return context.server === former.server ? context : null;
	} catch {
		return null;
	}
}
