import {characterKey, type InputEvent, type KeyPress, namedKey} from './key.ts';
import type {InputLayers} from './layers.ts';

/** Hands events on, one at a time. */
export interface InputQueue {
	add(events: readonly InputEvent[]): void;
	/** Resolves when everything that was added has been handled. */
	settled(): Promise<void>;
}

/**
 * Keys that arrive together are handled one after the other, each on the screen that the one before it left: after `:`
 * the palette is there before the first letter of its word. React commits what a store changed in a microtask, so the
 * next turn of the event loop is soon enough.
 */
export function createInputQueue(layers: InputLayers): InputQueue {
	let waiting: InputEvent[] = [];
	let running: Promise<void> | null = null;
	const run = async () => {
		// A first event waits for its turn too: whoever sends a key is not called back by it.
		await nextTurn();
		while (waiting.length > 0) {
			const event = waiting.shift()!;
			if (event.type === 'paste' || !handleAlt(event)) layers.handle(event);
			await nextTurn();
		}
		running = null;
	};
	/**
	 * Escape and a letter that arrive together look like alt and the letter. Where nobody wants that chord it was two keys.
	 */
	const handleAlt = (key: KeyPress): boolean => {
		if (!key.chord.startsWith('alt+')) return false;
		if (layers.handle(key)) return true;
		const name = key.chord.slice('alt+'.length);
		const rest = [...name].length === 1 ? characterKey(name) : namedKey(name);
		waiting.unshift(namedKey('escape'), rest);
		return true;
	};
	return {
		add(events) {
			waiting = [...waiting, ...events];
			running ??= run();
		},
		settled: async () => {
			while (running) await running;
		},
	};
}

function nextTurn(): Promise<void> {
	return new Promise(resolve => {
		setImmediate(resolve);
	});
}
