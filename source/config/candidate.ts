import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';

/** What one declaration of an application came to: the application, or why it is left out. */
export type Candidate =
	| {
			readonly type: 'read';
			readonly application: Application;
			/** Its dependsOn, each with its place. */
			readonly dependencies?: readonly Dependency[];
	  }
	| {readonly type: 'left-out'; readonly problems: readonly Problem[]};

/** The name of another application, and where it is said. */
export interface Dependency {
	readonly name: string;
	readonly file: string;
	readonly line: number;
}

export interface ReadOptions {
	/** Milliseconds between pulls where a source names no interval. */
	readonly intervalMilliseconds: number;
}

/** Said in DESIGN.md: every minute. */
export const defaultIntervalMilliseconds = 60_000;
