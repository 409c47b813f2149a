import type {FieldChange} from './drift.ts';
import {safeText} from './text.ts';

/** A value inside a line of words: quoted when it has spaces in it, `(none)` where there is none, `?` when unknown. */
export function formatValue(value: string | null | undefined): string {
	if (value === null) return '(none)';
	if (value === undefined) return '?';
	return value === '' || /\s/.test(value) ? JSON.stringify(value) : safeText(value);
}

/** `spec.replicas 3→10`; a change of the object itself has no path and is named by its class. */
export function formatChange(change: FieldChange, arrow: string): string {
	if (change.path === '') return change.class;
	const path = safeText(change.path);
	if (change.was === undefined && change.now === undefined) return `${path} ${change.class}`;
	return `${path} ${formatValue(change.was)}${arrow}${formatValue(change.now)}`;
}

/**
 * `kubectl/scale`, and the known actor behind it where that says more: a claim of the cluster, `unknown` where it makes
 * none, a question mark where it is inferred.
 */
export function formatManager(change: FieldChange): string {
	const subresource = change.subresource ? `/${change.subresource}` : '';
	const doubt = change.confidence === 'likely' ? '?' : '';
	const name = `${change.manager || 'unknown'}${subresource}`;
	const isNews = change.actor !== undefined && !squash(name).includes(squash(change.actor));
	return safeText(`${name}${doubt}${isNews ? ` (${change.actor})` : ''}`);
}

function squash(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
