import type {Problem} from '../../model/errors.ts';
import {boundedText} from '../../model/text.ts';
import type {RenderLimits} from '../limits.ts';
import {constructDocuments} from './construct.ts';
import {explainYaml} from './explain.ts';
import {cutJsonStream, looksLikeJson} from './json-stream.ts';
import {parseYaml} from './parse.ts';
import {lineOf, YamlRefusal} from './refusal.ts';
import {type Chunk, splitDocuments} from './split.ts';

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
	const problems = refusals.map(({refusal, line}) => toProblem(refusal, line, text));
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
	const duplicateKeys: string[] = [];
	const collect = options.duplicateKeys === 'last' ? (key: string) => void duplicateKeys.push(key) : undefined;
	const found = constructDocuments(parsed, limits, collect);
	if (found.length > 1) throw afterDocumentEnd(found[1]!.position);
	return found
		.filter(({value}) => value !== null)
		.map(({value, position}) => ({value, line: chunk.line + lineOf(parsed.source, position) + 1, duplicateKeys}));
}
/** Every node needs a line, a comma or a bracket: counting them bounds memory before anything is built. */
function checkEntries(text: string, limits: RenderLimits): void {
	if (text.length < Math.min(smallDocumentCharacters, limits.entries)) return;
	let entries = 0;
	for (let index = 0; index < text.length; index++) {
		const code = text.charCodeAt(index);
		if (code === 10 || code === 44 || code === 91 || code === 123) entries++;
	}
	if (entries > limits.entries) {
		const message = `one document has more than ${limits.entries} lines and list entries`;
		const hint = 'Kubernetes stores objects of at most about 1.5 MB: split it';
		throw new YamlRefusal('YamlTooComplex', message, 0, {hint});
	}
}

function afterDocumentEnd(position: number): YamlRefusal {
	return new YamlRefusal('YamlInvalid', 'content follows the document end marker ... without a separator', position, {
		hint: 'kubectl would silently ignore it: put --- before it',
	});
}

function chunkProblem(error: unknown, chunk: Chunk): Problem {
	if (error instanceof YamlRefusal) return toProblem(error, chunk.line, chunk.text);
	// The parsers are not ours: whatever they throw must stay with this document.
	const message = error instanceof Error ? error.message : String(error);
	return {code: 'YamlInvalid', message: boundedText(message, longestMessage), line: chunk.line + 1};
}

function toProblem(refusal: YamlRefusal, firstLine: number, text: string): Problem {
	const explanation = refusal.isSyntax ? explainYaml(text) : null;
	const line = explanation?.line ?? lineOf(text, refusal.position);
	const hint = refusal.hint ?? (text.includes('{{') ? templateHint : undefined);
	return {
		code: refusal.code,
		message: boundedText(explanation?.message ?? refusal.message, longestMessage),
		line: firstLine + line + 1,
		...(hint !== undefined && {hint}),
	};
}

const templateHint =
	'It contains {{ and looks like an unrendered Helm template: point the application at the chart (the folder with Chart.yaml), or put the value in quotes';
