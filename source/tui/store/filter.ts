/** What a filter looks at in one row. */
export interface Filterable {
	/** Everything of the row that a person could search for. */
	readonly text: string;
	/** `sync` → `OutOfSync`: what `sync=outofsync` asks for. */
	readonly facets?: Readonly<Record<string, string>>;
}

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
		const letters = word.slice(1).toLowerCase();
		return row =>
			row.text
				.toLowerCase()
				.split(/\s+/)
				.some(part => hasLetters(part, letters));
	}
	const [, facet = '', value = ''] = /^([\w-]+)=(.+)$/.exec(word) ?? [];
	const wanted = word.toLowerCase();
	return ({text, facets}) => {
		const column = facets?.[facet.toLowerCase()];
		if (column !== undefined) return column.toLowerCase().includes(value.toLowerCase());
		return text.toLowerCase().includes(wanted);
	};
}

/** Whether a word has these letters in this order, whatever stands between. */
function hasLetters(word: string, letters: string): boolean {
	let from = 0;
	for (const letter of letters) {
		const found = word.indexOf(letter, from);
		if (found < 0) return false;
		from = found + letter.length;
	}
	return true;
}
