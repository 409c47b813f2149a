import {HoldfastError} from '../model/errors.ts';
import type {GitFile, GitTree} from '../model/ports/git/tree.ts';
import {safeText} from '../model/text.ts';
import {checkoutFiles} from './checkout.ts';
import type {GitLimits} from './limits.ts';
import type {TreeIndex} from './tree-index.ts';

/** Joins the index of a commit with the way to its blobs; `read` gets what passed the limits. */
export function createTree(options: {
	commit: string;
	index: TreeIndex;
	limits: GitLimits;
	readBlobs: (files: readonly GitFile[]) => Promise<Buffer[]>;
	copyBlob: (file: GitFile, descriptor: number) => Promise<void>;
}): GitTree {
	const {commit, index, limits} = options;

	const read = async (files: readonly GitFile[]): Promise<Buffer[]> => {
		let bytes = 0;
		for (const {path, type, size} of files) {
			if (type === 'submodule') throw tooMuch('NotAFile', 'a submodule holds no content here', path);
			if (size > limits.fileBytes) {
				throw tooMuch('FileTooLarge', `the file has ${size} bytes, more than the ${limits.fileBytes} allowed`, path);
			}
			bytes += size;
		}
		if (bytes > limits.readBytes) {
			const message = `${files.length} files have ${bytes} bytes, more than the ${limits.readBytes} allowed at once`;
			throw tooMuch('FileTooLarge', message);
		}
		return options.readBlobs(files);
	};

	return {
		commit,
		hash: path => index.hash(trimmed(path)),
		files: folder => index.below(trimmed(folder)),
		file: path => index.file(trimmed(path)),
		read,
		async checkout(directory, folders = ['']) {
			const wanted = folders.map(trimmed);
			const files = wanted.includes('')
				? index.files
				: [...new Map(wanted.flatMap(folder => pick(index, folder)).map(file => [file.path, file])).values()];
			try {
				await checkoutFiles({index, files, directory, limits, read: options.readBlobs, copy: options.copyBlob});
			} catch (error) {
				const code = (error as NodeJS.ErrnoException).code;
				if (error instanceof HoldfastError || !code) throw error;
				const message = `the commit cannot be written to disk for rendering: ${code}`;
				throw new HoldfastError(
					{code: 'GitFailed', message, hint: 'Check space and rights of the temporary folder'},
					{cause: error},
				);
			}
		},
	};
}

/** What lies below a folder, or the file itself. */
function pick(index: TreeIndex, path: string): readonly GitFile[] {
	const file = index.file(path);
	return file ? [file] : index.below(path);
}

const trimmed = (path: string): string => path.replace(/^\/+|\/+$/g, '');

function tooMuch(code: string, message: string, file?: string): HoldfastError {
	const hint = code === 'FileTooLarge' ? 'Keep large files out of the folders that are deployed' : undefined;
	return new HoldfastError({code, message, ...(file ? {file: safeText(file)} : {}), ...(hint ? {hint} : {})});
}
