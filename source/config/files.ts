import {readdir, readFile, realpath, stat} from 'node:fs/promises';
import path from 'node:path';
import type {Problem} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import type {ConfigurationCode} from './problem-codes.ts';
import {largestFile} from './yaml/parse.ts';

/** One file to read: where it is, where relative paths in it start, and how it is called in messages. */
export interface FoundFile {
	/** Absolute, as found; links are not resolved, so that the place a person edits is the one that is watched. */
	readonly path: string;
	/** Relative to the configuration folder. */
	readonly name: string;
}

export interface FoundFiles {
	readonly files: FoundFile[];
	readonly problems: Problem[];
}

const extensions = new Set(['.yaml', '.yml', '.json']);
const mostFiles = 10_000;
const deepestFolder = 32;

/**
 * Finds the configuration files of one path: the file itself, or all YAML and JSON files below a folder, sorted, without
 * hidden ones (a mounted ConfigMap keeps its versions in hidden folders). Links inside a folder are followed as long as
 * they stay in it; each file is read once, however many links lead to it.
 */
export async function findFiles(given: string, seen: Set<string>): Promise<FoundFiles> {
	const found: FoundFiles = {files: [], problems: []};
	const start = path.resolve(given);
	let root: string;
	let isFolder: boolean;
	try {
		root = await realpath(start);
		isFolder = (await stat(root)).isDirectory();
	} catch (error) {
		report(
			found,
			given,
			'ConfigurationNotFound',
			`the configuration cannot be read: ${reasonOf(error)}`,
			'Check --config',
		);
		return found;
	}
	if (!isFolder) {
		if (!seen.has(root)) found.files.push({path: start, name: path.basename(start)});
		seen.add(root);
		return found;
	}
	await walk({start, root, folder: start, depth: 0, seen}, found);
	if (found.files.length === 0 && found.problems.length === 0) {
		const message = 'the folder holds no .yaml, .yml or .json file';
		report(found, given, 'ConfigurationNotFound', message, 'Hidden files and folders are not read');
	}
	return found;
}

interface Walk {
	readonly start: string;
	/** The start with links resolved; nothing outside of it is read. */
	readonly root: string;
	readonly folder: string;
	readonly depth: number;
	readonly seen: Set<string>;
}

async function walk(at: Walk, found: FoundFiles): Promise<void> {
	const {start, root, folder, depth, seen} = at;
	const name = path.relative(start, folder) || path.basename(start);
	if (depth > deepestFolder) {
		report(found, name, 'FileTooLarge', `folders deeper than ${deepestFolder} levels are not read`);
		return;
	}
	let entries: string[];
	try {
		entries = (await readdir(folder)).sort();
	} catch (error) {
		report(found, name, 'FileUnreadable', `the folder cannot be read: ${reasonOf(error)}`);
		return;
	}
	for (const entry of entries) {
		if (entry.startsWith('.')) continue;
		const place = path.join(folder, entry);
		const relative = path.relative(start, place);
		try {
			const real = await realpath(place);
			if (real !== root && !real.startsWith(root.endsWith(path.sep) ? root : root + path.sep)) {
				report(
					found,
					relative,
					'LinkLeavesFolder',
					'this link leads out of the configuration folder and is not followed',
				);
				continue;
			}
			const status = await stat(real);
			const isWanted = status.isDirectory() || (status.isFile() && extensions.has(path.extname(entry).toLowerCase()));
			if (!isWanted || seen.has(real)) continue;
			seen.add(real);
			if (status.isDirectory()) await walk({...at, folder: place, depth: depth + 1}, found);
			else if (found.files.length < mostFiles) found.files.push({path: place, name: relative});
			else {
				report(
					found,
					relative,
					'FileTooLarge',
					`more than ${mostFiles} configuration files; this and later ones are not read`,
				);
				return;
			}
		} catch (error) {
			report(found, relative, 'FileUnreadable', `the file cannot be read: ${reasonOf(error)}`);
		}
	}
}

/** Reads one file as UTF-8 text, or says why it cannot be. */
export async function readText({path: file, name}: FoundFile): Promise<{text: string} | {problem: Problem}> {
	const problem = (code: ConfigurationCode, message: string) => ({problem: {code, message, file: name}});
	try {
		const status = await stat(file);
		if (!status.isFile()) return problem('FileUnreadable', 'this is no regular file');
		if (status.size > largestFile) {
			return problem(
				'FileTooLarge',
				`the file is larger than ${largestFile / 1024 / 1024} MiB; a configuration is not`,
			);
		}
		return {text: new TextDecoder('utf-8', {fatal: true}).decode(await readFile(file))};
	} catch (error) {
		if (error instanceof TypeError) return problem('FileUnreadable', 'the file is not UTF-8 text');
		return problem('FileUnreadable', `the file cannot be read: ${reasonOf(error)}`);
	}
}

const reasons: Readonly<Record<string, string>> = {
	ENOENT: 'it does not exist',
	EACCES: 'permission denied',
	EPERM: 'permission denied',
	ELOOP: 'the link leads in a circle',
	ENOTDIR: 'a part of the path is no folder',
	EMFILE: 'too many open files',
};

function reasonOf(error: unknown): string {
	const code = (error as NodeJS.ErrnoException).code ?? '';
	return reasons[code] ?? boundedText(error instanceof Error ? error.message : String(error), 200);
}

function report(found: FoundFiles, file: string, code: ConfigurationCode, message: string, hint?: string): void {
	found.problems.push({code, message, hint, file});
}
