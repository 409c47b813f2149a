import {setImmediate} from 'node:timers';
import {ApiError} from '../types.ts';

/**
 * Does something once the present request is answered, as a controller would. What is refused is left: whatever made it
 * wrong is a change, which brings the controller back.
 */
export function later(work: () => void): void {
	setImmediate(() => quietly(work));
}

export function quietly(work: () => void): void {
	try {
		work();
	} catch (error) {
		if (!(error instanceof ApiError)) throw error;
	}
}
