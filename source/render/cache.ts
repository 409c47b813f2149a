/** Keeps the values used last, up to a number and a total size. A value larger than all of that is not kept. */
export interface Cache<Value> {
	get(key: string): Value | undefined;
	set(key: string, value: Value): void;
}

export interface CacheOptions<Value> {
	readonly entries: number;
	readonly bytes: number;
	/** Size of a value in bytes. */
	readonly size: (value: Value) => number;
}

export function createCache<Value>({entries, bytes, size}: CacheOptions<Value>): Cache<Value> {
	// A Map remembers the order of insertion: the first key is the one not used for longest.
	const values = new Map<string, Value>();
	let total = 0;
	return {
		get(key) {
			const value = values.get(key);
			if (value === undefined) return undefined;
			values.delete(key);
			values.set(key, value);
			return value;
		},
		set(key, value) {
			forget(key);
			if (size(value) > bytes) return;
			values.set(key, value);
			total += size(value);
			for (const oldest of values.keys()) {
				if (values.size <= entries && total <= bytes) break;
				forget(oldest);
			}
		},
	};

	function forget(key: string): void {
		const value = values.get(key);
		if (value === undefined) return;
		values.delete(key);
		total -= size(value);
	}
}
