import type {JournalEntry} from '../model/journal.ts';
import type {WorkerMode} from '../model/status.ts';
import type {WorkerOptions} from '../protocol/worker-options.ts';

/** Every flag there is, with its parsed value. A flag means the same with every verb that takes it. */
export interface Flags {
	/** Absolute or relative paths as given. */
	readonly config: readonly string[];
	readonly context?: string;
	readonly kubeconfig?: string;
	readonly repo?: string;
	readonly path?: string;
	readonly namespace?: string;
	readonly revision?: string;
	readonly once?: boolean;
	/** Milliseconds. */
	readonly interval?: number;
	readonly logLevel?: WorkerOptions['logLevel'];
	readonly help?: boolean;
	readonly version?: boolean;
	readonly output?: string;
	/** Milliseconds. */
	readonly wait?: number;
	readonly all?: boolean;
	readonly dryRun?: boolean;
	/** Absent: as the application's own policy says. */
	readonly prune?: boolean;
	readonly confirmDeletions?: string;
	readonly yes?: boolean;
	/** `Kind/name` or `Kind/namespace/name`. */
	readonly only: readonly string[];
	readonly overrideHold?: boolean;
	readonly ignoreWindow?: boolean;
	readonly end?: boolean;
	/** How long a hold lasts, in milliseconds. */
	readonly for?: number;
	/** When a hold ends, as RFC 3339. */
	readonly until?: string;
	readonly reason?: string;
	/** Whether a hold stops automatic syncs too. */
	readonly sync?: boolean;
	readonly breakGlass?: boolean;
	readonly id: readonly string[];
	readonly branch?: string;
	/** Number of the parent that a reverted merge goes back to, from 1. */
	readonly mainline?: number;
	/** Field paths as drift events print them. */
	readonly field: readonly string[];
	/** A duration back from now, or a moment as RFC 3339. */
	readonly since?: string;
	readonly follow?: boolean;
	readonly limit?: number;
	readonly type: readonly JournalEntry['type'][];
	readonly hard?: boolean;
	readonly mode?: WorkerMode;
	readonly verbose?: boolean;
	readonly attach?: boolean;
	readonly readOnly?: boolean;
	readonly snapshot?: boolean;
}

export type FlagName = keyof Flags;

/**
 * `choice` stands for one of a fixed set; `texts` may be repeated; `words` may be repeated and is a comma-separated list, of
 * choices where there are some.
 */
export type FlagKind = 'switch' | 'text' | 'texts' | 'duration' | 'count' | 'choice' | 'words';

export interface FlagDefinition {
	readonly name: FlagName;
	/** As typed, without the dashes. */
	readonly long: string;
	readonly short?: string;
	readonly kind: FlagKind;
	/** What help calls the value. */
	readonly placeholder?: string;
	readonly choices?: readonly string[];
	/** May stand without a value; what it means then is up to the verb. A value needs `=`. */
	readonly isValueOptional?: boolean;
	readonly summary: string;
}

