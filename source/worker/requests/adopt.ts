import {HoldfastError} from '../../model/errors.ts';
import type {Handlers} from '../../protocol/server.ts';
import type {Worker} from '../worker.ts';

export function adoptRequests(_worker: Worker): Pick<Handlers, 'adopt'> {
	const notServed = (): never => {
		throw new HoldfastError({code: 'NotServed', message: 'this worker does not serve that request'});
	};
	return {adopt: notServed};
}
