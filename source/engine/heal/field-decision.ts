import type {HealMode} from '../../model/application.ts';
import type {FieldChange} from '../../model/drift.ts';
import type {Hold} from '../../model/hold.ts';

/** How one change is dealt with. */
export interface FieldDecision {
	readonly field: FieldChange;
	readonly mode: HealMode;
	readonly isContested: boolean;
	/** Keeps it from being put back; null: nothing does. */
	readonly hold: Hold | null;
	/** Epoch milliseconds before which it is left alone; undefined: no need to wait. */
	readonly waitsUntil?: number | undefined;
}
