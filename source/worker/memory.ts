import v8 from 'node:v8';
import vm from 'node:vm';

/** One copy of texts that many objects share: field sets of a kind, manager names, API versions. */
export class TextPool {
	readonly #texts = new Map<string, string>();

	/** The pooled copy of an equal text. The pool forgets everything when it grows out of proportion. */
	share(text: string): string {
		const known = this.#texts.get(text);
		if (known !== undefined) return known;
		if (this.#texts.size >= maximumTexts) this.#texts.clear();
		this.#texts.set(text, text);
		return text;
	}
}

const maximumTexts = 20_000;
const quietMilliseconds = 4_000;

/**
 * Gives memory back once work is done: lists and renders leave garbage by the megabyte, and a worker that is idle for weeks
 * allocates too little for the engine to ever collect it by itself. Call `touch` when something was done.
 */
export function createMemoryKeeper(): {touch(): void; stop(): void} {
	v8.setFlagsFromString('--expose-gc');
	const collect = vm.runInNewContext('gc') as (options: {execution: 'sync'; flavor: 'last-resort'}) => void;
	let timer: NodeJS.Timeout | undefined;
	return {
		touch() {
			if (timer) {
				timer.refresh();
				return;
			}
			timer = setTimeout(() => {
				timer = undefined;
				collect({execution: 'sync', flavor: 'last-resort'});
			}, quietMilliseconds);
			timer.unref();
		},
		stop() {
			clearTimeout(timer);
		},
	};
}
