/** Remembers the promise of a value a key, so that concurrent askers share one effort; a failure is forgotten. */
export class SharedEffort<Value> {
	readonly #running = new Map<string, Promise<Value>>();

	/** Joins the running effort for `key`, or starts one. */
	run(key: string, effort: () => Promise<Value>): Promise<Value> {
		const running = this.#running.get(key);
		if (running) return running;
		const started = effort().finally(() => this.#running.delete(key));
		this.#running.set(key, started);
		return started;
	}
}
