import type {Health, HealthStatus} from '../../model/status.ts';
import {boundedText} from '../../model/text.ts';

/** Long enough for the reason of a failed image pull, short enough for a line of a table. */
export const messageLimit = 300;

function answer(status: HealthStatus): (message?: string) => Health {
	return message => (message ? {status, message: boundedText(message, messageLimit)} : {status});
}

export const healthy = answer('Healthy');
export const progressing = answer('Progressing');
export const degraded = answer('Degraded');
export const suspended = answer('Suspended');
export const unknown = answer('Unknown');

/** `12 s`, `3 min`, `2 h`, `5 d`. */
export function printDuration(milliseconds: number): string {
	const seconds = Math.max(0, Math.round(milliseconds / 1_000));
	if (seconds < 120) return `${seconds} s`;
	const minutes = Math.floor(seconds / 60);
	if (minutes < 120) return `${minutes} min`;
	const hours = Math.floor(minutes / 60);
	return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} d`;
}
