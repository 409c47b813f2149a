import type {FlagName, Flags} from './flags.ts';
import type {Terminal} from './terminal/terminal.ts';

/**
 * How far a command can reach. `none` never makes a cluster write; `reversible` can be undone by the opposite command;
 * `destructive` may overwrite or delete objects in a cluster, and asks first.
 */
export type Danger = 'none' | 'reversible' | 'destructive';

/** One verb of the command line. Parsing, help, completion and the README are made from this and nothing else. */
export interface CommandDefinition {
	readonly name: string;
	/** What stands behind the verb: `APP…`, `[APP]`, `bash|zsh|fish`. Empty: no words at all. */
	readonly usage: string;
	/** One line, imperative, without a period. */
	readonly summary: string;
	/** Paragraphs shown by `--help` and in the README. */
	readonly description: readonly string[];
	readonly danger: Danger;
	/** Words behind the verb. Every verb refuses words beyond `maximum` (flux2 issue 4639). */
	readonly words: {readonly minimum: number; readonly maximum: number; readonly choices?: readonly string[]};
	/** Flags besides the global ones. */
	readonly flags: readonly FlagName[];
	/** What `--output` may be; the first is the default. Empty: the verb takes no `--output`. */
	readonly outputs: readonly string[];
	/** What a flag means when it is given without a value, for example `--wait`. */
	readonly bareValues?: Partial<Record<FlagName, string>>;
	/** Meaning of exit codes where it is more than done or failed. */
	readonly exits?: string;
	readonly examples: readonly string[];
	/** Imported only when the verb is used: start-up time is what everyone waits for. */
	readonly load: () => Promise<{readonly run: CommandRunner}>;
}

/** A command line that was understood. */
export interface Line {
	readonly command: CommandDefinition;
	/** Behind the verb: mostly names of applications. Each is given once, in the order given. */
	readonly words: readonly string[];
	readonly flags: Flags;
	/** The flags that say which applications where, as typed and quoted: for commands that we print. */
	readonly where: string;
}

/** Does the work and answers with the exit code (exit-codes.ts). Rejects with HoldfastError; the caller prints it. */
export type CommandRunner = (line: Line, terminal: Terminal) => Promise<number>;
