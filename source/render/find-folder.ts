import leven from 'leven';
import type {GitTree} from '../model/ports/git/tree.ts';
import {boundedText, safeText} from '../model/text.ts';
import {failure, type Outcome, success} from './outcome.ts';
import {folderOf, joinPath} from './repository-path.ts';

const mostNames = 5;

/** The folder of an application; or, when there is none, what stands nearest to it. */
export function findFolder(tree: GitTree, path: string): Outcome<string> {
	const folder = joinPath('', path);
	if (folder === null) {
		const message = `the path ${boundedText(path, 200)} is absolute or leaves the repository`;
		return failure({code: 'PathOutsideRepository', message, hint: 'Write it relative to the root of the repository'});
	}
	const file = tree.file(folder);
	if (file === null && tree.hash(folder) !== null) return success(folder);
	return failure({
		code: 'PathNotFound',
		message: `there is no folder ${boundedText(folder, 200)} in commit ${tree.commit.slice(0, 8)}`,
		hint: file === null ? nearest(tree, folder) : fileHint(file.type),
	});
}

function fileHint(type: 'file' | 'link' | 'submodule'): string {
	switch (type) {
		case 'file':
			return 'It is a file: name its folder, and the file in include';
		case 'link':
			return 'It is a link: name the folder it leads to';
		case 'submodule':
			return 'It is a submodule, which is not fetched: make its repository the source';
	}
}

/** Names the nearest existing folder and what is in it, what is spelled alike first. */
function nearest(tree: GitTree, folder: string): string {
	let parent = folderOf(folder);
	while (parent !== '' && (tree.hash(parent) === null || tree.file(parent) !== null)) parent = folderOf(parent);
	const wanted = folder.slice(parent === '' ? 0 : parent.length + 1).split('/')[0]!;
	const names = [...childFolders(tree, parent)].sort((one, other) => leven(one, wanted) - leven(other, wanted));
	const place = parent === '' ? 'The root of the repository' : safeText(parent);
	if (names.length === 0) return `${place} exists and has no folders`;
	const more = names.length > mostNames ? ` and ${names.length - mostNames} more` : '';
	return `${place} exists and has the folders ${names.slice(0, mostNames).map(safeText).join(', ')}${more}`;
}

function childFolders(tree: GitTree, parent: string): Set<string> {
	const start = parent === '' ? 0 : parent.length + 1;
	const names = new Set<string>();
	for (const {path} of tree.files(parent)) {
		const end = path.indexOf('/', start);
		if (end >= 0) names.add(path.slice(start, end));
	}
	return names;
}
