import type {Table} from '../widgets/table/index.ts';
import type {Draw} from './content/content.ts';
import type {Form, FormValues} from './form/form.ts';
import type {Tone} from './tone.ts';

/** Something to look at, or to change, before the answer. The dialog closes; whoever asked shows it and asks again. */
export interface More {
	readonly id: string;
	/**
	 * One letter. Where a word is being typed that begins with it, `ctrl` and the letter; that works everywhere.
	 */
	readonly key: string;
	/** Stands behind the key: `see the diff`. */
	readonly title: string;
}

/** What a yes is. Nothing but that is one. */
export type Approval =
	/** A button that is not focused when the dialog opens: going there is the yes. */
	| {readonly type: 'button'; readonly label: string}
	/** Exactly these characters, and enter. `purpose`: `to sync`. */
	| {readonly type: 'word'; readonly word: string; readonly purpose: string}
	/** There is nothing to say yes to. */
	| {readonly type: 'none'};

export interface Question {
	readonly title: string;
	readonly tone: Tone;
	readonly body: Draw;
	readonly approval: Approval;
	readonly more: readonly More[];
}

export type QuestionAnswer = {readonly type: 'approved'} | {readonly type: 'more'; readonly id: string};

export interface Option {
	readonly id: string;
	readonly label: string;
	/** A letter that chooses it at once. */
	readonly key?: string;
	/** What stands behind it, quiet. */
	readonly hint?: string;
}

export interface Choice {
	readonly title: string;
	/** Stands above the options. */
	readonly body?: Draw;
	/** Says what the hints say: where it can be drawn they are left out. */
	readonly table?: Table;
	readonly options: readonly Option[];
}

/** Something to read. */
export interface Page {
	readonly title: string;
	readonly body: Draw;
}

/** Something that is waited for, and can be left. */
export interface Waiting<Value> {
	readonly title: string;
	readonly text: string;
	/** The signal tells that nobody waits any more. */
	readonly work: (signal: AbortSignal) => Promise<Value>;
}

/**
 * The questions that acts ask, one at a time. null: it was left. Implemented by dialogs on the screen; tests answer with a
 * table.
 */
export interface Questions {
	ask(question: Question): Promise<QuestionAnswer | null>;
	fill(form: Form): Promise<FormValues | null>;
	/** The id of what was chosen. */
	choose(choice: Choice): Promise<string | null>;
	show(page: Page): Promise<void>;
	/** Rejects as the work does; null when it was left, and then whatever the work answers is dropped. */
	wait<Value>(waiting: Waiting<Value>): Promise<Value | null>;
}
