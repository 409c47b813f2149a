/**
 * Globs as Argo CD's `directory.include` and `exclude` understand them (the gobwas library, without separators): `*` and
 * `?` match a slash too, `{a,b}` are alternatives, `[a-z]` and `[!a-z]` classes, `\` takes the next character as it is.
 * Matching takes time proportional to pattern times text, whatever the pattern.
 */
export type Glob = (text: string) => boolean;

type Token =
	| {readonly type: 'star'}
	| {readonly type: 'any'}
	| {readonly type: 'literal'; readonly character: string}
	| {readonly type: 'class'; readonly isNegated: boolean; readonly ranges: readonly (readonly [string, string])[]};

type Part = Token | {readonly type: 'alternatives'; readonly branches: readonly (readonly Part[])[]};

const mostAlternatives = 1_000;

/** null when the pattern is malformed: an open bracket or brace, or more alternatives than anyone writes. */
export function compileGlob(pattern: string): Glob | null {
	const characters = [...pattern];
	const parser = {index: 0};
	const parts = parseParts(characters, parser, false);
	const sequences = parts && parser.index === characters.length ? expand(parts) : null;
	return sequences && (text => sequences.some(tokens => matches(tokens, [...text])));
}

function parseParts(characters: readonly string[], parser: {index: number}, isNested: boolean): Part[] | null {
	const parts: Part[] = [];
	while (parser.index < characters.length) {
		const character = characters[parser.index]!;
		if (isNested && (character === ',' || character === '}')) return parts;
		parser.index++;
		if (character === '*') {
			if (parts.at(-1)?.type !== 'star') parts.push({type: 'star'});
		} else if (character === '?') {
			parts.push({type: 'any'});
		} else if (character === '[' || character === '{') {
			const part = character === '[' ? parseClass(characters, parser) : parseAlternatives(characters, parser);
			if (part === null) return null;
			parts.push(part);
		} else {
			const literal = character === '\\' ? characters[parser.index++] : character;
			if (literal === undefined) return null;
			parts.push({type: 'literal', character: literal});
		}
	}
	return isNested ? null : parts;
}

function parseAlternatives(characters: readonly string[], parser: {index: number}): Part | null {
	const branches: Part[][] = [];
	for (;;) {
		const branch = parseParts(characters, parser, true);
		if (branch === null) return null;
		branches.push(branch);
		if (characters[parser.index++] === '}') return {type: 'alternatives', branches};
	}
}

function parseClass(characters: readonly string[], parser: {index: number}): Token | null {
	const end = characters.indexOf(']', parser.index + 1);
	if (end < 0) return null;
	let content = characters.slice(parser.index, end);
	parser.index = end + 1;
	const isNegated = content[0] === '!';
	if (isNegated) content = content.slice(1);
	const ranges: [string, string][] = [];
	for (let index = 0; index < content.length; index++) {
		const isRange = content[index + 1] === '-' && index + 2 < content.length;
		ranges.push([content[index]!, content[isRange ? index + 2 : index]!]);
		if (isRange) index += 2;
	}
	return {type: 'class', isNegated, ranges};
}

/** Multiplies alternatives out. */
function expand(parts: readonly Part[]): Token[][] | null {
	let sequences: Token[][] = [[]];
	for (const part of parts) {
		const next: Token[][] = [];
		const branches = part.type === 'alternatives' ? expandAll(part.branches) : [[part]];
		if (branches === null || branches.length * sequences.length > mostAlternatives) return null;
		for (const sequence of sequences) for (const branch of branches) next.push([...sequence, ...branch]);
		sequences = next;
	}
	return sequences;
}

function expandAll(branches: readonly (readonly Part[])[]): Token[][] | null {
	const expanded: Token[][] = [];
	for (const branch of branches) {
		const sequences = expand(branch);
		if (sequences === null) return null;
		expanded.push(...sequences);
	}
	return expanded;
}

/** Goes back to the last star only: enough, because a later star can make up for any earlier one. */
function matches(tokens: readonly Token[], text: readonly string[]): boolean {
	let token = 0;
	let index = 0;
	let starToken = -1;
	let starIndex = 0;
	while (index < text.length) {
		const current = tokens[token];
		if (current?.type === 'star') {
			starToken = token++;
			starIndex = index;
		} else if (current && fits(current, text[index]!)) {
			token++;
			index++;
		} else if (starToken >= 0) {
			token = starToken + 1;
			index = ++starIndex;
		} else {
			return false;
		}
	}
	while (tokens[token]?.type === 'star') token++;
	return token === tokens.length;
}

function fits(token: Token, character: string): boolean {
	switch (token.type) {
		case 'star':
		case 'any':
			return true;
		case 'literal':
			return token.character === character;
		case 'class':
			return token.ranges.some(([low, high]) => low <= character && character <= high) !== token.isNegated;
	}
}
