import {connectCluster} from '../cluster/connect.ts';
import {openRepository} from '../git/repository.ts';
import type {Application} from '../model/application.ts';
import type {GitRepository} from '../model/ports/git/repository.ts';
import type {ApplicationStatus, ConnectionStatus, RepositoryStatus} from '../model/status.ts';
import {welcomeBack} from './cluster-return.ts';
import {ClusterSession} from './cluster-session.ts';
import type {Logger} from './log.ts';

const ownServer = 'https://kubernetes.default.svc';

export interface SharedResourcesOptions {
	readonly kubeconfig?: string;
	readonly context?: string;
	readonly cacheDirectory: string;
	readonly userAgent: string;
	readonly log: Logger;
	readonly clock: () => number;
	/** A connection or a repository came or went. */
	readonly onChange: () => void;
	/** Behind the same address there is another cluster now: nothing that was known of the former holds for it. */
	readonly onClusterReplaced: (session: ClusterSession) => void;
	/** The API server answers again. */
	readonly onClusterBack: (session: ClusterSession) => void;
}

/** Clusters and repositories, each opened once and shared by all applications that name it. */
export class SharedResources {
	readonly #options: SharedResourcesOptions;
	readonly #sessions = new Map<string, Promise<ClusterSession>>();
	readonly #opened: ClusterSession[] = [];
	/** Ends the question whether a cluster that was away is the same one. */
	readonly #welcoming = new WeakMap<ClusterSession, AbortController>();
	readonly #repositories = new Map<string, Promise<GitRepository>>();
	readonly #openRepositories: GitRepository[] = [];
	readonly #repositoryStates = new Map<string, RepositoryStatus>();

	constructor(options: SharedResourcesOptions) {
		this.#options = options;
	}

	get sessions(): readonly ClusterSession[] {
		return this.#opened;
	}

	/** The cluster an application lives in: its own context or server, else the worker's. */
	session(application: Application): Promise<ClusterSession> {
		const {destination} = application;
		const context = destination.context ?? (isOther(destination.server) ? undefined : this.#options.context);
		const server = isOther(destination.server) ? destination.server : undefined;
		const key = `${context ?? ''}\u0000${server ?? ''}`;
		const known = this.#sessions.get(key);
		if (known) return known;
		const session = this.#connect(context, server);
		this.#sessions.set(key, session);
		// A kubeconfig that was wrong may be right at the next try.
		session.catch(() => this.#sessions.delete(key));
		return session;
	}

	async #connect(context: string | undefined, server: string | undefined): Promise<ClusterSession> {
		const {kubeconfig, userAgent, log, clock} = this.#options;
		const cluster = await connectCluster({
			...(kubeconfig ? {kubeconfig} : {}),
			...(context ? {context} : {}),
			...(server ? {server} : {}),
			userAgent,
		});
		const session = new ClusterSession({cluster, log: log.child({context: cluster.context}), clock});
		this.#opened.push(session);
		this.#followConnection(session);
		return session;
	}

	#followConnection(session: ClusterSession): void {
		const {log, onChange, onClusterBack, onClusterReplaced} = this.#options;
		const {cluster} = session;
		let before = cluster.connection.state;
		cluster.onConnectionChange(() => {
			const {state, problem} = cluster.connection;
			log.info({context: cluster.context, state, problem}, 'connection changed');
			onChange();
			if (state === 'stale') this.#stopWelcoming(session);
			if (state === 'live' && before === 'stale') {
				const welcoming = new AbortController();
				this.#welcoming.set(session, welcoming);
				void welcomeBack(session, {
					log,
					onBack: () => onClusterBack(session),
					onReplaced: () => onClusterReplaced(session),
					signal: welcoming.signal,
				});
			}
			before = state;
		});
	}

	#stopWelcoming(session: ClusterSession): void {
		this.#welcoming.get(session)?.abort();
	}

	/** Forgets a session: whoever asks for the cluster next gets a new one. */
	async discard(session: ClusterSession): Promise<void> {
		this.#stopWelcoming(session);
		for (const [key, opened] of this.#sessions)
			if ((await opened.catch(() => null)) === session) this.#sessions.delete(key);
		const index = this.#opened.indexOf(session);
		if (index >= 0) this.#opened.splice(index, 1);
		await session.close();
	}

	repository(url: string): Promise<GitRepository> {
		const known = this.#repositories.get(url);
		if (known) return known;
		const repository = openRepository({url, cacheDirectory: this.#options.cacheDirectory});
		this.#repositories.set(url, repository);
		repository.then(
			opened => this.#openRepositories.push(opened),
			() => this.#repositories.delete(url),
		);
		return repository;
	}

	/** Remembers, for the screen, how the last pull of an application's repository went. */
	noteRepository({repoURL, revision, conditions}: ApplicationStatus): void {
		const failure = conditions.find(({type}) => type === 'SourceError');
		if (revision === null && !failure) return;
		const state = failure ? 'stale' : 'live';
		const known = this.#repositoryStates.get(repoURL);
		if (known?.state === state && known.problem?.code === failure?.problem.code) return;
		const since = failure?.since ?? this.#options.clock();
		this.#repositoryStates.set(repoURL, {repoURL, state, since, ...(failure ? {problem: failure.problem} : {})});
		this.#options.onChange();
	}

	connections(isProduction: (context: string) => boolean): ConnectionStatus[] {
		return this.#opened.map(({cluster}) => ({
			context: cluster.context,
			server: cluster.server,
			isProduction: isProduction(cluster.context),
			version: null,
			...cluster.connection,
		}));
	}

	/** Fetches made over all repositories. */
	get fetches(): number {
		return this.#openRepositories.reduce((sum, repository) => sum + repository.counters.fetches, 0);
	}

	repositories(): RepositoryStatus[] {
		return [...this.#repositoryStates.values()];
	}

	async close(): Promise<void> {
		for (const session of this.#opened) this.#stopWelcoming(session);
		await Promise.allSettled(this.#opened.map(session => session.close()));
		await Promise.allSettled(this.#repositories.values());
		await Promise.allSettled(this.#openRepositories.map(repository => repository.close()));
	}
}

function isOther(server: string | undefined): server is string {
	return server !== undefined && server !== ownServer;
}
