/** A seeded source of randomness (mulberry32): the same seed tells the same story, so a failing one can be told again. */
export interface Random {
	/** 0 ≤ n < limit. */
	below(limit: number): number;
	chance(probability: number): boolean;
	pick<Item>(items: readonly Item[]): Item;
	/** Some of the items, in their order. */
	some<Item>(items: readonly Item[]): Item[];
}

export function randomFrom(seed: number): Random {
	let state = seed >>> 0;
	const next = (): number => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), state | 1);
		mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
	};
	const below = (limit: number) => Math.floor(next() * limit);
	return {
		below,
		chance: probability => next() < probability,
		pick: items => items[below(items.length)]!,
		some: items => items.filter(() => next() < 0.5),
	};
}
