import type {Handlers} from '../../protocol/server.ts';
import type {ClusterSession} from '../cluster-session.ts';
import {ChildLists} from '../inspect/child-lists.ts';
import {readEvents} from '../inspect/cluster-events.ts';
import {findObject} from '../inspect/find-object.ts';
import {tailLog} from '../inspect/log-tail.ts';
import {readObject} from '../inspect/object-details.ts';
import {readTree} from '../inspect/tree.ts';
import type {Worker} from '../worker.ts';

const maximumLogLines = 5_000;

/** What a person looks at in detail: asked of the cluster when somebody looks, never kept. */
export function inspectRequests(worker: Worker): Pick<Handlers, 'tree' | 'object' | 'events' | 'workerLog'> {
	const lists = new WeakMap<ClusterSession, ChildLists>();
	const look = (application: string) => {
		const {context} = worker.controller(application);
		const {session, services} = context;
		const known = lists.get(session) ?? new ChildLists(session.cluster, services.clock);
		lists.set(session, known);
		return [context, known] as const;
	};
	return {
		async tree({application}) {
			return readTree(...look(application));
		},
		async object({application, object}) {
			const [context, known] = look(application);
			return readObject(context, await findObject(context, known, object));
		},
		async events({application}) {
			return readEvents(...look(application));
		},
		async workerLog({application, limit}) {
			const wanted = Math.max(0, Math.min(limit, maximumLogLines));
			return tailLog(worker.workerStatus().logFile, application, wanted);
		},
	};
}
