import {parseDuration} from '../../model/durations.ts';
import {formatProblem, HoldfastError} from '../../model/errors.ts';
import type {ApplicationStatus, WorkerStatus} from '../../model/status.ts';
import {nearest} from '../line/usage-error.ts';
import type {Tracker} from './tracker.ts';

type Known = Pick<Tracker, 'applications' | 'worker'>;

const listedNames = 10;

/**
 * The applications named, or all when none is. A name that does not exist fails the command before it does anything:
 * an extra word must never widen or narrow what a verb works on (flux2 issue 4639).
 */
export function selectApplications(known: Known, names: readonly string[]): readonly ApplicationStatus[] {
	const selected = known.applications(names);
	const missing = names.filter(name => !selected.some(application => application.name === name));
	if (missing.length > 0) throw notFound(missing, known);
	return selected;
}

function notFound(missing: readonly string[], known: Known): HoldfastError {
	return new HoldfastError({
		code: 'ApplicationNotFound',
		message: `no application is named ${missing.join(', ')}`,
		hint: hintFor(missing[0] ?? '', known),
	});
}

function hintFor(name: string, known: Known): string {
	const names = known.applications([]).map(application => application.name);
	const guess = nearest(name, names);
	if (guess) return `Did you mean ${guess}?`;
	if (parseDuration(name) !== null) return `If it is the time to wait, write --wait=${name}.`;
	const [broken] = known.worker().problems;
	if (broken) return `Part of the configuration could not be read: ${formatProblem(broken)}`;
	if (names.length === 0) return 'The configuration declares no application.';
	const rest = names.length - listedNames;
	return `There are: ${names.slice(0, listedNames).join(', ')}${rest > 0 ? `, and ${rest} more` : ''}.`;
}

/**
 * Whether what is known of some application is no knowledge: it was never compared with its cluster, or its cluster does
 * not answer now and the picture is old.
 */
export function isUncertain(worker: WorkerStatus, applications: readonly ApplicationStatus[]): boolean {
	return applications.some(
		application =>
			application.clusterSeenAt === null ||
			worker.connections.some(connection => connection.context === application.context && connection.state !== 'live'),
	);
}
