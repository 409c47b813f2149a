import type {DialogBody} from './body.tsx';
import type {Dialogs} from './dialogs.ts';
import {form} from './form.tsx';

export interface AskTextOptions {
	readonly title: string;
	readonly body?: DialogBody;
	readonly label: string;
	readonly initial?: string;
	/** What Enter does: `saves`. */
	readonly verb: string;
	/** true, or what is wrong with it. */
	readonly check?: (text: string) => true | string;
}

/** Asks for one line of text. */
export async function askText(dialogs: Dialogs, options: AskTextOptions): Promise<string | null> {
	const {label, initial, check, ...rest} = options;
	const values = await form(dialogs, {...rest, fields: [{type: 'text', id: 'text', label, initial, check}]});
	return values?.text ?? null;
}
