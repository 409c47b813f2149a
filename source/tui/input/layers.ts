import type {InputEvent, KeyPress} from './key.ts';

/** Who is asked first. Within one priority, who came last. */
export const priorities = ['critical', 'dialog', 'pane', 'global'] as const;

export type Priority = (typeof priorities)[number];

/** Somebody who takes keys. */
export interface Layer {
	readonly priority: Priority;
	/** Answers whether it took the key; what it leaves goes on to the next. */
	readonly onKey?: (key: KeyPress) => boolean;
	/** Only fields that take text have one: a paste that nobody takes is lost, and is never a command. */
	readonly onPaste?: (text: string) => void;
	/** Nothing that it leaves goes on to lower priorities. */
	readonly isModal?: boolean;
	/** Milliseconds after which it begins to hear; what comes before is lost, so that nothing typed blind confirms. */
	readonly deafMilliseconds?: number;
}

/** The layers of one screen. */
export interface InputLayers {
	/** @returns what takes it away again */
	add(layer: Layer): () => void;
	/** Hands an event to the layers; answers whether one took it. */
	handle(event: InputEvent): boolean;
}

interface Standing {
	readonly layer: Layer;
	readonly since: number;
}

/** @param now milliseconds of a clock that never goes back */
export function createInputLayers(now: () => number = () => performance.now()): InputLayers {
	let standing: readonly Standing[] = [];
	const inOrder = () =>
		priorities.flatMap(priority => standing.filter(({layer}) => layer.priority === priority).reverse());

	return {
		add(layer) {
			const entry = {layer, since: now()};
			standing = [...standing, entry];
			return () => {
				standing = standing.filter(other => other !== entry);
			};
		},
		handle(event) {
			for (const {layer, since} of inOrder()) {
				const isDeaf = now() - since < (layer.deafMilliseconds ?? 0);
				if (!isDeaf && offer(layer, event)) return true;
				if (layer.isModal) return false;
			}
			return false;
		},
	};
}

function offer(layer: Layer, event: InputEvent): boolean {
	if (event.type === 'key') return layer.onKey?.(event) ?? false;
	layer.onPaste?.(event.text);
	return layer.onPaste !== undefined;
}
