import {degraded, healthy, progressing, unknown} from './answers.ts';
import {textAt} from './fields.ts';
import type {HealthRule} from './types.ts';

export const claimHealth: HealthRule = object => {
	const phase = textAt(object, 'status.phase');
	if (phase === 'Bound') return healthy();
	if (phase === 'Lost') return degraded('its volume is gone');
	if (phase !== 'Pending' && phase !== '') return unknown(`its phase is ${phase}`);
	return progressing('waits for a volume, or for the first pod that uses it');
};

export const volumeHealth: HealthRule = object => {
	const phase = textAt(object, 'status.phase');
	if (phase === 'Failed') return degraded(`it could not be reclaimed: ${textAt(object, 'status.message')}`);
	if (phase === 'Pending' || phase === '') return progressing('is not available yet');
	return healthy(phase === 'Released' ? 'its claim is gone' : undefined);
};
