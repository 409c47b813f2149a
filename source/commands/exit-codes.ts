/**
 * What holdfast's exit codes mean, for every verb. They follow `diff` and `kubectl diff`; the last three are what a shell
 * reports for a program that ended by that signal.
 */
export const exitCodes = {
	/** Done, and nothing is left to say. For `diff`: no difference. */
	ok: 0,
	/** It worked, but the answer is no: there are differences, something is not Synced, a check failed. */
	differs: 1,
	/** It did not work, or the command line was wrong; nothing can be concluded. */
	error: 2,
	/** Ended by ctrl-c. */
	interrupted: 130,
	/** The reader of the output went away (`| head`). */
	brokenPipe: 141,
	/** Ended by SIGTERM. */
	terminated: 143,
} as const;
