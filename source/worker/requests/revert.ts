import type {Handlers} from '../../protocol/server.ts';
import {revert} from '../change/revert.ts';
import type {Worker} from '../worker.ts';

/** Taking commits back in Git. */
export function revertRequests(worker: Worker): Pick<Handlers, 'revert'> {
	return {revert: parameters => revert(worker, parameters)};
}
