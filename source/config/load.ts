import path from 'node:path';
import type {Application} from '../model/application.ts';
import type {Problem} from '../model/errors.ts';
import {type FoundFile, findFiles, readText} from './files.ts';
import {type ConfigurationFile, type ConfigurationOptions, readConfiguration} from './read.ts';

export {type ReadDocument, type RenderedDocument, readRenderedDocuments} from './children.ts';
export {type InlineApplication, inlineApplication} from './inline.ts';
export {configurationSchema} from './json-schema.ts';
export {type ConfigurationCode, configurationCodes} from './problem-codes.ts';
export {type ConfigurationFile, type ConfigurationOptions, readConfiguration} from './read.ts';

export interface Configuration {
	/** Every application that could be read, in the order of files and documents. */
	readonly applications: Application[];
	/** Everything that could not, each with its file and line. Files are named relative to their configuration folder. */
	readonly problems: Problem[];
	/** Globs of contexts in which nothing is written lightly. */
	readonly productionContexts: string[];
	/** Absolute paths of all files read, also of those with problems: what to watch for changes. */
	readonly files: string[];
}

/**
 * Reads the configuration below the given paths, each a file or a folder of YAML and JSON files. Never rejects: a path that
 * does not exist is a problem like any other.
 */
export async function loadConfiguration(
	paths: readonly string[],
	options: ConfigurationOptions = {},
): Promise<Configuration> {
	const seen = new Set<string>();
	const found: FoundFile[] = [];
	const problems: Problem[] = [];
	for (const given of paths) {
		const {files, problems: missing} = await findFiles(given, seen);
		found.push(...files);
		problems.push(...missing);
	}
	const texts: ConfigurationFile[] = [];
	for (const file of withOwnNames(found)) {
		const read = await readText(file);
		if ('text' in read) texts.push({path: file.name, text: read.text, folder: path.dirname(file.path)});
		else problems.push(read.problem);
	}
	const {applications, problems: inside, productionContexts} = readConfiguration(texts, options);
	return {applications, problems: [...problems, ...inside], productionContexts, files: found.map(file => file.path)};
}

/** Two files with one relative name, from two configuration folders, are told apart by their whole paths. */
function withOwnNames(files: readonly FoundFile[]): FoundFile[] {
	const counts = new Map<string, number>();
	for (const {name} of files) counts.set(name, (counts.get(name) ?? 0) + 1);
	return files.map(file => ((counts.get(file.name) ?? 0) > 1 ? {...file, name: file.path} : file));
}
