import {quoted} from './findings.ts';
import {accept, type Result, refuse} from './result.ts';

/** RFC 1123, as Kubernetes reads it. */
const label = /^[a-z0-9](?:[-a-z0-9]*[a-z0-9])?$/;

/**
 * Longest name of an application: a label's. The inventory's ConfigMap is called `holdfast-<name>`, which needs no room set
 * aside, because names of ConfigMaps are subdomains of up to 253 characters; the name itself also stands in label values,
 * which end at 63.
 */
export const longestApplicationName = 63;
const longestNamespace = 63;

export function checkApplicationName(name: string): Result<string> {
	return checkLabel(name, longestApplicationName);
}

export function checkNamespace(name: string): Result<string> {
	return checkLabel(name, longestNamespace);
}

/** Argo CD and Flux allow dots in names (RFC 1123 subdomains); here they become dashes. */
export function withoutDots(name: string): string {
	return name.replaceAll('.', '-');
}

function checkLabel(name: string, longest: number): Result<string> {
	if (name.length > longest) return refuse(`is longer than ${longest} characters: ${quoted(name)}`);
	if (label.test(name)) return accept(name);
	const hint = 'Use lower-case letters, digits and dashes; start and end with a letter or digit';
	return refuse(`is not a name that Kubernetes accepts: ${quoted(name)}`, hint);
}
