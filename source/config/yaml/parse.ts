import {type Document, LineCounter, parseAllDocuments, type YAMLError} from 'yaml';
import type {Problem} from '../../model/errors.ts';
import {boundedText} from '../../model/text.ts';
import {accept, type Result, refuse} from '../result.ts';
import {locatedDocument, type SourceDocument} from './source-document.ts';
import {toPlainValue, YamlValueError} from './to-value.ts';

/** More than any configuration has; an etcd object ends at 1.5 MiB. */
export const largestFile = 4 * 1024 * 1024;
/** After the first syntax error the others are mostly its echo. */
const mostErrorsPerDocument = 3;

const options = {
	schema: 'failsafe',
	version: '1.2',
	uniqueKeys: true,
	prettyErrors: false,
	logLevel: 'silent',
} as const;

/**
 * Reads all YAML or JSON documents of one file. Never throws: a document that cannot be read becomes problems with line and
 * column, and the other documents of the file go on. Empty documents are left out.
 */
export function parseDocuments(source: {readonly file: string; readonly folder: string; readonly text: string}): {
	documents: SourceDocument[];
	problems: Problem[];
} {
	const {file, folder, text} = source;
	if (text.length > largestFile) {
		return {documents: [], problems: [{code: 'FileTooLarge', message: tooLarge, file}]};
	}
	const lines = new LineCounter();
	const documents: SourceDocument[] = [];
	const problems: Problem[] = [];
	const report = (code: string, offset: number, message: string, hint?: string) => {
		const {line, col} = lines.linePos(offset);
		problems.push({code, message: `${message} (column ${Math.max(col, 1)})`, file, line: Math.max(line, 1), hint});
	};
	try {
		for (const yaml of parseAllDocuments(text, {...options, lineCounter: lines})) {
			if (yaml.errors.length > 0) {
				for (const error of worthTelling(yaml.errors)) reportSyntax(error, text, report);
				continue;
			}
			try {
				const value = toPlainValue(yaml);
				if (value !== null) documents.push(locatedDocument({file, folder, value, yaml, lines}));
			} catch (error) {
				if (!(error instanceof YamlValueError)) throw error;
				report(error.code, error.node?.range?.[0] ?? yaml.range[0], error.message, error.hint);
			}
		}
	} catch (error) {
		// The parser itself gave up, for example on ten thousand opening brackets.
		const reason = boundedText(error instanceof Error ? error.message : String(error), 200);
		problems.push({code: 'InvalidYaml', message: `the file cannot be read as YAML: ${reason}`, file});
	}
	return {documents, problems};
}

/** Reads YAML that stands inside a string (`values: |`), as helm reads it: one document, a map or nothing. */
export function parseInlineMap(text: string): Result<Record<string, unknown>> {
	try {
		const documents = parseAllDocuments(text, options) as Document[];
		if (documents.length === 0) return accept({});
		if (documents.length > 1) return refuse('holds more than one YAML document');
		const [yaml] = documents as [Document];
		const error = yaml.errors[0];
		if (error) return refuse(`is not valid YAML: ${explain(error, text)}`);
		const value = toPlainValue(yaml, 'kubernetes') ?? {};
		if (typeof value !== 'object' || Array.isArray(value)) return refuse('must be a YAML map of chart values');
		return accept(value as Record<string, unknown>);
	} catch (error) {
		return refuse(`is not valid YAML: ${boundedText(error instanceof Error ? error.message : String(error), 200)}`);
	}
}

const tooLarge = `the file is larger than ${largestFile / 1024 / 1024} MiB; a configuration is not`;

type Report = (code: string, offset: number, message: string, hint?: string) => void;

function worthTelling(errors: readonly YAMLError[]): readonly YAMLError[] {
	const duplicates = errors.filter(error => error.code === 'DUPLICATE_KEY');
	return duplicates.length === errors.length ? errors.slice(0, 100) : errors.slice(0, mostErrorsPerDocument);
}

function reportSyntax(error: YAMLError, text: string, report: Report): void {
	const code = error.code === 'DUPLICATE_KEY' ? 'DuplicateKey' : 'InvalidYaml';
	const line = text.slice(text.lastIndexOf('\n', error.pos[0] - 1) + 1).split('\n', 1)[0] ?? '';
	const hint = line.includes('{{') ? 'This looks like a template: render it first, or quote the braces' : undefined;
	report(code, error.pos[0], explain(error, text), hint);
}

function explain(error: YAMLError, text: string): string {
	if (error.code === 'DUPLICATE_KEY') {
		const key = /^(?:"[^"\n]*"|'[^'\n]*'|[^:\s][^:\n]*)/.exec(text.slice(error.pos[0], error.pos[0] + 256))?.[0] ?? '';
		return `the key \`${boundedText(key.trim(), 60)}\` stands twice in the same map`;
	}
	if (error.code === 'TAB_AS_INDENT') return 'a tab indents this line; YAML wants spaces';
	if (error.code === 'RESOURCE_EXHAUSTION') return 'nested too deeply';
	return boundedText(error.message, 200);
}
