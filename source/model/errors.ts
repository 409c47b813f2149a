/**
 * The one error shape of holdfast. It carries what a tired person needs: a stable code for scripts, a sentence that says
 * what happened to what, and what to do next. Texts that came from outside are made safe by whoever creates the error.
 */
export interface Problem {
	/** Stable, in PascalCase, documented in the README; scripts may depend on it. */
	readonly code: string;
	/** What happened, to what. One sentence without a trailing period is fine; no stack, no secret. */
	readonly message: string;
	/** What to do next, when we know. */
	readonly hint?: string;
	/** Where it stands, when it came from a file: path relative to the repository or the configuration folder. */
	readonly file?: string;
	/** 1-based. */
	readonly line?: number;
	/** The object concerned, printed as `Kind/name` or `Kind/namespace/name`. */
	readonly object?: string;
}

/** A {@link Problem} that travels by throwing. */
export class HoldfastError extends Error {
	readonly problem: Problem;

	constructor(problem: Problem, options?: {cause?: unknown}) {
		super(formatProblem(problem), options);
		this.name = 'HoldfastError';
		this.problem = problem;
	}

	get code(): string {
		return this.problem.code;
	}
}

/** `file:line: message (hint)`, the form compilers use, so that editors can jump to it. */
export function formatProblem(problem: Problem): string {
	const place = problem.file ? `${problem.file}${problem.line ? `:${problem.line}` : ''}: ` : '';
	const subject = problem.object && !problem.message.includes(problem.object) ? `${problem.object}: ` : '';
	return `${place}${subject}${problem.message}${problem.hint ? `. ${sentence(problem.hint)}` : ''}`;
}

function sentence(text: string): string {
	return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Also by its name: the monitor is a bundle of its own and has another copy of the class. */
function isHoldfastError(error: unknown): error is HoldfastError {
	if (error instanceof HoldfastError) return true;
	return error instanceof Error && error.name === 'HoldfastError' && 'problem' in error;
}

/** Turns anything thrown into a {@link Problem}; unknown errors get the code given. */
export function toProblem(error: unknown, fallbackCode = 'Internal'): Problem {
	if (isHoldfastError(error)) return error.problem;
	if (error instanceof Error) return {code: fallbackCode, message: error.message};
	return {code: fallbackCode, message: String(error)};
}