/** Names follow kubectl's where kubectl has them. */
export const flagTable: readonly FlagDefinition[] = [
	{
		name: 'config',
		long: 'config',
		kind: 'texts',
		placeholder: 'FILE|DIRECTORY',
		summary: 'applications to hold; may be repeated (default: ./holdfast.yaml, else $HOLDFAST_CONFIG)',
	},
	{
		name: 'context',
		long: 'context',
		kind: 'text',
		placeholder: 'NAME',
		summary: 'context of the kubeconfig (default: its current context)',
	},
	{
		name: 'kubeconfig',
		long: 'kubeconfig',
		kind: 'text',
		placeholder: 'FILE',
		summary: 'kubeconfig file (default: $KUBECONFIG, else ~/.kube/config)',
	},
	{
		name: 'repo',
		long: 'repo',
		kind: 'text',
		placeholder: 'URL',
		summary: 'one application from this repository, without any configuration file',
	},
	{name: 'path', long: 'path', kind: 'text', placeholder: 'FOLDER', summary: 'with --repo: folder in the repository'},
	{
		name: 'namespace',
		long: 'namespace',
		short: 'n',
		kind: 'text',
		placeholder: 'NAME',
		summary: 'with --repo: namespace the application lives in (default: default)',
	},
	{
		name: 'revision',
		long: 'revision',
		kind: 'text',
		placeholder: 'REVISION',
		summary: 'with --repo: branch, tag, commit or semver range (default: HEAD)',
	},
	{
		name: 'once',
		long: 'once',
		kind: 'switch',
		summary: 'look with a private worker that ends with the command, even when one is running',
	},
	{
		name: 'interval',
		long: 'interval',
		kind: 'duration',
		placeholder: 'DURATION',
		summary: 'time between pulls for sources that set none, when a worker is started',
	},
	{
		name: 'logLevel',
		long: 'log-level',
		kind: 'choice',
		choices: ['error', 'warn', 'info', 'debug'],
		placeholder: 'LEVEL',
		summary: 'how much a started worker writes to its log file (default: info)',
	},
	{name: 'help', long: 'help', short: 'h', kind: 'switch', summary: 'explain a verb'},
	{name: 'version', long: 'version', kind: 'switch', summary: 'print the version'},
	{
		name: 'output',
		long: 'output',
		short: 'o',
		kind: 'choice',
		placeholder: 'FORMAT',
		summary: 'format of the output',
	},
	{
		name: 'wait',
		long: 'wait',
		kind: 'duration',
		placeholder: 'DURATION',
		isValueOptional: true,
		summary: 'wait until every application named is Synced and Healthy',
	},
	{name: 'all', long: 'all', kind: 'switch', summary: 'every application of the configuration'},
	{name: 'dryRun', long: 'dry-run', kind: 'switch', summary: 'show what would be done, write nothing'},
	{
		name: 'prune',
		long: 'prune',
		kind: 'switch',
		summary: "delete what is no longer in Git; --prune=false keeps it (default: the application's policy)",
	},
	{
		name: 'confirmDeletions',
		long: 'confirm-deletions',
		kind: 'text',
		placeholder: 'TOKEN',
		summary: 'approve exactly the list of deletions that was printed with this token',
	},
	{name: 'yes', long: 'yes', short: 'y', kind: 'switch', summary: 'do not ask; needed where nobody can be asked'},
	{
		name: 'only',
		long: 'only',
		kind: 'words',
		placeholder: 'KIND/NAME,…',
		summary: 'only these objects: nothing else is written or deleted, and no hook runs',
	},
	{
		name: 'overrideHold',
		long: 'override-hold',
		kind: 'switch',
		summary: 'write also what somebody holds; the plan says what that overwrites',
	},
	{
		name: 'ignoreWindow',
		long: 'ignore-window',
		kind: 'switch',
		summary: 'sync although a sync window denies it, where the window lets people',
	},
	{name: 'end', long: 'end', kind: 'switch', summary: 'end the running sync, and say what it had done'},
	{
		name: 'for',
		long: 'for',
		kind: 'duration',
		placeholder: 'DURATION',
		summary: 'how long the hold lasts: 30m, 1h, 2d; it ends by itself',
	},
	{
		name: 'until',
		long: 'until',
		kind: 'text',
		placeholder: 'TIME',
		summary: 'in place of --for: when it ends, as 2026-11-21T12:00:00Z',
	},
	{
		name: 'reason',
		long: 'reason',
		kind: 'text',
		placeholder: 'TEXT',
		summary: 'why, for everybody who sees it later',
	},
	{name: 'sync', long: 'sync', kind: 'switch', summary: 'also stop automatic syncs of new commits'},
	{
		name: 'breakGlass',
		long: 'break-glass',
		kind: 'switch',
		summary: 'hold without an end, until somebody resumes it; needs --reason',
	},
	{
		name: 'id',
		long: 'id',
		kind: 'words',
		placeholder: 'ID,…',
		summary: 'only the holds with these ids, as holdfast holds shows them',
	},
	{
		name: 'branch',
		long: 'branch',
		kind: 'text',
		placeholder: 'NAME',
		summary: 'push to this branch, to be merged by somebody, instead of the tracked one',
	},
	{
		name: 'mainline',
		long: 'mainline',
		short: 'm',
		kind: 'count',
		placeholder: 'PARENT',
		summary: 'of a merge: the parent to go back to, counted from 1, as with git revert',
	},
	{
		name: 'field',
		long: 'field',
		kind: 'texts',
		placeholder: 'PATH',
		summary: 'only this field; may be repeated (default: every field of the object that drifted)',
	},
	{
		name: 'since',
		long: 'since',
		kind: 'text',
		placeholder: 'DURATION|TIME',
		summary: 'not older than this: 1h, 2d, or 2026-11-21T11:00:00Z',
	},
	{name: 'follow', long: 'follow', short: 'f', kind: 'switch', summary: 'go on printing what happens'},
	{
		name: 'limit',
		long: 'limit',
		kind: 'count',
		placeholder: 'N',
		summary: 'at most this many, the newest',
	},
	{
		name: 'type',
		long: 'type',
		kind: 'words',
		choices: ['sync', 'drift', 'error', 'revision', 'hold', 'revert', 'adopt', 'worker'],
		placeholder: 'TYPE,…',
		summary: 'only these',
	},
	{
		name: 'hard',
		long: 'hard',
		kind: 'switch',
		summary: 'compare every object by a dry run, also what looks unchanged',
	},
	{
		name: 'mode',
		long: 'mode',
		kind: 'choice',
		choices: ['reconcile', 'observe'],
		placeholder: 'MODE',
		summary: 'reconcile syncs and heals by itself; observe writes nothing unless asked (default: reconcile)',
	},
	{name: 'verbose', long: 'verbose', kind: 'switch', summary: 'also print what happens, as `events --follow` does'},
	{name: 'attach', long: 'attach', kind: 'switch', summary: 'only attach to a worker that runs; start none'},
	{name: 'readOnly', long: 'read-only', kind: 'switch', summary: 'no key writes anything'},
	{name: 'snapshot', long: 'snapshot', kind: 'switch', summary: 'print one frame as text, and end'},
];

/** Taken by every verb, so that an alias such as `holdfast --context eu-prod` works with all of them. */
export const globalFlags: readonly FlagName[] = [
	'config',
	'context',
	'kubeconfig',
	'repo',
	'path',
	'namespace',
	'revision',
	'once',
	'interval',
	'logLevel',
	'help',
	'version',
];

export function flagNamed(name: FlagName): FlagDefinition {
	return flagTable.find(flag => flag.name === name)!;
}
