import {defaultSyncPolicy, type SyncPolicy} from '../model/application.ts';
import type {Findings} from './findings.ts';
import type {Result} from './result.ts';
import type {Strictness} from './schema/check-shape.ts';
import {readSyncOptions} from './sync-options.ts';
import type {Path} from './yaml/source-document.ts';

/** The sync policy as holdfast and Argo CD both write it. */
export interface SyncPolicyFields {
	readonly waitForHealth?: boolean | undefined;
	readonly automated?: {
		readonly enabled?: boolean;
		readonly prune?: boolean;
		readonly selfHeal?: boolean;
		readonly allowEmpty?: boolean;
	};
	readonly syncOptions?: readonly string[];
	readonly retry?: {
		readonly limit?: number;
		readonly backoff?: {readonly duration?: string; readonly factor?: number; readonly maxDuration?: string};
	};
	readonly deletionBudget?: {readonly count?: number; readonly percent?: number};
}

/** "For ever" for a counter that only ever compares: Argo CD's limit of -1, and Flux, which never gives up. */
export const retryForEver = Number.MAX_SAFE_INTEGER;

/** Maps a checked sync policy; durations are read by the given reader, because Argo CD also writes bare seconds. */
export function readSyncPolicy(
	fields: SyncPolicyFields,
	path: Path,
	findings: Findings,
	options: {readonly strictness: Strictness; readonly readDuration: (text: string) => Result<number>},
): SyncPolicy {
	const {automated} = fields;
	const effects = readSyncOptions(fields.syncOptions ?? [], [...path, 'syncOptions'], findings, options.strictness);
	const {prunesOnlyByHand = false, ...changes} = effects;
	const isAutomated = automated !== undefined && automated.enabled !== false;
	return {
		...(isAutomated && {
			automated: {
				prune: (automated.prune ?? false) && !prunesOnlyByHand,
				selfHeal: automated.selfHeal ?? false,
				allowEmpty: automated.allowEmpty ?? false,
			},
		}),
		waitForHealth: fields.waitForHealth ?? defaultSyncPolicy.waitForHealth,
		createNamespace: changes.createNamespace ?? defaultSyncPolicy.createNamespace,
		prunePropagation: changes.prunePropagation ?? defaultSyncPolicy.prunePropagation,
		pruneLast: changes.pruneLast ?? defaultSyncPolicy.pruneLast,
		deletionBudget: {...defaultSyncPolicy.deletionBudget, ...fields.deletionBudget},
		retry: readRetry(fields.retry, [...path, 'retry'], findings, options.readDuration),
	};
}

function readRetry(
	retry: SyncPolicyFields['retry'],
	path: Path,
	findings: Findings,
	readDuration: (text: string) => Result<number>,
): SyncPolicy['retry'] {
	const defaults = defaultSyncPolicy.retry;
	const {duration, factor, maxDuration} = retry?.backoff ?? {};
	const milliseconds = (text: string | undefined, key: string, fallback: number) =>
		text ? (findings.take([...path, 'backoff', key], readDuration(text)) ?? fallback) : fallback;
	const limit = retry?.limit ?? defaults.limit;
	return {
		limit: limit < 0 ? retryForEver : limit,
		backoffMilliseconds: milliseconds(duration, 'duration', defaults.backoffMilliseconds),
		factor: factor ?? defaults.factor,
		maximumMilliseconds: milliseconds(maxDuration, 'maxDuration', defaults.maximumMilliseconds),
	};
}
