/**
 * The narrow interfaces between the worker and everything that has effects. `git/`, `render/`, `cluster/` and `journal/`
 * implement them; only the worker knows them all. Methods reject with HoldfastError.
 */
import type {RenderParameters, TargetRevision} from './application.ts';
import type {CommitInfo, FileChange} from './commit.ts';
import type {DriftEvent, Fingerprint} from './drift.ts';
import type {Problem} from './errors.ts';
import type {JournalEntry, JournalQuery} from './journal.ts';
import type {KubernetesObject, Manifest, ObjectKey, ObjectRef} from './object.ts';
import type {Standing} from './standing-record.ts';

export type {CommitInfo} from './commit.ts';

// ---- Git -----------------------------------------------------------------------------------------------------------

/** One bare mirror of one repository, shared by its applications. */
export interface GitRepository {
	/** Without credentials: for people, not for looking the repository up. */
	readonly url: string;
	readonly counters: {readonly lists: number; readonly fetches: number; readonly repairs: number};
	/**
	 * Asks the remote where the target points (`ls-remote`) and fetches only what moved. Concurrent calls share one
	 * ls-remote, and an answer serves others for about a second unless they want a fresh one. Codes: RemoteUnreachable, AuthenticationFailed, RevisionNotFound, EmptyRepository, GitFailed.
	 */
	pull(target: TargetRevision, options?: {signal?: AbortSignal; isFresh?: boolean}): Promise<PullResult>;
	/** What the mirror already knows of the target, without asking anyone; null when it was never pulled. */
	resolve(target: TargetRevision): Promise<PullResult | null>;
	/** The index of a commit: read once per commit, cached for the newest few. */
	tree(commit: string): Promise<GitTree>;
	commit(id: string): Promise<CommitInfo>;
	/**
	 * Commits that touch any of the paths (files or folders, `` is everything), newest first, from `from` backwards;
	 * merges with their first parent only. At most `limit`.
	 */
	log(options: {from: string; paths: readonly string[]; limit: number; signal?: AbortSignal}): Promise<HistoryCommit[]>;
	/** Files and unified diff of a commit against its first parent, bounded; text is raw. */
	show(commit: string): Promise<CommitChanges>;
	/** Whether `ancestor` is `commit` or one of its ancestors. */
	isAncestor(ancestor: string, commit: string): Promise<boolean>;
	/**
	 * Makes the commit that takes others back, by a real `git revert` in a temporary work tree, on the newest tip of the
	 * branch. Nothing is pushed. Codes: RevertConflict, RevertEmpty, RevertMerge, RevertRoot, CommitNotOnBranch,
	 * CommitNotFound, CommitAmbiguous, RevertTooLarge, SigningFailed, and those of pull.
	 */
	prepareRevert(request: RevertRequest): Promise<PreparedCommit>;
	/**
	 * Makes a commit that writes these files, on the newest tip of the branch. Nothing is pushed. Codes: NothingToChange,
	 * ChangedMeanwhile, UnsafePath, SigningFailed, and those of pull.
	 */
	prepareChange(request: ChangeRequest): Promise<PreparedCommit>;
	/** Closes child processes. The mirror on disk stays. */
	close(): Promise<void>;
}

export interface PullResult {
	readonly commit: string;
	/** The ref it came from, e.g. `refs/heads/main`, `refs/tags/v1.2.3`; empty for a fixed commit. */
	readonly ref: string;
	/** True when the branch was rewritten: the former commit is not an ancestor of this one. */
	readonly isForced: boolean;
	readonly hasMoved: boolean;
}

export interface HistoryCommit extends CommitInfo {
	readonly body: string;
}

export interface CommitChanges {
	readonly info: HistoryCommit;
	readonly files: readonly FileChange[];
	/** A file's part of the unified diff, in the order of `files`; binary files have none. */
	readonly diffs: readonly string[];
	readonly isTruncated: boolean;
}

export interface CommitAuthor {
	/** Who asked: used when git has no `user.name` and `user.email` for this repository: `ana@bastion-1`. */
	readonly fallback: string;
}

export interface RevertRequest {
	/** The tracked branch, without `refs/heads/`. */
	readonly branch: string;
	/** `COMMIT` or `OLD..NEW` as git reads it. */
	readonly commits: string;
	/** Parent number that a merge is taken back to. */
	readonly mainline?: number;
	/** `Holdfast-Application: shop`, one a line, after the message. */
	readonly trailers: readonly string[];
	readonly author: CommitAuthor;
	readonly signal?: AbortSignal;
}

export interface ChangeRequest {
	readonly branch: string;
	/**
	 * Whole new contents; null deletes. `replaces` is the object id of the content that the change was made from (null: there
	 * was no such file): where somebody changed the file meanwhile it is refused with ChangedMeanwhile.
	 */
	readonly files: readonly {
		readonly path: string;
		readonly content: string | null;
		readonly replaces: string | null;
	}[];
	readonly message: string;
	readonly author: CommitAuthor;
	readonly signal?: AbortSignal;
}

