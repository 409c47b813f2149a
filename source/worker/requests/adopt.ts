import type {Handlers} from '../../protocol/server.ts';
import {adopt} from '../change/adopt.ts';
import type {Worker} from '../worker.ts';

/** Turning live edits into commits. */
export function adoptRequests(worker: Worker): Pick<Handlers, 'adopt'> {
	return {adopt: parameters => adopt(worker, parameters)};
}
