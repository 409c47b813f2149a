import {toProblem} from '../model/errors.ts';
import type {RequestContext} from '../protocol/handlers.ts';
import {type AttachParameters, protocolVersion, type Snapshot} from '../protocol/messages/state.ts';
import type {Handlers} from '../protocol/server.ts';
import type {Logger} from './log.ts';
import {adoptRequests} from './requests/adopt.ts';
import {holdRequests} from './requests/hold.ts';
import {inspectRequests} from './requests/inspect.ts';
import {logRequests} from './requests/log.ts';
import {revertRequests} from './requests/revert.ts';
import type {Worker} from './worker.ts';

/** Entries in one answer, where the client names no limit: more would not fit into a message. */
const maximumHistory = 20_000;

/** Answers the protocol's requests. One file, one line of thought a request: what it means is said in protocol/messages/. */
export function createHandlers(options: {
	worker: Worker;
	log: Logger;
	/** Resolves when the configuration was read: before that there are no applications to speak of. */
	started: Promise<void>;
	shutdown: () => void;
}): Handlers {
	const {worker, log} = options;
	const snapshot = async (names: readonly string[]): Promise<Snapshot> => {
		await options.started;
		return {protocolVersion, worker: worker.workerStatus(), applications: worker.statuses(names)};
	};
	return {
		async attach(parameters: AttachParameters) {
			log.info({client: parameters.client}, 'client attached');
			return snapshot([]);
		},
		async snapshot({applications}) {
			return snapshot(applications);
		},
		...afterTheirChanges<ActName>(worker, {
			async sync(parameters) {
				log.info({...parameters}, 'sync asked for');
				return worker.controller(parameters.application).sync(parameters);
			},
			async endSync({application, initiatedBy}) {
				log.info({application, initiatedBy}, 'end of a sync asked for');
				return worker.controller(application).endSync(initiatedBy);
			},
			...holdRequests(worker),
			...revertRequests(worker),
			...adoptRequests(worker),
		}),
		async diff({application}) {
			return worker.controller(application).diff();
		},
		async refresh({applications, hard}) {
			await worker.refresh(applications, hard);
			return snapshot(applications);
		},
		async resources({application}) {
			return worker.controller(application).resources();
		},
		async history(query) {
			return worker.journal.query({limit: maximumHistory, ...query});
		},
		async settled({applications}) {
			await options.started;
			await worker.settled(applications);
			return snapshot(applications);
		},
		...logRequests(worker),
		...inspectRequests(worker),
		async shutdown() {
			log.info('a client asked the worker to stop');
			setImmediate(() => {
				try {
					options.shutdown();
				} catch (error) {
					log.error({problem: toProblem(error)}, 'stopping failed');
				}
			});
			return null;
		},
	};
}

/** Requests that may change something. */
type ActName = 'sync' | 'endSync' | 'hold' | 'resume' | 'revert' | 'adopt';

/** Answers what may have changed something when every client has been told of it: no answer is ahead of the picture. */
function afterTheirChanges<Name extends keyof Handlers>(
	worker: Worker,
	acts: Pick<Handlers, Name>,
): Pick<Handlers, Name> {
	const told = Object.entries(acts).map(([name, act]) => [
		name,
		async (parameters: never, context: RequestContext) => {
			try {
				return await (act as (parameters: never, context: RequestContext) => unknown)(parameters, context);
			} finally {
				worker.tellChanges();
			}
		},
	]);
	return Object.fromEntries(told) as unknown as Pick<Handlers, Name>;
}
