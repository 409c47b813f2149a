import type {GitFile, GitTree} from '../model/ports/git/tree.ts';

/** Longest chain of links followed, as on Linux. */
const mostLinks = 40;

/** Longest target of a link, as on Linux. */
const longestTarget = 4_096;

/**
 * A path written relative to a folder of the repository, relative to the root: without leading slash, `.` and `..`. null
 * when it is absolute or leaves the repository (argo-cd CVE-2022-24348). Links are not looked at.
 */
export function joinPath(folder: string, relative: string): string | null {
	if (relative.startsWith('/') || relative.includes('\0')) return null;
	const parts = folder === '' ? [] : folder.split('/');
	for (const part of relative.split('/')) {
		if (part === '' || part === '.') continue;
		if (part !== '..') parts.push(part);
		else if (parts.pop() === undefined) return null;
	}
	return parts.join('/');
}

/** The folder a file stands in; `` for the root. */
export function folderOf(path: string): string {
	return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

export function baseName(path: string): string {
	return path.slice(path.lastIndexOf('/') + 1);
}

/** Whether a path is the folder itself or lies below it. */
export function isWithin(path: string, folder: string): boolean {
	return folder === '' || path === folder || path.startsWith(`${folder}/`);
}

/** What stands at a path once links are followed. */
export type Located =
	| {readonly type: 'file'; readonly path: string; readonly file: GitFile; readonly isLinked: boolean}
	| {readonly type: 'folder'; readonly path: string; readonly isLinked: boolean}
	| {readonly type: 'submodule'; readonly path: string}
	| {readonly type: 'missing'}
	/** A link on the way leaves the repository, or never ends. */
	| {readonly type: 'outside'};

/** Finds a file or folder, following links as a work tree would, but never out of the repository. */
export async function locate(tree: GitTree, path: string): Promise<Located> {
	const direct = locateDirectly(tree, path);
	if (direct) return direct;
	const resolved: string[] = [];
	const pending = path.split('/');
	let links = 0;
	while (pending.length > 0) {
		const part = pending.shift()!;
		if (part === '' || part === '.') continue;
		if (part === '..') {
			if (resolved.pop() === undefined) return {type: 'outside'};
			continue;
		}
		resolved.push(part);
		const file = tree.file(resolved.join('/'));
		if (file?.type !== 'link') continue;
		if (++links > mostLinks || file.size > longestTarget) return {type: 'outside'};
		const [target] = await tree.read([file]);
		const text = target?.toString('utf8') ?? '/';
		if (text.startsWith('/')) return {type: 'outside'};
		resolved.pop();
		pending.unshift(...text.split('/'));
	}
	const found = locateDirectly(tree, resolved.join('/'));
	if (!found) return {type: 'missing'};
	return found.type === 'submodule' ? found : {...found, isLinked: links > 0};
}

function locateDirectly(tree: GitTree, path: string): Exclude<Located, {type: 'missing' | 'outside'}> | null {
	const file = tree.file(path);
	switch (file?.type) {
		case 'file':
			return {type: 'file', path, file, isLinked: false};
		case 'submodule':
			return {type: 'submodule', path};
		case 'link':
			return null;
		case undefined:
			return tree.hash(path) === null ? null : {type: 'folder', path, isLinked: false};
	}
}
