import type {Problem} from '../model/errors.ts';
import type {WorkerMode} from '../model/status.ts';

/** Everything a worker process is told when it starts; passed as one JSON argument. All paths are absolute. */
export interface WorkerOptions {
	/** Unix socket to serve on. */
	readonly socket: string;
	readonly configuration: ConfigurationSource;
	readonly kubeconfig?: string;
	readonly context?: string;
	readonly mode: WorkerMode;
	/** How long to live on after the last client left; null: until told to stop. */
	readonly lingerMilliseconds: number | null;
	/** Milliseconds between pulls for sources that set no interval of their own. */
	readonly intervalMilliseconds?: number;
	/** Holds the journal. */
	readonly stateDirectory: string;
	/** Holds the mirrors. */
	readonly cacheDirectory: string;
	readonly logFile: string;
	readonly logLevel: 'error' | 'warn' | 'info' | 'debug';
}

export type ConfigurationSource =
	| {readonly type: 'files'; readonly paths: readonly string[]}
	| {
			readonly type: 'inline';
			readonly name: string;
			readonly repoURL: string;
			readonly path: string;
			readonly namespace: string;
			readonly target: string;
	  };

/** What a freshly started worker process tells its parent over the process channel, once. */
export type WorkerReport =
	| {readonly type: 'ready'; readonly pid: number}
	| {readonly type: 'failed'; readonly problem: Problem};
