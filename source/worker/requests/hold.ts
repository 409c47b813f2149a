import {type Problem, toProblem} from '../../model/errors.ts';
import type {Hold} from '../../model/hold.ts';
import type {HoldAnswer} from '../../protocol/messages/hold.ts';
import type {Handlers} from '../../protocol/server.ts';
import type {ApplicationController} from '../application/application-controller.ts';
import type {Worker} from '../worker.ts';

/** Pausing and resuming healing, of one application or of many: one that cannot be held does not stop the others. */
export function holdRequests(worker: Worker): Pick<Handlers, 'hold' | 'resume'> {
	return {
		hold: ({applications, ...wish}) => forEach(worker, applications, async controller => [await controller.hold(wish)]),
		resume: ({applications, holds: ids, scope, by}) =>
			forEach(worker, applications, controller => controller.resume({ids, ...(scope ? {scope} : {}), by})),
	};
}

async function forEach(
	worker: Worker,
	names: readonly string[],
	act: (controller: ApplicationController) => Promise<readonly Hold[]>,
): Promise<HoldAnswer> {
	const holds: {application: string; hold: Hold}[] = [];
	const problems: {application: string; problem: Problem}[] = [];
	await Promise.all(
		worker.select(names).map(async application => {
			try {
				for (const hold of await act(worker.controller(application))) holds.push({application, hold});
			} catch (error) {
				problems.push({application, problem: toProblem(error)});
			}
		}),
	);
	return {holds, problems};
}
