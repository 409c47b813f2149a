/** Changes in Git: what one would do, and what became of it. */
import type {FileChange} from '../../model/commit.ts';
import type {Problem} from '../../model/errors.ts';
import type {Plan} from '../../model/plan.ts';
import type {ObjectDiff} from './diff.ts';

/** What a change in Git would do, before it is pushed. */
export interface ChangePreview {
	/** Names exactly this change and this effect. */
	readonly token: string;
	/** The tracked branch. */
	readonly branch: string;
	/** `Ana <ana@example.com>`. */
	readonly author: string;
	readonly isSigned: boolean;
	readonly message: string;
	readonly files: readonly FileChange[];
	/** Unified diff: safe, bounded, Secrets masked. */
	readonly diff: string;
	readonly isTruncated: boolean;
	/** Every application whose rendered state the change touches, the one asked about first. */
	readonly effects: readonly ApplicationEffect[];
	/** Applications on the same repository and branch that it does not touch. */
	readonly untouched: readonly string[];
}

export interface ApplicationEffect {
	readonly application: string;
	readonly context: string;
	readonly namespace: string;
	readonly plan: Plan;
	readonly objects: readonly ObjectDiff[];
	/** Why a sync would not follow by itself, or could fail. */
	readonly problems: readonly Problem[];
	readonly isAutomated: boolean;
}

export interface PushedChange {
	readonly commit: string;
	readonly branch: string;
	/** `tracked`: applications follow by themselves. `offered`: on a branch of its own, to be merged by somebody. */
	readonly type: 'tracked' | 'offered';
	/** What the remote said, for example where to open a merge request; safe text. */
	readonly remoteMessage: string;
	/** Commands that bring an offered branch in; nothing is assumed about the forge. */
	readonly nextSteps: readonly string[];
	/** Why the tracked branch was not used although it was asked for. */
	readonly refusedBecause?: string;
}
