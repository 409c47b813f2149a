/** A job that cannot stop, because no shell is there to continue it, comes back by itself. */
const orphanMilliseconds = 200;

export interface Suspension {
	/** Gives the terminal back and stops the job. */
	suspend(): void;
	/** Ends the watching. */
	end(): void;
}

/**
 * What ctrl-z does in a program that has the terminal in raw mode: the terminal is given back, the whole job stops as the
 * shell expects, and when it is continued (also after a SIGSTOP from elsewhere) the terminal is taken again.
 */
export function watchSuspension({
	leave,
	resume,
}: {
	readonly leave: () => void;
	readonly resume: () => void;
}): Suspension {
	if (process.platform === 'win32') return {suspend() {}, end() {}};
	let isStopped = false;
	let timer: NodeJS.Timeout | undefined;
	const continued = () => {
		clearTimeout(timer);
		if (isStopped) process.on('SIGTSTP', suspend);
		isStopped = false;
		resume();
	};
	const suspend = () => {
		if (isStopped) return;
		isStopped = true;
		leave();
		// While somebody listens to it the signal does not stop anything.
		process.off('SIGTSTP', suspend);
		timer = setTimeout(() => isStopped && continued(), orphanMilliseconds);
		// The group, not only this process: a launcher in front of us stops too, else the shell never gets its prompt.
		process.kill(0, 'SIGTSTP');
	};
	process.on('SIGTSTP', suspend);
	process.on('SIGCONT', continued);
	return {
		suspend,
		end() {
			clearTimeout(timer);
			process.off('SIGTSTP', suspend);
			process.off('SIGCONT', continued);
		},
	};
}
