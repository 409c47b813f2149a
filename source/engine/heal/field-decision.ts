import type {HealMode} from '../../model/application.ts';
import type {FieldChange} from '../../model/drift.ts';

/** How one change is dealt with. */
export interface FieldDecision {
	readonly field: FieldChange;
	readonly mode: HealMode;
	readonly isContested: boolean;
	/** Epoch milliseconds before which it is left alone; undefined: no need to wait. */
	readonly waitsUntil?: number | undefined;
}
