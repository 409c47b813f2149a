import {useLayoutEffect, useRef} from 'react';
import {useInputLayers} from './input-context.ts';
import type {KeyPress} from './key.ts';
import type {Layer, Priority} from './layers.ts';

/** What is done at which chord. */
export type KeyHandlers = Readonly<Record<string, () => void>>;

export interface KeysOptions {
	readonly priority: Priority;
	/** Default: true. */
	readonly isActive?: boolean;
	/** As in Layer. */
	readonly isModal?: boolean;
	readonly deafMilliseconds?: number;
	readonly onPaste?: (text: string) => void;
}

/**
 * Takes keys while the component is mounted. The only way to hear a key: Ink's own hook loses keys that arrive together,
 * takes a slow arrow for Escape and runs a paste as commands.
 */
export function useKeys(handlers: KeyHandlers | ((key: KeyPress) => boolean), options: KeysOptions): void {
	const layers = useInputLayers();
	const {priority, isActive = true, isModal = false, deafMilliseconds = 0, onPaste} = options;
	// The newest handlers without a new place among the layers.
	const latest = useRef({handlers, onPaste});
	useLayoutEffect(() => {
		latest.current = {handlers, onPaste};
	});
	const takesPaste = onPaste !== undefined;
	useLayoutEffect(() => {
		if (!isActive) return;
		const layer: Layer = {
			priority,
			isModal,
			deafMilliseconds,
			onKey: key => handle(latest.current.handlers, key),
			...(takesPaste && {onPaste: (text: string) => latest.current.onPaste?.(text)}),
		};
		return layers.add(layer);
	}, [layers, priority, isActive, isModal, deafMilliseconds, takesPaste]);
}

function handle(handlers: KeyHandlers | ((key: KeyPress) => boolean), key: KeyPress): boolean {
	if (typeof handlers === 'function') return handlers(key);
	if (!Object.hasOwn(handlers, key.chord)) return false;
	handlers[key.chord]?.();
	return true;
}
