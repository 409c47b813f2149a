import type {Problem} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import type {ConfigurationCode} from './problem-codes.ts';
import type {Refusal, Result} from './result.ts';
import type {Path, SourceDocument} from './yaml/source-document.ts';

/** What was found while reading one document. A problem leaves the application out, a notice goes with it. */
export interface Findings {
	readonly document: SourceDocument;
	readonly problems: Problem[];
	readonly notices: Problem[];
	problem(path: Path, finding: Finding): void;
	notice(path: Path, finding: Finding): void;
	/** The value of a result, or undefined after reporting why not as a problem at the path. */
	take<Value>(path: Path, result: Result<Value>, code?: ConfigurationCode): Value | undefined;
}

export interface Finding {
	readonly code: ConfigurationCode;
	readonly message: string;
	readonly hint?: string;
	/** Whether to point at the key or at the value; the value when absent. */
	readonly part?: 'key' | 'value';
}

export const leftOut = 'The application is left out until this is fixed; the others go on';

/**
 * Collects what is found in one document, with file, line and column.
 *
 * @param object How the document's subject is named: `Application/shop`.
 */
export function collectFindings(document: SourceDocument, object?: string, fallbackHint = leftOut): Findings {
	const problems: Problem[] = [];
	const notices: Problem[] = [];
	const place = (path: Path, finding: Finding, hint: string | undefined): Problem => {
		const {line, column} = document.positionOf(path, finding.part);
		const message = `${finding.message} (column ${column})`;
		return {code: finding.code, message, hint, file: document.file, line, object};
	};
	const problem = (path: Path, finding: Finding) => {
		problems.push(place(path, finding, finding.hint ?? fallbackHint));
	};
	return {
		document,
		problems,
		notices,
		problem,
		notice(path, finding) {
			const {line} = document.positionOf(path, finding.part);
			const {code, message, hint} = finding;
			notices.push({code, message, hint, file: document.file, line, object});
		},
		take(path, result, code = 'InvalidValue') {
			if (result.ok) return result.value;
			problem(path, refusal(path, result, code));
			return undefined;
		},
	};
}

function refusal(path: Path, {reason, hint}: Refusal, code: ConfigurationCode): Finding {
	return {code, message: `${printPath(path)} ${reason}`, hint};
}

/** `spec.source.helm.parameters[2].name`, safe to show. */
export function printPath(path: Path): string {
	let text = '';
	for (const step of path) {
		if (typeof step === 'number') text += `[${step}]`;
		else if (/^[A-Za-z_$][\w$-]*$/.test(step)) text += text ? `.${step}` : step;
		else text += `[${boundedText(JSON.stringify(step), 80)}]`;
	}
	return text || 'the value';
}

/** Text from a file in backticks, safe and short. */
export function quoted(text: string): string {
	return `\`${boundedText(text, 80)}\``;
}

/** `Application/shop`, safe and short; the kind alone where there is no name. */
export function subjectOf(kind: string, name: string): string {
	return boundedText(name ? `${kind}/${name}` : kind, 120);
}
