import type {TargetRevision} from '../model/application.ts';
import {accept, type Result, refuse} from './result.ts';

const longestRevision = 256;

/** Checks a revision that will be handed to git; what it names is found out by looking at the remote. */
export function checkRevision(text: string): Result<string> {
	const value = text.trim();
	if (value === '') return refuse('is empty');
	if (value.length > longestRevision) return refuse(`is longer than ${longestRevision} characters`);
	if (value.startsWith('-')) return refuse('must not start with a dash');
	if (/[\p{Cc}\p{Cf}\\]/u.test(value)) return refuse('holds control characters or a backslash');
	return accept(value);
}

/** Argo CD's `targetRevision`: empty means the remote's HEAD. */
export function autoRevision(text: string | undefined): Result<TargetRevision> {
	if (text === undefined || text.trim() === '') return accept({type: 'auto', value: 'HEAD'});
	const value = checkRevision(text);
	return value.ok ? accept({type: 'auto', value: value.value}) : value;
}
