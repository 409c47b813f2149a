import type {Problem} from '../../model/errors.ts';
import type {GitTree} from '../../model/ports/git/tree.ts';
import {boundedText, safeText} from '../../model/text.ts';
import type {RenderLimits} from '../limits.ts';
import {baseName, locate} from '../repository-path.ts';
import {isArchive, readArchive} from './archive.ts';

/** Charts in archives may hold charts in archives. */
const deepestArchive = 4;

const referenceKeys = new Set(['$ref', '$dynamicRef', '$recursiveRef']);

/** Dialects that helm knows without asking anyone. */
const knownDialect = /^https?:\/\/json-schema\.org\//;

/**
 * Looks for a schema of values that refers to something outside of itself. helm would read it, from the network or from
 * this machine's files, and a proxy does not stop requests to this machine itself: such values have to go unchecked. The
 * notice says why; null when there is nothing of the kind.
 */
export async function findExternalSchema(tree: GitTree, folder: string, limits: RenderLimits): Promise<Problem | null> {
	// Grows while it is walked: a link may lead to a chart in another folder.
	const folders = new Set([folder]);
	for (const each of folders) {
		for (const {path, type} of tree.files(each)) {
			if (type !== 'link' && !isOfInterest(path)) continue;
			const found = await locate(tree, path);
			if (found.type === 'folder') folders.add(found.path);
			if (found.type !== 'file' || !isOfInterest(path)) continue;
			const [content] = await tree.read([found.file]);
			const reference = await findReference(content!, limits, 0);
			if (reference !== null) return schemaNotChecked(path, reference);
		}
	}
	return null;
}

function isOfInterest(path: string): boolean {
	return baseName(path) === 'values.schema.json' || /\.(?:tgz|tar\.gz)$/.test(path);
}

/** In a schema, or in any file of an archive: names inside it could be hidden, and other files hardly ever refer. */
async function findReference(content: Buffer, limits: RenderLimits, depth: number): Promise<string | null> {
	if (!isArchive(content)) return referenceOf(content.toString('utf8'));
	const entries = depth < deepestArchive ? await readArchive(content, limits.applicationBytes) : null;
	// What cannot be looked into may hold anything.
	if (entries === null) return 'what cannot be read';
	for (const entry of entries) {
		const reference = await findReference(entry, limits, depth + 1);
		if (reference !== null) return reference;
	}
	return null;
}

/** The first reference of a JSON schema that is not to a part of itself. Text that is not JSON is no schema to helm either. */
function referenceOf(text: string): string | null {
	if (!/^\s*\{/.test(text)) return null;
	let schema: unknown;
	try {
		schema = JSON.parse(text);
	} catch {
		return null;
	}
	const pending = [schema];
	while (pending.length > 0) {
		const value = pending.pop();
		if (typeof value !== 'object' || value === null) continue;
		for (const [key, item] of Object.entries(value)) {
			if (typeof item !== 'string') pending.push(item);
			else if (referenceKeys.has(key) && !item.startsWith('#')) return item;
			else if (key === '$schema' && !knownDialect.test(item)) return item;
		}
	}
	return null;
}

function schemaNotChecked(path: string, reference: string): Problem {
	return {
		code: 'SchemaNotChecked',
		message: `values are not checked: the schema refers to ${boundedText(reference, 200)}`,
		file: safeText(path),
		hint: 'Put all of the schema into values.schema.json: nothing else is read while rendering',
	};
}
