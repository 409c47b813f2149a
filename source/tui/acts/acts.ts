import type {Dialogs} from '../dialogs/dialogs.ts';
import {questionsOnScreen} from '../dialogs/on-screen.tsx';
import type {ReadableStore} from '../store/store.ts';
import type {StyleName} from '../theme/styles.ts';
import {createArming} from './arming.ts';
import {createFollowStore} from './follow-store.ts';
import {createLedger} from './ledger.ts';
import type {ActClient, ActPorts, World} from './ports.ts';
import {createTurns} from './turns.ts';

export interface ActsOptions {
	readonly client: () => ActClient | null;
	readonly world: ReadableStore<World>;
	readonly catchUp: () => void;
	readonly dialogs: Dialogs;
	readonly toast: (text: string, style?: StyleName) => void;
	readonly copy: (text: string) => boolean;
	/** `ana@bastion-1`: owner of holds, initiator of everything else. */
	readonly who: string;
	/** `--read-only`. */
	readonly isReadOnly: boolean;
}

/** The acts of one screen, wired to it. */
export function createActs(options: ActsOptions): ActPorts {
	const {dialogs, who, isReadOnly, ...rest} = options;
	const now = Date.now;
	return {
		...rest,
		questions: questionsOnScreen(dialogs, now),
		now,
		who,
		ledger: createLedger(who, now),
		arming: createArming(isReadOnly),
		turns: createTurns(),
		follows: createFollowStore(),
	};
}
