import {createHash} from 'node:crypto';
import {readdirSync, readFileSync, readlinkSync, statSync} from 'node:fs';
import {mkdir, symlink, writeFile} from 'node:fs/promises';
import {dirname, join} from 'node:path';
import type {GitFile, GitTree} from '../../../source/model/ports/git/tree.ts';

/** Content of one path: text or bytes of a file, the target of a link, or a submodule. */
export type Entry = string | Buffer | {readonly link: string} | {readonly submodule: true};

export interface MemoryTree extends GitTree {
	/** Paths read so far, in order; a test may empty it. */
	readonly reads: string[];
	/** Folders of each checkout; undefined stands for the whole commit. */
	readonly checkouts: (readonly string[] | undefined)[];
}

/** A commit made of a table of paths. Object ids are hashes of content, as in git. */
export function memoryTree(entries: Readonly<Record<string, Entry>>, commit = 'c0ffee00'.repeat(5)): MemoryTree {
	const reads: string[] = [];
	const checkouts: (readonly string[] | undefined)[] = [];
	const contents = new Map<string, Buffer>();
	const files: GitFile[] = [];
	for (const [path, entry] of Object.entries(entries).sort(([one], [other]) => (one < other ? -1 : 1))) {
		const type = typeof entry === 'string' || Buffer.isBuffer(entry) ? 'file' : 'link' in entry ? 'link' : 'submodule';
		const content = Buffer.isBuffer(entry)
			? entry
			: Buffer.from(typeof entry === 'string' ? entry : 'link' in entry ? entry.link : 'submodule');
		const oid = hashOf(type === 'file' ? '' : type, content);
		contents.set(path, content);
		files.push({path, type, isExecutable: false, oid, size: content.length});
	}
	const byPath = new Map(files.map(file => [file.path, file]));
	const below = (folder: string) => files.filter(({path}) => folder === '' || path.startsWith(`${folder}/`));
	const tree: MemoryTree = {
		commit,
		reads,
		checkouts,
		hash(path) {
			const file = byPath.get(path);
			if (file) return file.oid;
			const inside = below(path);
			if (inside.length === 0 && path !== '') return null;
			return hashOf('tree', ...inside.map(({path: name, oid}) => `${name.slice(path.length)}:${oid}`));
		},
		files: below,
		file: path => byPath.get(path) ?? null,
		async read(wanted) {
			reads.push(...wanted.map(({path}) => path));
			return wanted.map(({path}) => contents.get(path)!);
		},
		async checkout(directory, folders) {
			checkouts.push(folders);
			for (const {path, type} of folders ? folders.flatMap(below) : files) {
				if (type === 'submodule') continue;
				await mkdir(dirname(join(directory, path)), {recursive: true});
				const content = contents.get(path)!;
				if (type === 'link') await symlink(content.toString('utf8'), join(directory, path));
				else await writeFile(join(directory, path), content);
			}
		},
	};
	return tree;
}

/** A folder on disk as a commit. */
export function treeOfFolder(root: string): MemoryTree {
	const entries: Record<string, Entry> = {};
	const visit = (folder: string) => {
		for (const entry of readdirSync(join(root, folder), {withFileTypes: true})) {
			const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
			if (entry.isDirectory()) visit(path);
			else if (entry.isSymbolicLink()) entries[path] = {link: readlinkSync(join(root, path))};
			else if (statSync(join(root, path)).isFile()) entries[path] = readFileSync(join(root, path));
		}
	};
	visit('');
	return memoryTree(entries);
}

function hashOf(...parts: readonly (string | Buffer)[]): string {
	const hash = createHash('sha1');
	for (const part of parts) hash.update(part).update('\0');
	return hash.digest('hex');
}
