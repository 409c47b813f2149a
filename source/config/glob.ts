/**
 * Matches a whole text against a glob as Argo CD's projects write them: `*`, `**`, `?`, `[abc]`, `[!a-z]`, `{a,b}`, and a
 * backslash before a character that means itself. With a separator `*` and `?` stop at it and only `**` goes on. A pattern
 * that makes no sense matches nothing. Takes time in proportion to pattern times text, whatever the pattern.
 */
export function matchesGlob(pattern: string, text: string, separator = ''): boolean {
	if (pattern === '*') return true;
	if (pattern.length > longestText || text.length > longestText) return false;
	const alternatives = expandBraces(pattern);
	return alternatives?.some(alternative => matches(tokensOf(alternative, separator), text)) ?? false;
}

const longestText = 4_096;
const mostAlternatives = 100;

/** One step of a pattern: a test for one character, which may be repeated any number of times. */
interface Token {
	readonly accepts: (character: string) => boolean;
	readonly isRepeated: boolean;
}

const parts = /\\(.)|(\*+)|(\?)|\[(!?)([^\][\\]+)\]|(.)/gsu;

function tokensOf(pattern: string, separator: string): Token[] {
	const withinStep = (character: string) => character !== separator;
	const tokens: Token[] = [];
	for (const [, escaped, stars, one, negation, members = '', plain] of pattern.matchAll(parts)) {
		const literal = escaped ?? plain;
		if (literal !== undefined) tokens.push({accepts: character => character === literal, isRepeated: false});
		else if (stars) tokens.push({accepts: stars.length > 1 ? () => true : withinStep, isRepeated: true});
		else if (one) tokens.push({accepts: withinStep, isRepeated: false});
		else tokens.push({accepts: character => isMember(members, character) !== (negation === '!'), isRepeated: false});
	}
	return tokens;
}

/** Walks all ways through the text at once: after each token, `reached[i]` says whether `i` characters can be used up. */
function matches(tokens: readonly Token[], text: string): boolean {
	const characters = [...text];
	let reached = characters.map(() => false);
	reached.unshift(true);
	for (const {accepts, isRepeated} of tokens) {
		const next = reached.map(can => isRepeated && can);
		for (const [index, character] of characters.entries()) {
			const canStart = reached[index] || (isRepeated && next[index]);
			if (canStart && accepts(character)) next[index + 1] = true;
		}
		reached = next;
	}
	return reached.at(-1) ?? false;
}

function isMember(members: string, character: string): boolean {
	const list = [...members];
	return list.some((member, index) => {
		if (member === character) return true;
		const last = list[index + 2];
		return list[index + 1] === '-' && last !== undefined && member <= character && character <= last;
	});
}

/** `a{b,c}d` is `abd` and `acd`; null when that would be too many. */
export function expandBraces(pattern: string): string[] | null {
	const open = pattern.indexOf('{');
	const group = open < 0 ? undefined : closeOf(pattern, open);
	if (!group) return [pattern];
	const expanded: string[] = [];
	for (const option of group.options) {
		const deeper = expandBraces(pattern.slice(0, open) + option + pattern.slice(group.end + 1));
		if (!deeper || expanded.push(...deeper) > mostAlternatives) return null;
	}
	return expanded;
}

function closeOf(pattern: string, open: number): {readonly options: string[]; readonly end: number} | undefined {
	const options: string[] = [];
	let depth = 0;
	let start = open + 1;
	for (let index = open; index < pattern.length; index += 1) {
		const character = pattern[index];
		if (character === '{') depth += 1;
		else if (character === ',' && depth === 1) {
			options.push(pattern.slice(start, index));
			start = index + 1;
		} else if (character === '}') {
			depth -= 1;
			if (depth === 0) return {options: [...options, pattern.slice(start, index)], end: index};
		}
	}
	return undefined;
}
