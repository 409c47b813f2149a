import type {LoggedCommit} from '../../model/commit.ts';
import type {FieldChange} from '../../model/drift.ts';
import type {HeldObject} from '../../model/hold.ts';
import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';
import type {ProtocolClient} from '../../protocol/client.ts';
import type {Questions} from '../dialogs/questions.ts';
import type {ReadableStore} from '../store/store.ts';
import type {StyleName} from '../theme/styles.ts';
import type {Arming} from './arming.ts';
import type {FollowStore} from './follow-store.ts';
import type {Ledger} from './ledger.ts';
import type {Turns} from './turns.ts';

/** What acts ask of the worker. */
export type ActClient = Pick<
	ProtocolClient,
	'sync' | 'endSync' | 'diff' | 'hold' | 'resume' | 'revert' | 'adopt' | 'refresh'
>;

/** What acts know of the world: always the newest, never the frozen picture. */
export interface World {
	readonly worker: WorkerStatus | null;
	readonly applications: ReadonlyMap<string, ApplicationStatus>;
}

/** A drift that is selected. */
export interface SelectedDrift {
	readonly application: string;
	readonly object: HeldObject;
	readonly fields: readonly FieldChange[];
	/** Whether it stands now. */
	readonly isOpen: boolean;
}

/** What a person is pointing at when a key is pressed. Acts read it once and keep to it. */
export interface Selection {
	readonly application: ApplicationStatus | null;
	/** Names of marked applications. */
	readonly marked: readonly string[];
	/** The object that is selected, in the tree, a drift or a view. */
	readonly object: HeldObject | null;
	/**
	 * What a sync of the application could be limited to, as `Kind/name` or `Kind/namespace/name`: the marked objects that
	 * Git declares, else the selected one.
	 */
	readonly objects: readonly string[];
	readonly drift: SelectedDrift | null;
	readonly commit: LoggedCommit | null;
}

/** Everything that an act may touch. Flows are functions of this and of what they act on; tests give fakes. */
export interface ActPorts {
	/** null while there is no worker to talk to. */
	readonly client: () => ActClient | null;
	readonly world: ReadableStore<World>;
	/** Takes into the world what the worker told before its last answer. */
	readonly catchUp: () => void;
	readonly questions: Questions;
	/** One sentence at the foot of the screen. */
	readonly toast: (text: string, style?: StyleName) => void;
	/** Epoch milliseconds. */
	readonly now: () => number;
	/** `ana@bastion-1`. */
	readonly who: string;
	readonly ledger: Ledger;
	readonly arming: Arming;
	readonly turns: Turns;
	readonly follows: FollowStore;
	/** Puts a text on the clipboard of the terminal; false when it is too long. */
	readonly copy: (text: string) => boolean;
}
