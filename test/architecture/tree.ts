import {posix} from 'node:path';
import {type Import, readImports} from './imports.ts';

/** The files of source/: path below it (`engine/plan.ts`) → text. */
export type SourceTree = ReadonlyMap<string, string>;

/** An import with both of its ends. */
export interface Edge extends Import {
	readonly file: string;
	readonly folder: string;
	/** Path of the file of ours that is imported; undefined for packages and computed names. */
	readonly target: string | undefined;
	readonly targetFolder: string | undefined;
	/** Name of the package that is imported: `undici`, `@kubernetes/client-node`, `node:fs`. */
	readonly package: string | undefined;
}

export function edgesOf(tree: SourceTree): Edge[] {
	return [...tree].flatMap(([file, text]) => readImports(text).map(each => toEdge(file, each)));
}

function toEdge(file: string, each: Import): Edge {
	const {specifier} = each;
	const isRelative = specifier?.startsWith('.') ?? false;
	const path = specifier && isRelative ? posix.join(posix.dirname(file), specifier) : undefined;
	// It holds the version and is nobody's code.
	const target = path === '../package.json' ? undefined : path;
	return {
		...each,
		file,
		folder: folderOf(file),
		target,
		targetFolder: target && folderOf(target),
		package: specifier && !isRelative ? packageOf(specifier) : undefined,
	};
}

/** `engine` for `engine/health/rules.ts`; a file at the top is a folder of its own: `cli.ts`. */
export function folderOf(file: string): string {
	return file.split('/')[0] ?? file;
}

function packageOf(specifier: string): string {
	if (specifier.startsWith('node:')) return specifier;
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/');
}

/**
 * Chains of imports that come back to where they began, one for each knot. `import()` does not count: a table may load
 * later what is made from the table.
 */
export function findCycles(tree: SourceTree): string[][] {
	const targets = new Map<string, string[]>([...tree.keys()].map(file => [file, []]));
	for (const {file, target, isDynamic} of edgesOf(tree)) {
		if (target !== undefined && !isDynamic) targets.get(file)?.push(target);
	}
	const done = new Set<string>();
	const path: string[] = [];
	const cycles: string[][] = [];
	function visit(file: string): void {
		const start = path.indexOf(file);
		if (start >= 0) cycles.push([...path.slice(start), file]);
		if (start >= 0 || done.has(file)) return;
		path.push(file);
		for (const target of targets.get(file) ?? []) visit(target);
		path.pop();
		done.add(file);
	}
	for (const file of targets.keys()) visit(file);
	return cycles;
}
