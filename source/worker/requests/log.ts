import type {Handlers} from '../../protocol/server.ts';
import {commitView} from '../change/commit-view.ts';
import {logOf} from '../change/log.ts';
import type {Worker} from '../worker.ts';

/** The history of an application in Git. */
export function logRequests(worker: Worker): Pick<Handlers, 'log' | 'commit'> {
	return {
		log: ({application, limit}) => logOf(worker.controller(application).context, limit),
		commit: ({application, commit}) => commitView(worker.controller(application).context, commit),
	};
}
