import type {GitTree} from '../../model/ports/git/tree.ts';
import type {FileOfDocument} from '../output.ts';
import {joinPath} from '../repository-path.ts';

/** Helm names the template before each document; the further documents of one CRD file have no comment of their own. */
const sourceComment = /^---[ \t]*\r?\n# Source: ([^\r\n]+)/gm;

/** Maps a line of helm's output to the template's path in the repository. */
export function createOriginLookup(output: string, folder: string): FileOfDocument {
	const sources: {line: number; template: string}[] = [];
	let line = 1;
	let position = 0;
	for (const match of output.matchAll(sourceComment)) {
		for (; position < match.index; position++) if (output.charCodeAt(position) === 10) line++;
		sources.push({line, template: match[1]!.trim()});
	}
	const fallback = joinPath(folder, 'Chart.yaml')!;
	return wanted => {
		const source = findLast(sources, wanted);
		return source === undefined ? fallback : templatePath(source, folder);
	};
}

/** `mychart/templates/web.yaml`, as helm says it, in the repository: charts are named by Chart.yaml, not by their folder. */
export function templatePath(template: string, folder: string): string {
	const inChart = template.slice(template.indexOf('/') + 1);
	return joinPath(folder, inChart) ?? joinPath(folder, 'Chart.yaml')!;
}

/** Templates of charts in archives are not files of the repository. */
export function existingPath(tree: GitTree, path: string, folder: string): string {
	return tree.file(path) ? path : joinPath(folder, 'Chart.yaml')!;
}

function findLast(sources: readonly {line: number; template: string}[], line: number): string | undefined {
	let low = 0;
	let high = sources.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (sources[middle]!.line <= line) low = middle + 1;
		else high = middle;
	}
	return sources[low - 1]?.template;
}
