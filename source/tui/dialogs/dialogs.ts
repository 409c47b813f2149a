import type {ReactNode} from 'react';
import {createStore, type ReadableStore} from '../store/store.ts';

/** A question that is on the screen, or waits for its turn. */
export interface OpenDialog {
	readonly id: number;
	/** Draws it. Called with what answers it; after the first answer the dialog is gone. */
	readonly render: () => ReactNode;
	/** Takes it away unanswered. */
	readonly dismiss: () => void;
}

/**
 * Questions, one at a time, each a promise. An act asks and waits (see questions.ts); no pane holds
 * a flag for it. Whoever leaves a dialog answers with null.
 */
export interface Dialogs {
	/** Those that wait and, first, the one on the screen. */
	readonly queue: ReadableStore<readonly OpenDialog[]>;
	open<Answer>(render: (answer: (value: Answer | null) => void) => ReactNode): Promise<Answer | null>;
	/** Takes all of them away: the screen ends. */
	dismissAll(): void;
}

export function createDialogs(): Dialogs {
	const queue = createStore<readonly OpenDialog[]>([]);
	let nextId = 1;
	return {
		queue,
		open<Answer>(render: (answer: (value: Answer | null) => void) => ReactNode) {
			return new Promise<Answer | null>(resolve => {
				const id = nextId++;
				const answer = (value: Answer | null) => {
					queue.setState(dialogs => dialogs.filter(dialog => dialog.id !== id));
					resolve(value);
				};
				queue.setState(dialogs => [...dialogs, {id, render: () => render(answer), dismiss: () => answer(null)}]);
			});
		},
		dismissAll() {
			for (const dialog of queue.getState()) dialog.dismiss();
		},
	};
}
