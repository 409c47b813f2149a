import type {DeleteOptions} from '../api/delete.ts';
import {invalidOptions} from '../api/failures.ts';
import type {WriteOptions} from '../api/options.ts';

/** As Go's conversion of query parameters reads a boolean. */
export const isTrue = (value: string | null): boolean => value !== null && value !== 'false' && value !== '0';

const managerLimitBytes = 128;
const validations: ReadonlySet<string> = new Set(['', 'Ignore', 'Strict', 'Warn']);

/** Reads the query of a write. `kind` is the name of its options: CreateOptions, UpdateOptions, PatchOptions. Throws 422. */
export function writeOptionsOf(query: URLSearchParams, kind: string, userAgent: string): WriteOptions {
	const manager = query.get('fieldManager') ?? '';
	const fieldValidation = query.get('fieldValidation') ?? '';
	const isDryRun = readDryRun(query.getAll('dryRun'), kind);
	if (manager.length > managerLimitBytes) {
		const message = `Too long: may not be more than ${managerLimitBytes} bytes`;
		throw invalidOptions(kind, {reason: 'FieldValueTooLong', message, field: 'fieldManager'});
	}
	if (!validations.has(fieldValidation)) {
		const message = `Unsupported value: ${JSON.stringify(fieldValidation)}: supported values: "", "Ignore", "Strict", "Warn"`;
		throw invalidOptions(kind, {reason: 'FieldValueNotSupported', message, field: 'fieldValidation'});
	}
	return {
		manager: manager || managerFromAgent(userAgent),
		isDryRun,
		fieldValidation: (fieldValidation || 'Warn') as WriteOptions['fieldValidation'],
		warnings: [],
	};
}

/** The User-Agent up to its first slash, as the server takes it for a manager. */
function managerFromAgent(userAgent: string): string {
	return (userAgent.split('/')[0] ?? '').slice(0, managerLimitBytes) || 'unknown';
}

function readDryRun(values: readonly string[], kind: string): boolean {
	if (values.length === 0) return false;
	if (values.every(value => value === 'All')) return true;
	const message = `Unsupported value: ${JSON.stringify(values)}: supported values: "All"`;
	throw invalidOptions(kind, {reason: 'FieldValueNotSupported', message, field: 'dryRun'});
}

interface SentDeleteOptions {
	readonly gracePeriodSeconds?: number;
	readonly propagationPolicy?: DeleteOptions['propagation'];
	readonly orphanDependents?: boolean;
	readonly preconditions?: {readonly uid?: string; readonly resourceVersion?: string};
	readonly dryRun?: readonly string[];
}

/** Reads how to delete from the body, or from the query when there is none. Throws 422. */
export function deleteOptionsOf(query: URLSearchParams, body: unknown): DeleteOptions {
	const sent: SentDeleteOptions = (body as SentDeleteOptions | null) ?? {
		...(query.has('gracePeriodSeconds') ? {gracePeriodSeconds: Number(query.get('gracePeriodSeconds'))} : {}),
		...(query.has('propagationPolicy')
			? {propagationPolicy: query.get('propagationPolicy') as DeleteOptions['propagation'] & string}
			: {}),
		...(query.has('orphanDependents') ? {orphanDependents: query.get('orphanDependents') === 'true'} : {}),
	};
	const {gracePeriodSeconds, propagationPolicy, orphanDependents, preconditions} = sent;
	const propagation =
		propagationPolicy ?? (orphanDependents === undefined ? undefined : orphanDependents ? 'Orphan' : 'Background');
	return {
		isDryRun: readDryRun([...(sent.dryRun ?? []), ...query.getAll('dryRun')], 'DeleteOptions'),
		...(gracePeriodSeconds === undefined ? {} : {gracePeriodSeconds}),
		...(propagation ? {propagation} : {}),
		...(preconditions?.uid ? {uid: preconditions.uid} : {}),
		...(preconditions?.resourceVersion ? {resourceVersion: preconditions.resourceVersion} : {}),
	};
}
