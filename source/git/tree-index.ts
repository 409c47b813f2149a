import type {GitFile} from '../model/ports/git/tree.ts';

/** All paths of one commit. Answers are exact lookups; nothing is searched, so a thousand applications may ask. */
export interface TreeIndex {
	/** Files, links and submodules in git's order, which is that of their bytes. */
	readonly files: readonly GitFile[];
	hash(path: string): string | null;
	file(path: string): GitFile | null;
	/** What lies below a folder; `` is the root. */
	below(folder: string): readonly GitFile[];
}

interface Folder {
	readonly oid: string;
	/** Its files are `files[first]` to `files[end - 1]`: git lists depth first. */
	readonly first: number;
	end: number;
}

const types: Readonly<Record<string, GitFile['type'] | undefined>> = {
	'100644': 'file',
	'100664': 'file',
	'100755': 'file',
	'120000': 'link',
	'160000': 'submodule',
};

/**
 * Parses `git ls-tree -r -t -l -z`: `MODE TYPE OID SIZE<tab>PATH<nul>`, folders before what they hold. Entries of unknown
 * modes are left out. `limit`: throws a RangeError when there are more entries.
 */
export function parseTree(output: Buffer, rootOid: string, limit: number): TreeIndex {
	const files: GitFile[] = [];
	const fileByPath = new Map<string, GitFile>();
	const root: Folder = {oid: rootOid, first: 0, end: 0};
	const folders = new Map<string, Folder>([['', root]]);
	const open: {path: string; folder: Folder}[] = [];
	let entries = 0;
	for (let position = 0; position < output.length; ) {
		const end = output.indexOf(0, position);
		if (end === -1) break;
		const tab = output.indexOf(0x09, position);
		const [mode = '', , oid = '', size = ''] = output.toString('latin1', position, tab).split(/ +/);
		const path = output.toString('utf8', tab + 1, end);
		position = end + 1;
		if (++entries > limit) throw new RangeError(`more than ${limit} entries`);
		for (let last = open.at(-1); last && !path.startsWith(last.path); last = open.at(-1)) {
			last.folder.end = files.length;
			open.pop();
		}
		if (mode === '040000') {
			const folder: Folder = {oid, first: files.length, end: files.length};
			folders.set(path, folder);
			open.push({path: `${path}/`, folder});
			continue;
		}
		const type = types[mode];
		if (!type) continue;
		const file: GitFile = {path, type, isExecutable: mode === '100755', oid, size: Number(size) || 0};
		files.push(file);
		fileByPath.set(path, file);
	}
	for (const {folder} of open) folder.end = files.length;
	root.end = files.length;
	return {
		files,
		hash: path => folders.get(path)?.oid ?? fileByPath.get(path)?.oid ?? null,
		file: path => fileByPath.get(path) ?? null,
		below(path) {
			const folder = folders.get(path);
			return folder ? files.slice(folder.first, folder.end) : [];
		},
	};
}
