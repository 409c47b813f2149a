import fuzzysort from 'fuzzysort';

/** One word of a filter; all of them have to hold. */
export interface FilterTerm {
	readonly type: 'text' | 'fuzzy' | 'facet';
	/** Lower case. */
	readonly text: string;
	/** Of a facet: what stands before the equals sign. */
	readonly facet: string;
	readonly isInverse: boolean;
}

export type Filter = readonly FilterTerm[];

/** What a list lets be filtered by. Texts in lower case. */
export interface Filterable {
	/** What is searched for a plain word. */
	readonly text: string;
	/** Values of `name=value`. */
	readonly facets?: Readonly<Record<string, string>>;
	/** Words that stand for a state: `held`, `drifted`. */
	readonly flags?: ReadonlySet<string>;
}

/**
 * Reads what a person typed behind `/`: words are searched for, `!word` must not be there, `~word` is matched fuzzily,
 * `sync=outofsync` compares one thing. Anything is a filter; nothing is an error while somebody types.
 */
export function parseFilter(text: string): Filter {
	return text
		.toLowerCase()
		.split(/\s+/)
		.filter(word => word !== '' && word !== '!' && word !== '~')
		.map(word => {
			const isInverse = word.startsWith('!');
			const rest = isInverse ? word.slice(1) : word;
			if (rest.startsWith('~')) return {type: 'fuzzy', text: rest.slice(1), facet: '', isInverse};
			const equals = rest.indexOf('=');
			if (equals > 0) return {type: 'facet', text: rest.slice(equals + 1), facet: rest.slice(0, equals), isInverse};
			return {type: 'text', text: rest, facet: '', isInverse};
		});
}

export function matchesFilter(filter: Filter, item: Filterable): boolean {
	return filter.every(term => matchesTerm(term, item) !== term.isInverse);
}

function matchesTerm({type, text, facet}: FilterTerm, item: Filterable): boolean {
	switch (type) {
		case 'text':
			return item.flags?.has(text) || item.text.includes(text);
		case 'fuzzy':
			return fuzzysort.single(text, item.text) !== null;
		case 'facet': {
			const value = item.facets?.[facet];
			// A word such as `data.a=b` is no facet of ours: it is looked for as it stands.
			return value === undefined ? item.text.includes(`${facet}=${text}`) : value.startsWith(text);
		}
	}
}
