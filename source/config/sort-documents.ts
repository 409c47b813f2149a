import type {Problem} from '../model/errors.ts';
import {type DocumentKind, kindOfDocument, unsupportedHint} from './document-kinds.ts';
import {quoted, subjectOf} from './findings.ts';
import {holdfastApiVersion} from './holdfast/schema.ts';
import type {ConfigurationCode} from './problem-codes.ts';
import {below, type SourceDocument} from './yaml/source-document.ts';

export interface SortedDocument {
	readonly kind: Exclude<DocumentKind, 'unsupported' | 'unknown'>;
	readonly document: SourceDocument;
}

/** Lists inside lists are not what any tool writes. */
const deepestList = 3;
/** Kinds named in one sentence about documents that are no configuration. */
const mostKindsNamed = 6;

/**
 * Tells what the documents of one file are, with Lists (as `kubectl get -o yaml` prints them) taken apart. Kinds that are not
 * read are problems: one for each of Argo CD and Flux, one for all the others of the file together.
 */
export function sortDocuments(documents: readonly SourceDocument[]): {sorted: SortedDocument[]; problems: Problem[]} {
	const sorted: SortedDocument[] = [];
	const problems: Problem[] = [];
	const strangers: {readonly document: SourceDocument; readonly what: string}[] = [];
	for (const document of documents.flatMap(each => itemsOf(each, 0))) {
		const {apiVersion, kind, name} = headOf(document.value);
		const is = kindOfDocument(apiVersion, kind);
		if (is === 'unknown') strangers.push({document, what: kind || 'a document without apiVersion and kind'});
		else if (is === 'unsupported') problems.push(unsupported(document, apiVersion, kind, name));
		else sorted.push({kind: is, document});
	}
	const stranger = strangers[0];
	if (stranger)
		problems.push(unknown(stranger.document, [...new Set(strangers.map(each => each.what))], strangers.length));
	return {sorted, problems};
}

function itemsOf(document: SourceDocument, depth: number): SourceDocument[] {
	const {value} = document;
	const {kind} = headOf(value);
	const items = typeof value === 'object' && value !== null ? (value as {items?: unknown}).items : undefined;
	if (!kind.endsWith('List') || !Array.isArray(items) || depth >= deepestList) return [document];
	return items.flatMap((_item, index) => itemsOf(below(document, ['items', index]), depth + 1));
}

function headOf(value: unknown): {readonly apiVersion: string; readonly kind: string; readonly name: string} {
	const head = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>;
	const metadata = (typeof head.metadata === 'object' && head.metadata !== null ? head.metadata : {}) as {
		name?: unknown;
	};
	const text = (part: unknown) => (typeof part === 'string' ? part : '');
	return {apiVersion: text(head.apiVersion), kind: text(head.kind), name: text(metadata.name)};
}

function unsupported(document: SourceDocument, apiVersion: string, kind: string, name: string): Problem {
	const object = subjectOf(kind, name);
	return {
		code: 'UnsupportedKind' satisfies ConfigurationCode,
		message: `${object} of ${quoted(apiVersion)} is not supported and has no effect`,
		hint: unsupportedHint(apiVersion, kind),
		file: document.file,
		line: document.positionOf([]).line,
		object,
	};
}

const startOfOurs = `Start it with apiVersion: ${holdfastApiVersion} and kind: Configuration`;
const whatIsRead = `holdfast reads ${holdfastApiVersion} Configuration and Application, Argo CD Application and AppProject, and Flux GitRepository and Kustomization`;

/** A list of applications with its head forgotten. */
function looksLikeOurs(value: unknown): boolean {
	return typeof value === 'object' && value !== null && Object.hasOwn(value, 'applications');
}

function unknown(first: SourceDocument, kinds: readonly string[], count: number): Problem {
	const named = kinds.slice(0, mostKindsNamed).map(kind => subjectOf(kind, ''));
	const more = kinds.length > named.length ? ' and others' : '';
	const what = count === 1 ? named[0] : `${count} documents (${named.join(', ')}${more})`;
	return {
		code: 'UnknownDocument' satisfies ConfigurationCode,
		message: `${what}: no configuration of holdfast, Argo CD or Flux, so ${count === 1 ? 'it has' : 'they have'} no effect`,
		hint: looksLikeOurs(first.value) ? startOfOurs : whatIsRead,
		file: first.file,
		line: first.positionOf([]).line,
	};
}
