import type {TreeIndex} from './tree-index.ts';

/**
 * Whether a path of a commit may be written to disk. git refuses such names when it checks out; we write ourselves, and a
 * commit made by other means may hold anything.
 */
export function isSafePath(path: string): boolean {
	if (path === '' || path.startsWith('/') || path.length > 4_000 || path.includes('\0')) return false;
	return path.split('/').every(part => part !== '' && part !== '.' && part !== '..' && !/^\.git$/i.test(part));
}

/**
 * Where a link leads within the commit, following the links on its way; null when it leaves the commit or never ends.
 * `readLink` tells what a link says. Parts that do not exist are taken literally.
 */
export async function resolveLink(
	index: TreeIndex,
	linkPath: string,
	readLink: (path: string) => Promise<string>,
): Promise<string | null> {
	const resolved = linkPath.split('/').slice(0, -1);
	const pending = (await readLink(linkPath)).split('/');
	if (pending[0] === '') return null;
	// As many as Linux follows.
	let followed = 1;
	while (pending.length > 0) {
		const part = pending.shift()!;
		if (part === '' || part === '.') continue;
		if (part === '..') {
			if (resolved.length === 0) return null;
			resolved.pop();
			continue;
		}
		resolved.push(part);
		const path = resolved.join('/');
		if (index.file(path)?.type !== 'link') continue;
		if (++followed > 40) return null;
		const target = await readLink(path);
		if (target.startsWith('/')) return null;
		resolved.pop();
		pending.unshift(...target.split('/'));
	}
	return resolved.join('/');
}
