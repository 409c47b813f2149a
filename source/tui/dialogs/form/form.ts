import type {Frame} from '../../present/frame.ts';
import type {LineText} from '../../theme/styles.ts';
import type {Tone} from '../tone.ts';

/** What was filled in, by the field's id. A box that is ticked is `yes`, one that is not the empty text. */
export type FormValues = Readonly<Record<string, string>>;

interface FieldBase {
	readonly id: string;
	/** One word in front of it; empty: it belongs to the field above. */
	readonly label: string;
	/** Whether it stands there, given the rest. Default: always. */
	readonly isShown?: (values: FormValues) => boolean;
}

/** Exactly one of several. */
export interface RadioField extends FieldBase {
	readonly type: 'radio';
	readonly options: readonly {readonly value: string; readonly label: string}[];
	readonly value: string;
}

export interface CheckField extends FieldBase {
	readonly type: 'check';
	readonly text: string;
	readonly isOn: boolean;
}

export interface TextField extends FieldBase {
	readonly type: 'text';
	readonly value: string;
	/** Stands there while it is empty. */
	readonly placeholder?: string;
}

export type Field = RadioField | CheckField | TextField;

export interface Form {
	readonly title: string;
	readonly tone: Tone;
	readonly fields: readonly Field[];
	/** Where the cursor is at first. */
	readonly focus: string;
	/** What enter does: `holds`. */
	readonly verb: string;
	/** Lines below the fields, for example what the answer would mean. */
	readonly notes: (values: FormValues, frame: Frame) => readonly LineText[];
	/** Why it cannot be sent as it is; null: it can. */
	readonly check: (values: FormValues) => string | null;
}

export function isTicked(values: FormValues, id: string): boolean {
	return values[id] === 'yes';
}
