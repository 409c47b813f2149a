import type {Problem} from './errors.ts';

/** One application: what to read from Git, how to render it, where it lives, and how far holdfast may go by itself. */
export interface Application {
	/** Unique within one worker. An RFC 1123 label of at most 63 characters: it names the inventory ConfigMap too. */
	readonly name: string;
	readonly source: ApplicationSource;
	readonly destination: Destination;
	readonly syncPolicy: SyncPolicy;
	readonly driftPolicy: DriftPolicy;
	readonly ignoreDifferences: readonly IgnoreDifference[];
	readonly guards: Guards;
	/** Applications that have to be Synced and Healthy before this one is synced automatically. */
	readonly dependsOn: readonly string[];
	readonly syncWindows: readonly SyncWindow[];
	/** Declared as suspended (Flux `spec.suspend`, Argo CD `skip-reconcile`): observed, never written. */
	readonly isSuspended: boolean;
	readonly declaredAt: DeclaredAt;
	/** What was understood but is not supported, or is ignored on purpose. Never silent. */
	readonly notices: readonly Problem[];
}

export interface DeclaredAt {
	readonly file: string;
	readonly line: number;
	/** The document's own format. */
	readonly format: 'holdfast' | 'argo-cd' | 'flux' | 'command-line';
}

export interface ApplicationSource {
	/** As given to git: https, ssh, scp-like, file:// or an absolute path. */
	readonly repoURL: string;
	readonly target: TargetRevision;
	/** Folder within the repository, without leading or trailing slash; `` (empty) is the root. */
	readonly path: string;
	readonly render: RenderParameters;
	/** Milliseconds between pulls, before jitter. */
	readonly intervalMilliseconds: number;
}

/** `auto` follows Argo CD: `HEAD`, a branch, a tag, a commit or a semver range, told apart by looking at the remote. */
export type TargetRevision =
	| {readonly type: 'auto'; readonly value: string}
	| {readonly type: 'branch'; readonly value: string}
	| {readonly type: 'tag'; readonly value: string}
	| {readonly type: 'semver'; readonly value: string}
	| {readonly type: 'commit'; readonly value: string};

export type RenderParameters = {readonly type: 'auto'} | DirectoryParameters | KustomizeParameters | HelmParameters;

export interface DirectoryParameters {
	readonly type: 'directory';
	readonly recurse: boolean;
	/** Globs relative to the application's path, as Argo CD's `directory.include`: `{a,b}/*.yaml`. Empty: all. */
	readonly include: string;
	readonly exclude: string;
}

export interface KustomizeParameters {
	readonly type: 'kustomize';
	readonly namePrefix?: string;
	readonly nameSuffix?: string;
	/** Sets the namespace of everything (Flux `targetNamespace`, Argo CD `kustomize.namespace`). */
	readonly namespace?: string;
	/** `name=newName:newTag`, `name:tag` or `name=newName@digest`. */
	readonly images: readonly string[];
	readonly commonLabels: Readonly<Record<string, string>>;
	readonly commonAnnotations: Readonly<Record<string, string>>;
	readonly patches: readonly unknown[];
	readonly components: readonly string[];
	/** Flux generates a kustomization where there is none; Argo CD refuses. */
	readonly generateWhenMissing: boolean;
}

export interface HelmParameters {
	readonly type: 'helm';
	readonly releaseName?: string;
	/** Relative to the chart's folder; `$ref/…` is not supported yet. */
	readonly valueFiles: readonly string[];
	readonly ignoreMissingValueFiles: boolean;
	/** Inline values as an object; wins over valueFiles. */
	readonly values: Readonly<Record<string, unknown>>;
	/** `--set` / `--set-string`; win over values. */
	readonly parameters: readonly {readonly name: string; readonly value: string; readonly forceString: boolean}[];
	readonly skipCRDs: boolean;
	readonly skipTests: boolean;
}

/** Where an application lives. With neither context nor server: the worker's own context. */
export interface Destination {
	readonly context?: string;
	/** API server URL; matched against the kubeconfig's clusters. `https://kubernetes.default.svc` means the worker's own. */
	readonly server?: string;
	/** Default namespace of namespaced objects, and the home of the inventory. */
	readonly namespace: string;
}

export interface SyncPolicy {
	/** Absent: only a person syncs. */
	readonly automated?: {readonly prune: boolean; readonly selfHeal: boolean; readonly allowEmpty: boolean};
	/** A sync is done only when its last wave is healthy too. */
	readonly waitForHealth: boolean;
	readonly createNamespace: boolean;
	readonly prunePropagation: 'foreground' | 'background' | 'orphan';
	readonly pruneLast: boolean;
	/** Largest number of deletions in one sync without a person's word: the larger of count and share. */
	readonly deletionBudget: {readonly count: number; readonly percent: number};
	readonly retry: {
		readonly limit: number;
		readonly backoffMilliseconds: number;
		readonly factor: number;
		readonly maximumMilliseconds: number;
	};
}

/**
 * When automatic syncs may run (Argo CD's sync windows). Deny beats allow; with any allow window, nothing is synced
 * outside of all of them.
 */
export interface SyncWindow {
	readonly kind: 'allow' | 'deny';
	/** Five-field cron expression of each beginning. */
	readonly schedule: string;
	readonly durationMilliseconds: number;
	/** IANA name; `UTC` unless given. */
	readonly timeZone: string;
	/** Whether a person may sync against it. */
	readonly manualSync: boolean;
}

/** What to do with drift: undo it, ask a person, or only report it. */
export type HealMode = 'heal' | 'ask' | 'observe';

export interface DriftPolicy {
	readonly mode: HealMode;
	/** First match wins over `mode`. */
	readonly rules: readonly DriftRule[];
	/** What is done about fields that others added inside maps and lists of ours (server-side apply leaves them). */
	readonly foreignAdditions: HealMode;
}

export interface DriftRule extends ObjectSelector {
	/** Field path as printed in events, e.g. `spec.replicas`; `*` matches one step, a trailing `.**` any depth. */
	readonly path: string;
	readonly mode: HealMode;
}

/** Absent fields match everything. */
export interface ObjectSelector {
	readonly group?: string;
	readonly kind?: string;
	readonly namespace?: string;
	readonly name?: string;
}

/** Argo CD's `ignoreDifferences`: such a path is neither compared nor written once another manager owns it. */
export interface IgnoreDifference extends ObjectSelector {
	/** RFC 6901. */
	readonly jsonPointers: readonly string[];
	/** Paths in the spelling of drift events. */
	readonly paths: readonly string[];
	/** Everything these field managers own is ignored. */
	readonly managers: readonly string[];
}

/** Project-like limits. Empty lists allow everything. */
export interface Guards {
	/** Contexts, servers and namespaces (globs) the application may write to. */
	readonly allowedNamespaces: readonly string[];
	readonly allowedServers: readonly string[];
	/** `Kind.group` globs, e.g. `Deployment.apps`, `*.rbac.authorization.k8s.io`. */
	readonly allowedKinds: readonly string[];
	readonly deniedKinds: readonly string[];
}

export const defaultSyncPolicy: SyncPolicy = {
	waitForHealth: false,
	createNamespace: false,
	prunePropagation: 'foreground',
	pruneLast: false,
	deletionBudget: {count: 10, percent: 20},
	retry: {limit: 5, backoffMilliseconds: 5_000, factor: 2, maximumMilliseconds: 180_000},
};
