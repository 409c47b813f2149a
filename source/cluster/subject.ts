/** What a request is about: for error messages and for redaction. */
import {nameOf} from '../model/object.ts';
import {isSecretKind, redacted, redactMessage} from '../model/redact.ts';
import {boundedText} from '../model/text.ts';

export interface Subject {
	/** RBAC's word: get, list, watch, create, update, patch, delete. */
	readonly verb: string;
	readonly group: string;
	/** Empty for requests that are about no kind: discovery, `/version`. */
	readonly kind: string;
	readonly resource: string;
	readonly namespace: string;
	/** Empty for a collection. */
	readonly name: string;
	/** Whether the body is a server-side apply: its schema errors come as 500. */
	readonly isApply?: boolean;
}

export const nothing: Subject = {verb: 'get', group: '', kind: '', resource: '', namespace: '', name: ''};

const messageLimit = 800;

/** `Deployment/web`; the resource for a collection; undefined when it is about no kind. */
export function describeSubject(subject: Subject): string | undefined {
	if (!subject.kind) return undefined;
	return boundedText(subject.name ? nameOf(subject) : subject.resource, 200);
}

/**
 * Where a Secret's values stand in refusals without quotes or length that would give them away. Masked to the end: a value
 * may hold anything that could look like the end of it.
 */
const unquotedValues: readonly (readonly [RegExp, string])[] = [
	// A schema error prints what it got in Go's way: a number, a list.
	[/\bgot\b[\s\S]*$/, `got ${redacted}`],
	[/\b(Invalid|Unsupported|Duplicate) value: (?!")[\s\S]*$/, `$1 value: ${redacted}`],
	// A policy's sentence is its author's.
	[/\bdenied( the)? request: [\s\S]*$/, `denied$1 request: ${redacted}`],
];

/**
 * A server's text, fit to be shown, stored and logged: bounded, without control characters, and without a Secret's values,
 * which such texts quote (argo-cd CVE-2025-23216).
 */
export function showable(subject: Subject, text: string): string {
	if (!isSecretKind(subject)) return boundedText(text, messageLimit);
	const masked = unquotedValues.reduce((masking, [pattern, mask]) => masking.replace(pattern, mask), text);
	return boundedText(redactMessage(subject, masked), messageLimit);
}
