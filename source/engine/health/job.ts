import {degraded, healthy, progressing, suspended} from './answers.ts';
import {findCondition, isTrue, readConditions, why} from './conditions.ts';
import {isTrueAt, mapsAt, numberAt, textAt, timeAt} from './fields.ts';
import type {HealthRule} from './types.ts';

/** Done is healthy; merely started is not, as in Flux and Argo CD and against kstatus. */
export const jobHealth: HealthRule = object => {
	const conditions = readConditions(object);
	for (const type of ['Failed', 'FailureTarget']) {
		const failed = findCondition(conditions, type);
		if (failed?.status === 'True') return degraded(why(failed));
	}
	if (isTrue(conditions, 'Complete')) return healthy();
	if (isTrueAt(object, 'spec.suspend')) return suspended('is suspended');
	const counts = (['active', 'succeeded', 'failed'] as const)
		.map(name => [name, numberAt(object, `status.${name}`)] as const)
		.filter(([, count]) => count > 0)
		.map(([name, count]) => `${count} ${name}`);
	return progressing(counts.length === 0 ? 'waits for its first pod' : `its pods: ${counts.join(', ')}`);
};

/** The last run is what counts; a schedule that was never due is healthy. */
export const cronJobHealth: HealthRule = object => {
	if (isTrueAt(object, 'spec.suspend')) return suspended('is suspended');
	const scheduled = timeAt(object, 'status.lastScheduleTime');
	const succeeded = timeAt(object, 'status.lastSuccessfulTime');
	if (scheduled === null) return healthy('was not due yet');
	if (mapsAt(object, 'status.active').length > 0) return healthy('a run is under way');
	// Whether a first run failed or was cleaned up cannot be told from here.
	if (succeeded === null) return healthy('no run has succeeded yet');
	if (succeeded >= scheduled) return healthy();
	return degraded(`the run of ${textAt(object, 'status.lastScheduleTime')} did not succeed`);
};
