import type {Problem} from '../model/errors.ts';
import type {Manifest} from '../model/object.ts';
import {boundedText, safeText} from '../model/text.ts';
import {decodeText} from './decode.ts';
import type {RenderLimits} from './limits.ts';
import {readManifests, tooManyObjects} from './manifest.ts';
import {failure, type Outcome, success} from './outcome.ts';
import type {Rendered} from './services.ts';
import {readYaml, type YamlDocument} from './yaml/read.ts';

/** Names the file that a document came from: by its line in the output (1-based), or by its value where there is one. */
export type FileOfDocument = (line: number, value?: unknown) => string;

const mostNotices = 10;

/**
 * Reads what helm or kustomize wrote. Keys that stand twice are taken as Kubernetes takes them, and told: many published
 * charts have some, and those who use a chart cannot mend it.
 */
export function readOutput(text: string, limits: RenderLimits, fileOfDocument: FileOfDocument): Outcome<Rendered> {
	const {documents, problems: broken} = readYaml(text, limits, {duplicateKeys: 'last'});
	const manifests: Manifest[] = [];
	const notices: Problem[] = [];
	const problems: Problem[] = broken.map(problem => inOutput(problem, fileOfDocument));
	for (const document of documents) {
		const file = safeText(fileOfDocument(document.line, document.value));
		const found = readManifests(document.value, {file});
		manifests.push(...found.manifests);
		problems.push(...found.problems);
		notices.push(...duplicateKeyNotices(document, file));
	}
	if (manifests.length > limits.objects) problems.push(tooManyObjects(manifests.length, limits.objects));
	return problems.length > 0 ? failure(...problems) : success({manifests, notices: notices.slice(0, mostNotices)});
}

/** A program's output as text. */
export function decodeOutput(output: Buffer): Outcome<string> {
	const text = decodeText(output);
	if (text !== null) return success(text);
	return failure({
		code: 'EncodingInvalid',
		message: 'the rendered output is not UTF-8',
		hint: 'Save all files as UTF-8',
	});
}

/** A line of the output says nothing to the writer of a template; its file does. */
function inOutput({line = 1, ...problem}: Problem, fileOfDocument: FileOfDocument): Problem {
	const message = `${problem.message} (line ${line} of the rendered output)`;
	return {...problem, message, file: safeText(fileOfDocument(line))};
}

function duplicateKeyNotices({duplicateKeys}: YamlDocument, file: string): Problem[] {
	return [...new Set(duplicateKeys)].map(key => ({
		code: 'YamlDuplicateKey',
		message: `the key ${boundedText(key, 100)} stands twice in a map of the rendered output; the last one counts, as in Kubernetes`,
		file,
		hint: 'Remove one of them from the template',
	}));
}
