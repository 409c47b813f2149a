import {chmod, type FileHandle, mkdir, open, readdir, symlink} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import {HoldfastError} from '../model/errors.ts';
import type {GitFile} from '../model/ports/git/tree.ts';
import {boundedText, safeText} from '../model/text.ts';
import type {TreeIndex} from './tree-index.ts';
import {isSafePath, resolveLink} from './tree-paths.ts';

export interface CheckoutLimits {
	readonly checkoutFiles: number;
	readonly checkoutBytes: number;
}

/** Blobs read and held at a time. */
const batchBytes = 8 * 1024 * 1024;
const batchFiles = 256;

/**
 * Writes files of a commit below an empty folder, bytes as they are in the object store: no filters, no line-end
 * conversion, no attributes, no submodules. Everything is checked before the first byte is written. Throws UnsafePath,
 * LinkLeavesTree, TreeTooLarge, or GitFailed when the folder cannot be written.
 */
export async function checkoutFiles(options: {
	index: TreeIndex;
	files: readonly GitFile[];
	directory: string;
	limits: CheckoutLimits;
	read: (files: readonly GitFile[]) => Promise<Buffer[]>;
	/** Writes a large blob to an open file without holding it in memory. */
	copy: (file: GitFile, descriptor: number) => Promise<void>;
}): Promise<void> {
	const {index, directory, limits, read} = options;
	const files = options.files.filter(file => file.type !== 'submodule');
	checkPaths(files);
	checkLimits(files, limits);
	const links = await readLinks(index, files, read);
	await prepareDirectory(directory);
	const plain = files.filter(file => file.type === 'file');
	for (const folder of foldersOf(files)) await mkdir(join(directory, folder), {recursive: true, mode: 0o700});
	for (const file of plain.filter(isLarge)) await create(directory, file, handle => options.copy(file, handle.fd));
	for (const batch of batches(plain.filter(file => !isLarge(file)))) {
		const contents = await read(batch);
		await Promise.all(
			batch.map((file, position) => create(directory, file, handle => handle.writeFile(contents[position]!))),
		);
	}
	// Last, so that nothing is ever written through a link.
	for (const [path, target] of links) await symlink(target, join(directory, path));
}

function checkPaths(files: readonly GitFile[]): void {
	for (const {path} of files) {
		if (isSafePath(path)) continue;
		throw new HoldfastError({
			code: 'UnsafePath',
			message: 'the repository holds a path that must not be written to disk',
			file: boundedText(path, 200),
			hint: 'Remove it from the repository',
		});
	}
}

function checkLimits(files: readonly GitFile[], limits: CheckoutLimits): void {
	const bytes = files.reduce((sum, file) => sum + file.size, 0);
	if (files.length <= limits.checkoutFiles && bytes <= limits.checkoutBytes) return;
	throw new HoldfastError({
		code: 'TreeTooLarge',
		message: `${files.length} files of ${bytes} bytes in all are more than a checkout may hold (${limits.checkoutFiles} files, ${limits.checkoutBytes} bytes)`,
		hint: 'Keep what is deployed in a smaller folder or repository',
	});
}

/** Targets of all links among the files, each proven to stay inside. */
async function readLinks(
	index: TreeIndex,
	files: readonly GitFile[],
	read: (files: readonly GitFile[]) => Promise<Buffer[]>,
): Promise<Map<string, string>> {
	const targets = new Map<string, string>();
	const readLink = async (path: string): Promise<string> => {
		const known = targets.get(path);
		if (known !== undefined) return known;
		const file = index.file(path);
		const target = file && file.size <= 4_096 ? (await read([file]))[0]!.toString('utf8') : '/';
		targets.set(path, target);
		return target;
	};
	const links = new Map<string, string>();
	for (const {path, type} of files) {
		if (type !== 'link') continue;
		const target = await readLink(path);
		if (target === '' || target.includes('\0') || (await resolveLink(index, path, readLink)) === null) {
			throw new HoldfastError({
				code: 'LinkLeavesTree',
				message: `the symbolic link points outside of the repository: ${boundedText(target, 200)}`,
				file: safeText(path),
				hint: 'Replace it by the file itself, or by a relative link that stays inside',
			});
		}
		links.set(path, target);
	}
	return links;
}

async function prepareDirectory(directory: string): Promise<void> {
	await mkdir(directory, {recursive: true, mode: 0o700});
	if ((await readdir(directory)).length > 0) {
		throw new HoldfastError({code: 'GitFailed', message: 'the folder for a checkout is not empty'});
	}
	await chmod(directory, 0o700);
}

function foldersOf(files: readonly GitFile[]): Set<string> {
	const folders = new Set(files.map(file => dirname(file.path)));
	folders.delete('.');
	return folders;
}

function* batches(files: readonly GitFile[]): Generator<GitFile[]> {
	let batch: GitFile[] = [];
	let bytes = 0;
	for (const file of files) {
		if (batch.length > 0 && (bytes + file.size > batchBytes || batch.length === batchFiles)) {
			yield batch;
			batch = [];
			bytes = 0;
		}
		batch.push(file);
		bytes += file.size;
	}
	if (batch.length > 0) yield batch;
}

const isLarge = (file: GitFile): boolean => file.size > batchBytes;

/** Fails when the name is taken: a hostile commit can hold one name twice, as a link and as a folder. */
async function create(directory: string, file: GitFile, write: (handle: FileHandle) => Promise<void>): Promise<void> {
	const handle = await open(join(directory, file.path), 'wx', file.isExecutable ? 0o700 : 0o600);
	try {
		await write(handle);
	} finally {
		await handle.close();
	}
}
