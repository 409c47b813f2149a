import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';

/** What one declaration of an application came to: the application, or why it is left out. */
export type Candidate =
	| {readonly type: 'read'; readonly application: Application}
	| {readonly type: 'left-out'; readonly problems: readonly Problem[]};

export interface ReadOptions {
	/** Milliseconds between pulls where a source names no interval. */
	readonly intervalMilliseconds: number;
}

/** Said in DESIGN.md: every minute. */
export const defaultIntervalMilliseconds = 60_000;
