import type {ServerResponse} from 'node:http';
import {stringify} from 'yaml';
import {stringifyJson} from '../../../source/model/json.ts';
import {ExpiredContinue} from '../api/list.ts';
import {ApiError} from '../types.ts';

export interface AnswerHead {
	readonly warnings?: readonly string[];
	readonly headers?: Readonly<Record<string, string>>;
}

/** Writes JSON, or YAML when the media type says so. */
export function sendObject(
	response: ServerResponse,
	code: number,
	mediaType: string,
	value: unknown,
	{warnings = [], headers = {}}: AnswerHead = {},
): void {
	const text = mediaType === 'application/yaml' ? stringify(value) : stringifyJson(value);
	if (warnings.length > 0) response.setHeader('Warning', warnings.map(printWarning));
	response.writeHead(code, {...headers, 'Content-Type': mediaType});
	response.end(text);
}

/** RFC 7234 section 5.5, as Kubernetes uses it. */
function printWarning(text: string): string {
	return `299 - "${text.replace(/["\\]/g, '\\$&')}"`;
}

export function sendText(response: ServerResponse, code: number, text: string): void {
	response.writeHead(code, {'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff'});
	response.end(text);
}

/** The Status object of a failure. */
export function statusOf(error: ApiError): object {
	const {code, reason, message, details} = error.failure;
	return {
		kind: 'Status',
		apiVersion: 'v1',
		metadata: error instanceof ExpiredContinue ? {continue: error.freshToken} : {},
		status: 'Failure',
		message,
		...(reason ? {reason} : {}),
		...(details ? {details} : {}),
		code,
	};
}

/** Any error as one that can be told; what is not foreseen is 500 InternalError. */
export function toApiError(error: unknown): ApiError {
	if (error instanceof ApiError) return error;
	const message = error instanceof Error ? error.message : String(error);
	return new ApiError({
		code: 500,
		reason: 'InternalError',
		message: `Internal error occurred: ${message}`,
		details: {causes: [{message}]},
	});
}

export function sendFailure(response: ServerResponse, error: unknown, warnings: readonly string[] = []): void {
	const failure = toApiError(error);
	const {retryAfterSeconds} = failure.failure.details ?? {};
	const headers: Record<string, string> = retryAfterSeconds ? {'Retry-After': String(retryAfterSeconds)} : {};
	sendObject(response, failure.failure.code, 'application/json', statusOf(failure), {headers, warnings});
}
