import {HoldfastError} from '../../model/errors.ts';
import type {Handlers} from '../../protocol/server.ts';
import type {Worker} from '../worker.ts';

export function holdRequests(_worker: Worker): Pick<Handlers, 'hold' | 'resume'> {
	const notServed = (): never => {
		throw new HoldfastError({code: 'NotServed', message: 'this worker does not serve that request'});
	};
	return {hold: notServed, resume: notServed};
}
