import fuzzysort from 'fuzzysort';

/** What a filter looks at in one row. */
export interface Filterable {
	/** Everything of the row that a person could search for. */
	readonly text: string;
	/** `sync` → `OutOfSync`: what `sync=outofsync` asks for. */
	readonly facets?: Readonly<Record<string, string>>;
}

const lowestFuzzyScore = 0.35;

/**
 * Reads a filter: words that must all be there, in any order and any case. `!word` must not be there, `~word` may have
 * letters between, `sync=drifted` asks one column for a part of its word. Total: every text is a filter.
 */
export function createFilter(filter: string): (row: Filterable) => boolean {
	const tests = filter
		.split(/\s+/)
		.filter(word => word !== '')
		.map(readWord);
	return row => tests.every(test => test(row));
}

type Test = (row: Filterable) => boolean;

function readWord(word: string): Test {
	if (word.startsWith('!') && word.length > 1) {
		const test = readWord(word.slice(1));
		return row => !test(row);
	}
	if (word.startsWith('~') && word.length > 1) {
		const text = word.slice(1);
		return row => (fuzzysort.single(text, row.text)?.score ?? 0) >= lowestFuzzyScore;
	}
	const [, facet = '', value = ''] = /^([\w-]+)=(.+)$/.exec(word) ?? [];
	const wanted = word.toLowerCase();
	return ({text, facets}) => {
		const column = facets?.[facet.toLowerCase()];
		if (column !== undefined) return column.toLowerCase().includes(value.toLowerCase());
		return text.toLowerCase().includes(wanted);
	};
}
