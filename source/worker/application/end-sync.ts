import {HoldfastError} from '../../model/errors.ts';
import type {OperationState} from '../../model/status.ts';
import type {ApplicationContext} from './context.ts';

/** Ends the running sync after what it is writing; answers with what it had done. Rejects with NothingToEnd. */
export async function endSync({state, application}: ApplicationContext, by: string): Promise<OperationState> {
	const {running} = state;
	if (!running) {
		throw new HoldfastError({
			code: 'NothingToEnd',
			message: `no sync of ${application.name} runs now`,
			hint: 'automatic syncs are stopped by a hold that includes syncs',
		});
	}
	running.stop.request({code: 'SyncEnded', message: `ended by ${by}`});
	return running.ended;
}

/** An automatic sync that only waits does not keep a person waiting; what it waits for is waited for again. */
export function endWait({state: {running}}: ApplicationContext, by: string): void {
	if (running?.lookNow) running.stop.request({code: 'Superseded', message: `${by} asked for a sync meanwhile`});
}
