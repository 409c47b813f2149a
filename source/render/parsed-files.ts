import type {Problem} from '../model/errors.ts';
import type {GitFile, GitTree} from '../model/ports/git/tree.ts';
import {createCache} from './cache.ts';
import {decodeText} from './decode.ts';
import type {RenderLimits} from './limits.ts';
import {type Stored, store, take} from './stored.ts';
import {readYaml} from './yaml/read.ts';

/** A YAML or JSON file as read from the repository. It knows nothing of its path: one blob may stand in many places. */
export interface ParsedFile {
	readonly documents: readonly {readonly value: unknown; readonly line: number}[];
	/** Without `file`. */
	readonly problems: readonly Problem[];
}

export interface ParsedFiles {
	/**
	 * Reads and parses files, in the order given. Blobs seen before are not read again: a commit that changes one file
	 * costs one file. Rejects as {@link GitTree.read} does.
	 */
	read(tree: GitTree, files: readonly GitFile[]): Promise<ParsedFile[]>;
}

/** Argo CD's comment that keeps a file from being rendered. */
const skipMarker = '+argocd:skip-file-rendering';

/** Bytes read at a time: what is parsed already need not stay in memory. */
const batchBytes = 8 * 1024 * 1024;

/** Parsing yields to the rest of the worker after this long. */
const breathMilliseconds = 20;

const cacheBytes = 64 * 1024 * 1024;

export function createParsedFiles(limits: RenderLimits): ParsedFiles {
	const cache = createCache<Stored<ParsedFile>>({entries: 100_000, bytes: cacheBytes, size: blob => blob.length});
	return {
		async read(tree, files) {
			const parsed = new Map<string, ParsedFile>();
			const missing = new Map<string, GitFile>();
			let breath = performance.now();
			for (const file of files) {
				if (parsed.has(file.oid)) continue;
				const known = cache.get(file.oid);
				if (known) parsed.set(file.oid, take(known));
				else missing.set(file.oid, file);
			}
			for (const batch of batches([...missing.values()])) {
				const contents = await tree.read(batch);
				for (const [index, {oid}] of batch.entries()) {
					const file = parseFile(contents[index]!, limits);
					cache.set(oid, store(file));
					parsed.set(oid, file);
					if (performance.now() - breath < breathMilliseconds) continue;
					await new Promise(resolve => setImmediate(resolve));
					breath = performance.now();
				}
			}
			return eachItsOwn(files, parsed);
		},
	};
}

/** Two files with the same content must not share objects. */
function eachItsOwn(files: readonly GitFile[], parsed: ReadonlyMap<string, ParsedFile>): ParsedFile[] {
	const taken = new Set<string>();
	return files.map(({oid}) => {
		const file = parsed.get(oid)!;
		if (taken.has(oid)) return structuredClone(file);
		taken.add(oid);
		return file;
	});
}

function parseFile(content: Buffer, limits: RenderLimits): ParsedFile {
	const text = decodeText(content);
	if (text === null) {
		const hint = 'Save it as UTF-8';
		const problem: Problem = {code: 'EncodingInvalid', message: 'the file is neither UTF-8 nor UTF-16', line: 1, hint};
		return {documents: [], problems: [problem]};
	}
	if (text.includes(skipMarker)) return {documents: [], problems: []};
	const {documents, problems} = readYaml(text, limits);
	return {documents: documents.map(({value, line}) => ({value, line})), problems};
}

function* batches(files: readonly GitFile[]): Generator<GitFile[]> {
	let batch: GitFile[] = [];
	let bytes = 0;
	for (const file of files) {
		if (batch.length > 0 && bytes + file.size > batchBytes) {
			yield batch;
			batch = [];
			bytes = 0;
		}
		batch.push(file);
		bytes += file.size;
	}
	if (batch.length > 0) yield batch;
}
