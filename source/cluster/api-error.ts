/** An error that the API server answered, with what it says for machines beside the sentence for people. */
import {HoldfastError, type Problem} from '../model/errors.ts';
import {boundedText} from '../model/text.ts';
import {explain} from './error-rules.ts';
import type {ApiStatus, RawCause} from './status.ts';
import {describeSubject, type Subject, showable} from './subject.ts';

/** One `details.causes[]`. The last five say who owns a field that was applied without force. */
export interface ErrorCause {
	/** `FieldManagerConflict`, `FieldValueInvalid`, `NamespaceTerminating`, … */
	readonly reason: string;
	/** `.spec.template.spec.containers[name="web"].image` */
	readonly field: string;
	/** Safe, bounded, redacted. */
	readonly message: string;
	readonly manager?: string;
	readonly operation?: 'Apply' | 'Update';
	readonly subresource?: string;
	readonly apiVersion?: string;
	/** RFC 3339, as the server wrote it. */
	readonly time?: string;
}

export class ApiError extends HoldfastError {
	/** HTTP status; of a watch's ERROR event, its code. */
	readonly status: number;
	/** Kubernetes' own reason, e.g. `Conflict`; empty when it gave none. */
	readonly reason: string;
	readonly causes: readonly ErrorCause[];
	/** For paging on after 410. */
	readonly continueToken: string;
	/** An earlier try was lost on its way and may have done what this one was refused: set by the requester. */
	isRepeated = false;

	constructor(problem: Problem, answer: Pick<ApiError, 'status' | 'reason' | 'causes' | 'continueToken'>) {
		super(problem);
		this.name = 'ApiError';
		this.status = answer.status;
		this.reason = answer.reason;
		this.causes = answer.causes;
		this.continueToken = answer.continueToken;
	}
}

/** @param context named in hints that are commands to run. */
export function createApiError(subject: Subject, answer: ApiStatus, context: string): ApiError {
	const {code, summary, hint, isValueFree} = explain(subject, answer, context);
	const said = isValueFree ? boundedText(answer.message, 800) : showable(subject, answer.message);
	const object = describeSubject(subject);
	const message = [summary, said.replace(/\.$/, '')].filter(Boolean).join(': ');
	return new ApiError(
		{
			code,
			message: message || `the API server answered ${answer.status}`,
			...(hint ? {hint} : {}),
			...(object ? {object} : {}),
		},
		{
			status: answer.status,
			reason: boundedText(answer.reason, 100),
			causes: answer.causes.slice(0, 1_000).map(cause => parseCause(subject, cause)),
			continueToken: answer.continueToken,
		},
	);
}

const quoted = '"(?:[^"\\\\]|\\\\.)*"';
const conflict = new RegExp(
	`^conflict with (${quoted})(?: with subresource (${quoted}))?(?: using (\\S+))?(?: at (\\S+))?$`,
);

/** Conflict causes read `conflict with "M" with subresource "scale" using apps/v1 at TIME`; "using" only for Updates. */
export function parseCause(subject: Subject, cause: RawCause): ErrorCause {
	const field = boundedText(cause.field, 500);
	const reason = boundedText(cause.reason, 100);
	const match = reason === 'FieldManagerConflict' ? conflict.exec(cause.message) : null;
	if (!match) return {reason, field, message: showable(subject, cause.message)};
	const [, manager = '', subresource, apiVersion, time] = match;
	return {
		reason,
		field,
		// Holds no value, only names: not redacted, so that a Secret's conflict still says with whom.
		message: boundedText(cause.message, 500),
		manager: unquote(manager),
		operation: apiVersion ? 'Update' : 'Apply',
		...(subresource ? {subresource: unquote(subresource)} : {}),
		...(apiVersion ? {apiVersion: boundedText(apiVersion, 100)} : {}),
		...(time ? {time: boundedText(time, 40)} : {}),
	};
}

/** Go's %q is JSON for all that a manager's name may hold (printable, at most 128 bytes). */
function unquote(text: string): string {
	try {
		return boundedText(String(JSON.parse(text)), 128);
	} catch {
		return boundedText(text.slice(1, -1), 128);
	}
}
