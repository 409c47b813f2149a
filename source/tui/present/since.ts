import {formatAge, formatCalmAge, formatTimeOfDay} from '../store/ages.ts';

/** `since 11:02`, with the day's distance once it is not today any more. */
export function describeSince(time: number | undefined, now: number): string {
	if (time === undefined) return '';
	const age = now - time;
	if (age < 60_000) return ` for ${formatCalmAge(age)}`;
	return age < 12 * 3_600_000 ? ` since ${formatTimeOfDay(time).slice(0, 5)}` : ` for ${formatAge(age)}`;
}
