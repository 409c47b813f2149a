import {HoldfastError} from '../../model/errors.ts';
import type {Handlers} from '../../protocol/server.ts';
import type {Worker} from '../worker.ts';

export function inspectRequests(_worker: Worker): Pick<Handlers, 'tree' | 'object' | 'events' | 'workerLog'> {
	const notServed = (): never => {
		throw new HoldfastError({code: 'NotServed', message: 'this worker does not serve that request'});
	};
	return {tree: notServed, object: notServed, events: notServed, workerLog: notServed};
}
