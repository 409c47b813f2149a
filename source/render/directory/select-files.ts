import type {DirectoryParameters} from '../../model/application.ts';
import type {Problem} from '../../model/errors.ts';
import type {GitFile, GitTree} from '../../model/ports/git/tree.ts';
import {safeText} from '../../model/text.ts';
import type {RenderLimits} from '../limits.ts';
import {failure, type Outcome, success} from '../outcome.ts';
import {baseName, folderOf, locate} from '../repository-path.ts';
import type {RenderSource} from '../services.ts';
import {compileGlob} from './glob.ts';
import {isWellKnown} from './well-known.ts';

/** A file to render. */
export interface SelectedFile {
	/** Where it stands; for a link, where the link stands. */
	readonly path: string;
	readonly file: GitFile;
}

export interface Selection {
	readonly files: readonly SelectedFile[];
	readonly notices: readonly Problem[];
}

const manifestExtension = /\.(?:yaml|yml|json)$/;
const jsonnetExtension = /\.(?:jsonnet|libsonnet)$/;

/**
 * Which files of a folder are manifests, as Argo CD chooses: by extension, this folder only unless `recurse`, `exclude`
 * before `include`, both against the path below the folder. Links are followed inside the repository.
 */
export async function selectFiles(
	{tree, folder}: RenderSource,
	parameters: DirectoryParameters,
	limits: RenderLimits,
): Promise<Outcome<Selection>> {
	const include = compileGlob(parameters.include || '*');
	const exclude = compileGlob(parameters.exclude);
	if (!include) return failure(badGlob('include', parameters.include));
	if (!exclude) return failure(badGlob('exclude', parameters.exclude));

	const files: SelectedFile[] = [];
	const jsonnet: string[] = [];
	const problems: Problem[] = [];
	let below = 0;
	for (const file of tree.files(folder)) {
		const relative = folder === '' ? file.path : file.path.slice(folder.length + 1);
		const isManifest = manifestExtension.test(relative);
		if (!isManifest && !jsonnetExtension.test(relative)) continue;
		if (!parameters.recurse && relative.includes('/')) {
			if (isManifest) below++;
			continue;
		}
		if ((parameters.exclude !== '' && exclude(relative)) || !include(relative)) continue;
		if (!isManifest) {
			jsonnet.push(relative);
		} else if (!isWellKnown(tree, file.path)) {
			const target = await follow(tree, file);
			if ('code' in target) problems.push(target);
			else files.push({path: file.path, file: target});
		}
	}
	problems.push(...checkSizes(files, limits));
	if (jsonnet.length > 0 && files.length === 0) problems.push({...jsonnetIgnored(jsonnet), file: folder || '.'});
	if (problems.length > 0) return failure(...problems);
	const notices = jsonnet.length > 0 ? [jsonnetIgnored(jsonnet)] : [];
	if (files.length === 0) notices.push(noManifests(folder, below));
	return success({files, notices});
}

/** The file itself, or the one a link leads to; or why it cannot be read. */
async function follow(tree: GitTree, file: GitFile): Promise<GitFile | Problem> {
	if (file.type === 'file') return file;
	const found = await locate(tree, file.path);
	if (found.type === 'file') return found.file;
	const [code, reason] =
		found.type === 'outside'
			? ['PathOutsideRepository', 'the link points outside of the repository']
			: ['FileMissing', 'the link does not lead to a file of this repository'];
	return {code, message: reason, file: safeText(file.path), hint: 'Replace the link by the file itself'};
}

function checkSizes(files: readonly SelectedFile[], limits: RenderLimits): Problem[] {
	const problems: Problem[] = files
		.filter(({file}) => file.size > limits.fileBytes)
		.map(({path, file}) => ({
			code: 'FileTooLarge',
			message: `the file has ${file.size} bytes, more than ${limits.fileBytes}`,
			file: safeText(path),
			hint: 'Split it, or exclude it from the application',
		}));
	const total = files.reduce((sum, {file}) => sum + file.size, 0);
	if (problems.length === 0 && (total > limits.applicationBytes || files.length > limits.objects)) {
		problems.push({
			code: 'ApplicationTooLarge',
			message: `the application reads ${files.length} files of ${total} bytes in all, more than ${limits.objects} files or ${limits.applicationBytes} bytes`,
			hint: 'Split it into several applications',
		});
	}
	return problems;
}

function jsonnetIgnored(files: readonly string[]): Problem {
	const folders = new Set(files.map(folderOf));
	const names = files.slice(0, 5).map(file => safeText(folders.size > 1 ? file : baseName(file)));
	const more = files.length > names.length ? ` and ${files.length - names.length} more` : '';
	return {
		code: 'JsonnetNotSupported',
		message: `Jsonnet is not rendered: ${names.join(', ')}${more}`,
		hint: 'Render it in CI and commit the result as YAML or JSON',
	};
}

function noManifests(folder: string, below: number): Problem {
	const elsewhere = `${below} ${below === 1 ? 'stands' : 'stand'} in folders below it: set recurse to read them too`;
	return {
		code: 'NoManifests',
		message: `${folder === '' ? 'the root of the repository' : safeText(folder)} holds no YAML or JSON file to apply`,
		hint: below > 0 ? elsewhere : 'Check path, include and exclude',
	};
}

function badGlob(field: string, pattern: string): Problem {
	return {
		code: 'GlobInvalid',
		message: `directory.${field} is not a valid glob: ${safeText(pattern)}`,
		hint: 'Close every { and [, and write \\{ for a brace itself',
	};
}
