/** How long a watch waits after a failure, as a table. */
import type {HoldfastError} from '../model/errors.ts';

interface Row {
	readonly firstMilliseconds: number;
	readonly longestMilliseconds: number;
}

const usual: Row = {firstMilliseconds: 200, longestMilliseconds: 30_000};

/** By code. What only a person can change is asked about slowly from the start. */
const rows: Readonly<Record<string, Row>> = {
	Forbidden: {firstMilliseconds: 10_000, longestMilliseconds: 60_000},
	MethodNotAllowed: {firstMilliseconds: 60_000, longestMilliseconds: 300_000},
	// A CustomResourceDefinition that was applied a moment ago is served soon; one that was deleted may never come back.
	KindNotServed: {firstMilliseconds: 500, longestMilliseconds: 30_000},
	AuthenticationFailed: {firstMilliseconds: 1_000, longestMilliseconds: 60_000},
	Unauthorized: {firstMilliseconds: 1_000, longestMilliseconds: 60_000},
	CertificateRefused: {firstMilliseconds: 1_000, longestMilliseconds: 60_000},
};

/** @param failures in a row, 1 for the first. @param random 0 to 1. */
export function watchPause(
	error: Pick<HoldfastError, 'code'>,
	failures: number,
	random: number,
	retryAfterMilliseconds: number | null,
): number {
	const row = rows[error.code] ?? usual;
	const doubled = row.firstMilliseconds * 2 ** Math.min(failures - 1, 20);
	const pause = Math.min(doubled, row.longestMilliseconds) * (0.5 + random / 2);
	return Math.max(pause, Math.min(retryAfterMilliseconds ?? 0, 60_000));
}
