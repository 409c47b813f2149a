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
 * The change in as little as it takes to fit: the last part of its path first, then without what both values begin with:
 * `image …/storefront:4.1.3 → …:4.2.0-rc1`. The shortest one may still not fit.
 */
export function shortenChange(
	change: FieldChange,
	arrow: string,
	{fits, ellipsis}: {readonly fits: (text: string) => boolean; readonly ellipsis: string},
): string {
	const whole = formatChange(change, arrow);
	if (change.path === '' || fits(whole)) return whole;
	const name = /[^.[\]]+(\[[^\]]*\])?$/.exec(change.path)?.[0] ?? change.path;
	const named = formatChange({...change, path: name}, arrow);
	if (fits(named)) return named;
	const {was, now} = change;
	const begin = typeof was === 'string' && typeof now === 'string' ? commonBeginning(was, now) : 0;
	const rest = (value: string | null | undefined, length: number): string => {
		const text = typeof value === 'string' && begin > 1 ? `${ellipsis}${value.slice(begin)}` : formatValue(value);
		return shorten(safeText(text), length, ellipsis);
	};
	const texts = valueLengths.map(length => `${safeText(name)} ${rest(was, length)}${arrow}${rest(now, length)}`);
	return texts.find(fits) ?? texts.at(-1) ?? named;
}

/** Characters that a value may take, until the change fits. */
const valueLengths = [80, 40, 24, 16, 10] as const;

/** Both ends say more than the middle. */
function shorten(text: string, length: number, ellipsis: string): string {
	const letters = [...text];
	if (letters.length <= length) return text;
	const head = Math.ceil((length - 1) / 2);
	return `${letters.slice(0, head).join('')}${ellipsis}${letters.slice(letters.length - (length - 1 - head)).join('')}`;
}

/** How much both begin with, back to where a part of a name, path or version begins. */
function commonBeginning(one: string, other: string): number {
	let length = 0;
	while (length < one.length && one[length] === other[length]) length++;
	while (length > 0 && !/[/:@=,\s-]/.test(one[length] ?? '')) length--;
	return length;
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
