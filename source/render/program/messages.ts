import {redacted} from '../../model/redact.ts';
import {boundedText, safeBlock} from '../../model/text.ts';
import type {Workspace} from './workspace.ts';

/** Longest message kept; beyond that its two ends. */
const longestMessage = 600;

/** Candidates for base64 and tokens; see {@link looksSecret}. */
const longRun = /[A-Za-z0-9+/_-]{24,}={0,2}/g;

/** A Secret printed as a whole, as kustomize does when a patch does not fit. */
const printedSecret = /kind:\s*Secret\b|"kind":\s*"Secret"/;

/** What a program said, with repository paths instead of temporary ones, line by line, safe to show. */
export function programText(errors: string, workspace: Workspace): string {
	const text = errors
		.replaceAll(`${workspace.tree}/`, '')
		.replaceAll(workspace.tree, '.')
		.replaceAll(`${workspace.root}/`, '')
		.replaceAll(workspace.root, '.');
	return safeBlock(text).trim();
}

/** A message for a person: one line, bounded, without what looks like a secret. */
export function programMessage(text: string): string {
	const line = text.replace(/\s*\n\s*/g, ' ').trim();
	const isSecret = printedSecret.test(line);
	const masked = isSecret ? `${line.slice(0, line.search(printedSecret))}${redacted}` : line;
	return boundedText(
		masked.replace(longRun, run => (looksSecret(run) ? redacted : run)),
		longestMessage,
	);
}

/** Mixed case with a digit, without the slashes that make a path of it: an identifier of that length is rarely all of that. */
function looksSecret(run: string): boolean {
	const part = run.endsWith('=')
		? run
		: run.split('/').reduce((longest, next) => (next.length > longest.length ? next : longest));
	return part.length >= 24 && /[0-9]/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part);
}
