/** Resolves after the time given, or as soon as one of the signals aborts. Keeps the process alive meanwhile. */
export function pause(milliseconds: number, ...signals: readonly (AbortSignal | undefined)[]): Promise<void> {
	return new Promise(resolve => {
		if (signals.some(signal => signal?.aborted)) return resolve();
		const end = (): void => {
			clearTimeout(timer);
			for (const signal of signals) signal?.removeEventListener('abort', end);
			resolve();
		};
		const timer = setTimeout(end, milliseconds);
		for (const signal of signals) signal?.addEventListener('abort', end, {once: true});
	});
}
