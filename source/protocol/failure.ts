import {ResponseError} from 'vscode-jsonrpc/node';
import {HoldfastError, type Problem, toProblem} from '../model/errors.ts';
import {safeText} from '../model/text.ts';

/** JSON-RPC leaves the numbers outside of -32768 to -32000 to applications; the code that counts is the problem's. */
const problemNumber = 1;

/** What the server answers when a request failed: the problem travels as the error's data. */
export function toResponseError(error: unknown): ResponseError<Problem> {
	const problem =
		error instanceof HoldfastError ? error.problem : {...toProblem(error), message: safeText(toProblem(error).message)};
	return new ResponseError(problemNumber, problem.message, problem);
}

/** What the client throws when a request failed. */
export function fromResponseError(error: unknown): HoldfastError {
	if (error instanceof HoldfastError) return error;
	const data = error instanceof ResponseError ? (error.data as unknown) : undefined;
	if (isProblem(data)) return new HoldfastError(data, {cause: error});
	const message = safeText(error instanceof Error ? error.message : String(error));
	return new HoldfastError(
		{code: 'RequestFailed', message: `The worker did not answer as it should: ${message}`},
		{cause: error},
	);
}

function isProblem(value: unknown): value is Problem {
	if (typeof value !== 'object' || value === null) return false;
	const {code, message} = value as Record<string, unknown>;
	return typeof code === 'string' && typeof message === 'string';
}