/** A commit that exists only here, in a temporary work tree, until it is pushed or discarded. */
export interface PreparedCommit {
	readonly commit: string;
	/** The tip of the branch that it stands on. */
	readonly parent: string;
	/** Reverted commits, newest first; empty for a change. */
	readonly reverted: readonly CommitInfo[];
	readonly changes: CommitChanges;
	readonly isSigned: boolean;
	tree(): Promise<GitTree>;
	/**
	 * Pushes to the branch, or to one of its own. When the tracked branch moved meanwhile it is fetched again, the
	 * commit made anew on top and pushed once more; before that `approve` is asked, and the properties here describe the
	 * commit as it is then. What `approve` throws ends it. Codes: PushRejected (moved again, or the other branch exists
	 * already), PushForbidden (the remote does not take it: its words are in the message), and those of pull.
	 */
	push(
		branch: string,
		options?: {readonly approve?: () => Promise<void>},
	): Promise<{readonly commit: string; readonly branch: string; readonly remoteMessage: string}>;
	/** Removes everything temporary. Idempotent; nothing is left behind in the mirror's references either. */
	discard(): Promise<void>;
}

/** All paths of one commit, and access to its blobs; no work tree. Paths have no leading slash. */
export interface GitTree {
	readonly commit: string;
	/** Object id of a file or a folder; null when there is none. `` is the root. */
	hash(path: string): string | null;
	/** Files below a folder, sorted by path; links and submodules are listed with their type and never followed. */
	files(folder: string): readonly GitFile[];
	file(path: string): GitFile | null;
	/** Blob contents in the order asked. Rejects with FileTooLarge beyond the limit (default 16 MiB a file). */
	read(files: readonly GitFile[]): Promise<Buffer[]>;
	/**
	 * Writes the whole commit (or only the given folders) below an empty directory: no hooks, no filters, no submodules;
	 * a link that leaves the tree is refused (CVE-2022-24904).
	 */
	checkout(directory: string, folders?: readonly string[]): Promise<void>;
}

export interface GitFile {
	readonly path: string;
	readonly type: 'file' | 'link' | 'submodule';
	readonly isExecutable: boolean;
	readonly oid: string;
	readonly size: number;
}

// ---- Render --------------------------------------------------------------------------------------------------------

export interface Renderer {
	/**
	 * Tree to objects. Never rejects for bad input: problems are values, with file and line. Cached by the hashes of
	 * everything the render read, and its parameters.
	 */
	render(request: RenderRequest): Promise<RenderResult>;
}

export interface RenderRequest {
	readonly application: string;
	readonly tree: GitTree;
	readonly path: string;
	readonly parameters: RenderParameters;
	/** Default namespace; given to helm and kustomize as theirs. */
	readonly namespace: string;
	readonly kubernetesVersion: string;
	/** `group/version/Kind` list for helm's `.Capabilities.APIVersions`. */
	readonly apiVersions: readonly string[];
	readonly signal?: AbortSignal;
}

export type RenderResult =
	| {
			readonly ok: true;
			/** Equal keys mean equal output. */
			readonly key: string;
			readonly manifests: readonly Manifest[];
			readonly notices: readonly Problem[];
			readonly isCached: boolean;
			/** Files and folders within the repository that decide the output: what `git log` is asked about. */
			readonly reads: readonly string[];
			/** What rendered it: decides how a live edit can be adopted. */
			readonly renderer: 'directory' | 'kustomize' | 'helm';
	  }
	| {readonly ok: false; readonly problems: readonly Problem[]};

// ---- Cluster -------------------------------------------------------------------------------------------------------

/** One served kind at its preferred version. */
export interface ResourceKind {
	readonly group: string;
	readonly version: string;
	readonly kind: string;
	/** Plural, as in URLs. */
	readonly resource: string;
	readonly isNamespaced: boolean;
	readonly verbs: readonly string[];
	/** Every served version, preferred first. */
	readonly versions: readonly string[];
}

