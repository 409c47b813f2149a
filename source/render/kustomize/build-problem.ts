import type {Problem} from '../../model/errors.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {redacted} from '../../model/redact.ts';
import {safeText} from '../../model/text.ts';
import {findLine} from '../find-line.ts';
import {programMessage} from '../program/messages.ts';
import {joinPath} from '../repository-path.ts';
import {findKustomizations} from './kustomization-file.ts';

interface Wrapping {
	/** `rest` is what is inside; `folder` and `file` are what it is about. */
	readonly pattern: RegExp;
	/** The inside is quoted as a Go string. */
	readonly isQuoted?: boolean;
}

/** kustomize wraps its message once per level of resources, and adds what it tried next. These are peeled off. */
const wrappings: readonly Wrapping[] = [
	{pattern: /^accumulating (?:resources|components): (?<rest>.*)$/s},
	{pattern: /^accumulateDirectory: "(?<rest>.*)"$/s, isQuoted: true},
	{
		pattern:
			/^accumulation err='(?:accumulating|merging) resources from '[^']*': '[^']*' must resolve to a file': (?<rest>.*)$/s,
	},
	{
		pattern:
			/^accumulation err='(?:accumulating|merging) resources from '(?<file>[^']*)': (?<rest>.*)': must build at directory: .*$/s,
	},
	{pattern: /^recursed (?:accumulation of|merging from) path '(?<folder>[^']*)': (?<rest>.*)$/s},
	{pattern: /^couldn't make target for path '(?<folder>[^']*)': (?<rest>.*)$/s},
];

/** Parts that say nothing, or say what may be secret: configurations, patches and literals are printed as they are. */
const cuts: readonly (readonly [RegExp, string])[] = [
	[/^# Warning: .*\n/gm, ''],
	[/trouble configuring builtin (\w+) with config: `[^`]*`/g, '$1'],
	[/literal sources \[[^\]]*\]: invalid literal source .*?, expected/g, `invalid literal source ${redacted}, expected`],
	[/from \[patch: .*\]/gs, 'from its text'],
];

/** Turns what kustomize said, with paths as in the repository, into a problem with the best known place. */
export async function buildProblem(
	text: string,
	folder: string,
	kustomization: string,
	tree: GitTree,
): Promise<Problem> {
	let rest = cuts.reduce((all, [pattern, replacement]) => all.replace(pattern, replacement), text);
	rest = rest.replace(/^Error: /, '').trim();
	let current = folder;
	let file: string | null = null;
	for (let inside = peel(rest); inside; inside = peel(rest)) {
		rest = inside.rest;
		if (inside.folder !== undefined) current = inside.folder === '.' ? '' : inside.folder;
		if (inside.file !== undefined) file = joinPath(current, inside.file);
	}
	const inFile = / in File: (\S+)\s*$/.exec(rest);
	if (inFile) {
		rest = rest.slice(0, inFile.index).replace(/^.*?MalformedYAMLError: /s, '');
		file = joinPath(current, inFile[1]!);
	}
	const own = current === folder ? kustomization : (findKustomizations(tree, current)[0] ?? kustomization);
	const place = file !== null && tree.file(file) !== null ? file : own;
	const field = /unknown field "([^"]+)"/.exec(rest)?.[1];
	const line = field === undefined ? null : await findLine(tree, place, field);
	const problem = {code: 'KustomizeFailed', message: programMessage(rest), file: safeText(place)};
	return line === null ? problem : {...problem, line};
}

function peel(text: string): {rest: string; folder?: string; file?: string} | null {
	for (const {pattern, isQuoted} of wrappings) {
		const inside = pattern.exec(text)?.groups;
		if (inside?.rest === undefined) continue;
		const rest = isQuoted ? inside.rest.replaceAll('\\n', ' ').replaceAll('\\"', '"') : inside.rest;
		return {
			rest,
			...(inside.folder !== undefined && {folder: inside.folder}),
			...(inside.file !== undefined && {file: inside.file}),
		};
	}
	return null;
}
