/** One import, export-from, require or import() of a file. */
export interface Import {
	/** null: not a literal, so nobody can tell. */
	readonly specifier: string | null;
	readonly isDynamic: boolean;
	/** 1-based. */
	readonly line: number;
}

const patterns: readonly {readonly pattern: RegExp; readonly isDynamic: boolean}[] = [
	// `import … from`, `export … from`, with or without `type`; the formatter puts them at the start of a line.
	{pattern: /^(?:import|export)\s[\w$\s{},*]*?\bfrom\s+'(?<specifier>[^']+)'/gm, isDynamic: false},
	{pattern: /^import\s+'(?<specifier>[^']+)'/gm, isDynamic: false},
	{pattern: /\brequire\('(?<specifier>[^']+)'\)/g, isDynamic: false},
	{pattern: /\bimport\(\s*(?:'(?<specifier>[^']+)'\s*[,)]|(?=[^'\s]))/g, isDynamic: true},
];

/** Finds all imports of a formatted TypeScript file, `import type` and `import('…').Type` included. */
export function readImports(text: string): Import[] {
	// Blanked, not removed: line numbers stay.
	const code = text.replace(/^[ \t]*(?:\/\/|\/\*|\*).*$/gm, '');
	const imports = patterns.flatMap(({pattern, isDynamic}) =>
		[...code.matchAll(pattern)].map(match => ({
			specifier: match.groups?.specifier ?? null,
			isDynamic,
			line: code.slice(0, match.index).split('\n').length,
		})),
	);
	return imports.sort((one, other) => one.line - other.line);
}
