import {constants} from 'node:os';

/** Signals that end us. The shell expects 128 + n. */
const endingSignals = ['SIGHUP', 'SIGINT', 'SIGTERM', 'SIGQUIT'] as const;

export type Ending =
	| {readonly type: 'quit'}
	| {readonly type: 'signal'; readonly signal: NodeJS.Signals}
	| {readonly type: 'crash'; readonly error: unknown}
	/** The other end of the terminal is gone. */
	| {readonly type: 'hang-up'};

export function exitCodeOf(ending: Ending): number {
	switch (ending.type) {
		case 'quit':
			return 0;
		case 'signal':
			return 128 + constants.signals[ending.signal];
		case 'crash':
			return 2;
		case 'hang-up':
			return 128 + constants.signals.SIGHUP;
	}
}

/**
 * Hears of everything that ends a process and can be heard. The listener is called once at most.
 *
 * @param isMeantForOthers whether a signal that the terminal sends to the whole group is for whoever has it just now
 * @returns what ends the hearing
 */
export function watchEndings(
	ended: (ending: Ending) => void,
	isMeantForOthers: (signal: NodeJS.Signals) => boolean = () => false,
): () => void {
	let isOver = false;
	const end = (ending: Ending) => {
		if (isOver) return;
		isOver = true;
		ended(ending);
	};
	const bySignal = (signal: NodeJS.Signals) => {
		if (!isMeantForOthers(signal)) end({type: 'signal', signal});
	};
	const byError = (error: unknown) => end(isTerminalGone(error) ? {type: 'hang-up'} : {type: 'crash', error});
	for (const signal of endingSignals) process.on(signal, bySignal);
	process.on('uncaughtException', byError);
	process.on('unhandledRejection', byError);
	return () => {
		isOver = true;
		for (const signal of endingSignals) process.off(signal, bySignal);
		process.off('uncaughtException', byError);
		process.off('unhandledRejection', byError);
	};
}

/** A dropped connection is told by whichever comes first: SIGHUP, the end of the input, or a write that fails. */
function isTerminalGone(error: unknown): boolean {
	const {code, syscall} = (error ?? {}) as NodeJS.ErrnoException;
	return (code === 'EIO' || code === 'EPIPE') && (syscall === 'write' || syscall === 'read');
}
