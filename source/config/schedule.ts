import {Cron} from 'croner';
import {boundedText} from '../model/text.ts';
import {quoted} from './findings.ts';
import {accept, type Result, refuse} from './result.ts';

const hint = 'Write minute, hour, day of month, month and day of week, like 0 22 * * 1-5';
/** What `crontab` writes; the extensions of other programs mean other things elsewhere. */
const field = /^[\dA-Za-z*,/?-]+$/;

/**
 * Reads a five-field cron expression, as Argo CD's sync windows have them. Answers with the expression in its plain form:
 * `?` is `*`, as in Argo CD.
 */
export function readSchedule(text: string): Result<string> {
	const fields = text.trim().split(/\s+/);
	if (text.length > 200 || fields.length !== 5 || !fields.every(part => field.test(part))) {
		return refuse(`is not a cron expression of five fields: ${quoted(text)}`, hint);
	}
	const plain = fields.map(part => part.replaceAll('?', '*')).join(' ');
	try {
		new Cron(plain, {paused: true, mode: '5-part', timezone: 'UTC'});
	} catch (error) {
		const reason = error instanceof Error ? error.message.replace(/^\w+: /, '') : String(error);
		return refuse(`is not a cron expression: ${quoted(text)} (${boundedText(reason, 120)})`, hint);
	}
	return accept(plain);
}

/** An IANA name; empty is UTC. */
export function readTimeZone(text: string): Result<string> {
	if (text === '') return accept('UTC');
	try {
		return accept(new Intl.DateTimeFormat('en', {timeZone: text}).resolvedOptions().timeZone);
	} catch {
		return refuse(`is not a time zone: ${quoted(text)}`, 'Use an IANA name, like Europe/Berlin or UTC');
	}
}
