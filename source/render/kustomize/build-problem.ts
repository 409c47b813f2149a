import type {Problem} from '../../model/errors.ts';
import type {GitTree} from '../../model/ports.ts';
import {safeText} from '../../model/text.ts';
import {programMessage} from '../program/messages.ts';
import {joinPath} from '../repository-path.ts';

/**
 * kustomize wraps its message once per level of resources, and adds what it tried next. These are peeled off; a path on
 * the way becomes the folder or the file that the rest is about.
 */
const wrappings: readonly {pattern: RegExp; about: 'folder' | 'file' | 'nothing'; path?: number; rest: number}[] = [
	{pattern: /^accumulating (?:resources|components): (.*)$/s, about: 'nothing', rest: 1},
	{
		pattern: /^accumulation err='accumulating resources from '([^']*)': '[^']*' must resolve to a file': (.*)$/s,
		about: 'nothing',
		rest: 2,
	},
	{
		pattern: /^accumulation err='accumulating resources from '([^']*)': (.*)': must build at directory: .*$/s,
		about: 'file',
		path: 1,
		rest: 2,
	},
	{pattern: /^recursed (?:accumulation of|merging from) path '([^']*)': (.*)$/s, about: 'folder', path: 1, rest: 2},
	{pattern: /^accumulat(?:ing|eDirectory|ing directory)[^:]*: "?(.*)$/s, about: 'nothing', rest: 1},
];

/** Turns what kustomize said, with paths as in the repository, into a problem with the best known place. */
export function buildProblem(text: string, folder: string, kustomization: string, tree: GitTree): Problem {
	let rest = text.replace(/^Error: /, '').trim();
	let current = folder;
	let file: string | null = null;
	for (let isPeeled = true; isPeeled; ) {
		isPeeled = false;
		for (const {pattern, about, path, rest: part} of wrappings) {
			const match = pattern.exec(rest);
			if (!match) continue;
			const named = path === undefined ? '' : (match[path] ?? '');
			if (about === 'folder') current = named === '.' ? '' : named;
			if (about === 'file') file = joinPath(current, named);
			rest = match[part] ?? '';
			isPeeled = true;
			break;
		}
	}
	const inFile = / in File: (\S+)\s*$/.exec(rest);
	if (inFile) {
		rest = rest.slice(0, inFile.index).replace(/^.*?MalformedYAMLError: /s, '');
		file = joinPath(current, inFile[1]!);
	}
	const place = file !== null && tree.file(file) ? file : kustomization;
	return {code: 'KustomizeFailed', message: programMessage(rest), file: safeText(place)};
}
