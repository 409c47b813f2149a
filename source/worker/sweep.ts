import {toProblem} from '../model/errors.ts';
import type {ApplicationController} from './application/application-controller.ts';
import type {Logger} from './log.ts';

const sweepMilliseconds = 60 * 60_000;

export interface SweepParts {
	readonly controllers: () => readonly Pick<ApplicationController, 'application' | 'verify'>[];
	/** Dry runs made so far, over all clusters. */
	readonly dryRuns: () => number;
	readonly log: Pick<Logger, 'info' | 'warn'>;
}

/** Sweeps every hour from now on. Answers with what ends that. */
export function startSweeping(parts: SweepParts): () => void {
	const timer = setInterval(() => void sweep(parts), sweepMilliseconds);
	timer.unref();
	return () => clearInterval(timer);
}

/**
 * Looks at everything once by dry run: the net under the fingerprints' blind spots. One application that cannot be
 * verified does not keep the others from it. Never rejects.
 */
export async function sweep({controllers, dryRuns, log}: SweepParts): Promise<void> {
	const before = dryRuns();
	let failed = 0;
	for (const controller of controllers()) {
		try {
			await controller.verify();
		} catch (error) {
			failed++;
			log.warn({application: controller.application.name, problem: toProblem(error)}, 'could not be verified');
		}
	}
	log.info({dryRuns: dryRuns() - before, failed}, 'sweep done');
}