export interface Cluster {
	readonly context: string;
	readonly server: string;
	/** uid of the kube-system namespace: names the cluster whatever its address. */
	identity(): Promise<ClusterIdentity>;
	/** Looks a kind up; asks discovery again (at most once a second) when it is unknown. null: not served. */
	kind(group: string, kind: string, version?: string): Promise<ResourceKind | null>;
	/** All kinds known from the last discovery. */
	kinds(): Promise<readonly ResourceKind[]>;
	/** Groups whose API service answers stale or not at all (aggregated discovery marks them). */
	staleGroups(): readonly string[];
	/** Forgets discovery: after a CRD was applied. */
	invalidateDiscovery(): void;
	/** null: 404. */
	get(ref: ObjectRef, view: ObjectView): Promise<KubernetesObject | null>;
	list(kind: ResourceKind, options: ListOptions): Promise<ListResult>;
	/** Lists, then watches, for ever; see {@link WatchHandler}. */
	watch(kind: ResourceKind, options: WatchOptions, handler: WatchHandler): WatchHandle;
	apply(object: KubernetesObject, options: ApplyOptions): Promise<KubernetesObject>;
	/** DELETE with a uid precondition. Resolves with false when it was gone already. */
	remove(ref: ObjectRef, options: {uid: string; propagation: 'foreground' | 'background' | 'orphan'}): Promise<boolean>;
	/** RFC 6902. */
	patchJson(
		ref: ObjectRef,
		operations: readonly JsonPatchOperation[],
		options: {manager: string},
	): Promise<KubernetesObject>;
	/** Plain create and replace, for our own bookkeeping objects; replace is optimistic on resourceVersion. */
	create(object: KubernetesObject, options: {manager: string}): Promise<KubernetesObject>;
	replace(object: KubernetesObject, options: {manager: string}): Promise<KubernetesObject>;
	/** SelfSubjectAccessReview. */
	mayI(verb: string, kind: Pick<ResourceKind, 'group' | 'resource'>, namespace: string): Promise<boolean>;
	/** Milliseconds by which our clock is ahead of the API server's, from its Date header (one-second resolution). */
	clockSkew(): Promise<number>;
	readonly counters: ClusterCounters;
	/** Whether the API server answers, and since when not. */
	readonly connection: {state: 'connecting' | 'live' | 'stale'; since: number; problem?: Problem};
	onConnectionChange(listener: () => void): void;
	close(): Promise<void>;
}

export interface ClusterIdentity {
	readonly uid: string;
	/** `v1.36.3`. */
	readonly version: string;
}

/** `metadata` asks for PartialObjectMetadata: no spec, no status, no Secret data. */
export type ObjectView = 'metadata' | 'object';

export interface ListOptions {
	readonly view: ObjectView;
	/** Absent: all namespaces. */
	readonly namespace?: string;
	readonly labelSelector?: string;
	readonly limit?: number;
	/** Called a page at a time; when given, items are not collected. */
	readonly onPage?: (items: KubernetesObject[]) => void;
	readonly signal?: AbortSignal;
}

export interface ListResult {
	readonly items: KubernetesObject[];
	readonly resourceVersion: string;
}

export interface WatchOptions {
	readonly view: ObjectView;
	readonly namespace?: string;
	readonly labelSelector?: string;
}

export interface WatchHandler {
	/** A complete list: at the start, and again after 410 or when the watch had to be restarted from nothing. */
	onList(items: KubernetesObject[]): void;
	onEvent(type: 'ADDED' | 'MODIFIED' | 'DELETED', object: KubernetesObject): void;
	/** live: every change until now was seen. stale: since when not, and why. */
	onState(state: {state: 'live' | 'stale'; since: number; problem?: Problem}): void;
}

export interface WatchHandle {
	stop(): void;
	/** Resolves after the first complete list. */
	readonly ready: Promise<void>;
}

export interface ApplyOptions {
	readonly manager: string;
	readonly force: boolean;
	readonly dryRun?: boolean;
	readonly signal?: AbortSignal;
}

export interface JsonPatchOperation {
	readonly op: 'add' | 'remove' | 'replace' | 'test';
	readonly path: string;
	readonly value?: unknown;
}

export interface ClusterCounters {
	reads: number;
	writes: number;
	dryRuns: number;
	watches: number;
	retries: number;
}

// ---- Journal -------------------------------------------------------------------------------------------------------

/** Append-only history and the rebuildable fingerprints. Never throws on write: a full disk is a state, not a crash. */
export interface Journal {
	/** Fresh id, sortable by time. */
	append(entry: JournalEntry): void;
	query(query: JournalQuery): JournalEntry[];
	/** Drift events whose action changed later (healing → healed): same id, last write wins. */
	updateDrift(event: DriftEvent): void;
	loadFingerprints(clusterUid: string, application: string): Map<ObjectKey, Fingerprint>;
	/** Batched and written in one transaction shortly after. */
	saveFingerprint(clusterUid: string, application: string, key: ObjectKey, fingerprint: Fingerprint): void;
	dropFingerprint(clusterUid: string, application: string, key: ObjectKey): void;
	/** How the application stood when it was last told; null: nobody remembers. */
	loadStanding(clusterUid: string, application: string): Standing | null;
	/** Batched like fingerprints; the last one counts. */
	saveStanding(clusterUid: string, application: string, standing: Standing): void;
	/** 32 random bytes made once per installation: keys the hashes of values, so that stored hashes tell nothing. */
	readonly hashKey: Buffer;
	/** Absent while all is well. */
	readonly problem: Problem | undefined;
	onProblemChange(listener: (problem: Problem | undefined) => void): void;
	/** Writes what is batched. */
	flush(): void;
	close(): void;
}
