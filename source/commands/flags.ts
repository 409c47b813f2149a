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
	/** Milliseconds without a client after which a worker ends. */
	readonly linger?: number;
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
