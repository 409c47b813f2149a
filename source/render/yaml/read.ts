import type {Problem} from '../../model/errors.ts';
import {boundedText} from '../../model/text.ts';
import type {RenderLimits} from '../limits.ts';
import {contentAfterEnd, tooManyEntries} from './complaints.ts';
import {constructDocuments} from './construct.ts';
import {explainYaml} from './explain.ts';
import {cutJsonStream, looksLikeJson} from './json-stream.ts';
import {parseYaml} from './parse.ts';
import {lineOf, YamlRefusal} from './refusal.ts';
import {type Chunk, splitDocuments} from './split.ts';
import {withoutSecret} from './withheld.ts';

export interface YamlDocument {
	readonly value: unknown;
	/** 1-based line of the first key, comments not counted. */
	readonly line: number;
	/** Keys that stand twice, when these are not refused. */
	readonly duplicateKeys: readonly string[];
}

export interface YamlOptions {
	/** `last`: as Kubernetes does it, for texts that a program wrote and nobody can mend. Default: `refuse`. */
	readonly duplicateKeys?: 'refuse' | 'last';
}

export interface YamlFile {
	/** Without empty documents. */
	readonly documents: readonly YamlDocument[];
	/** One per broken document, with line; `file` is left to the caller. */
	readonly problems: readonly Problem[];
}

/** Below this many characters a document cannot hold more entries than any sensible limit. */
const smallDocumentCharacters = 512 * 1024;

const longestMessage = 300;

/** Reads YAML, or JSON, as kubectl does; never throws. Broken documents become problems, the others are read all the same. */
export function readYaml(text: string, limits: RenderLimits, options: YamlOptions = {}): YamlFile {
	const documents: YamlDocument[] = [];
	const {chunks, refusals} = splitDocuments(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
	const problems = refusals.map(refusal => toProblem(refusal, {text, line: 0}));
	for (const chunk of chunks) readChunk(chunk);
	return {documents, problems};

	function readChunk(chunk: Chunk): void {
		try {
			documents.push(...parseChunk(chunk, limits, options));
		} catch (error) {
			const isSyntax = error instanceof YamlRefusal && error.isSyntax;
			const pieces = isSyntax && looksLikeJson(chunk.text) ? cutJsonStream(chunk) : null;
			if (pieces === null) problems.push(chunkProblem(error, chunk));
			else pieces.forEach(readChunk);
		}
	}
}

function parseChunk(chunk: Chunk, limits: RenderLimits, options: YamlOptions): YamlDocument[] {
	checkEntries(chunk.text, limits);
	const parsed = parseYaml(chunk.text, limits.depth);
	const [first, second] = constructDocuments(parsed, limits, options.duplicateKeys ?? 'refuse');
	if (second) throw new YamlRefusal(contentAfterEnd(), second.line);
	if (!first || first.value === null) return [];
	return [{...first, line: chunk.line + first.line + 1}];
}

/** Every node needs a line, a comma or a bracket: counting them bounds memory before anything is built. */
function checkEntries(text: string, limits: RenderLimits): void {
	if (text.length < Math.min(smallDocumentCharacters, limits.entries)) return;
	let entries = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 10 || code === 44 || code === 91 || code === 123) entries++;
	}
	if (entries > limits.entries) throw new YamlRefusal(tooManyEntries(limits.entries), 0);
}

function chunkProblem(error: unknown, chunk: Chunk): Problem {
	if (error instanceof YamlRefusal) return toProblem(error, chunk);
	// The parsers are not ours: whatever they throw must stay with this document.
	const message = error instanceof Error ? error.message : String(error);
	return {code: 'YamlInvalid', message: wordsFor(message, chunk), line: chunk.line + 1};
}

function toProblem({complaint, line, isSyntax}: YamlRefusal, chunk: Chunk): Problem {
	const explanation = isSyntax ? explainYaml(chunk.text) : null;
	const hint = complaint.hint ?? (chunk.text.includes('{{') ? templateHint : undefined);
	return {
		code: complaint.code,
		message: wordsFor(explanation?.message ?? complaint.message, chunk),
		// What is missing at the end is missing on the last line that says something.
		line: chunk.line + Math.min(explanation?.line ?? line, lineOf(chunk.text.trimEnd(), chunk.text.length)) + 1,
		...(hint !== undefined && {hint}),
	};
}

function wordsFor(message: string, {text}: Chunk): string {
	return boundedText(withoutSecret(message, text), longestMessage);
}

const templateHint =
	'It contains {{ and looks like an unrendered Helm template: point the application at the chart (the folder with Chart.yaml), or put the value in quotes';
