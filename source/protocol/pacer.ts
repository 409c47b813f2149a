/** Lets something happen at most once an interval: at once after a rest, else as soon as the interval is over. */
export interface Pacer {
	/** Asks for it to happen; asking again before it did changes nothing. */
	request(): void;
	stop(): void;
}

export function createPacer(intervalMilliseconds: number, action: () => void): Pacer {
	let timer: NodeJS.Timeout | undefined;
	let isStopped = false;
	let last = -Infinity;
	return {
		request() {
			if (timer || isStopped) return;
			timer = setTimeout(
				() => {
					timer = undefined;
					last = performance.now();
					action();
				},
				Math.max(0, Math.ceil(last + intervalMilliseconds - performance.now())),
			);
		},
		stop() {
			isStopped = true;
			clearTimeout(timer);
			timer = undefined;
		},
	};
}
