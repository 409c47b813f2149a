import {heldBackHash} from '../../engine/hold/held-body.ts';
import type {ApplicationContext} from './context.ts';
import {takeOwed} from './held-items.ts';
import {currentHolds} from './holds.ts';
import {isAutomaticInitiator} from './running-operation.ts';
import type {TrackedObject} from './tracked-object.ts';

/** Holds came or went: what was left alone is owed now, and a sync that a hold stops ends. */
export function takeHolds(context: ApplicationContext): void {
	const {state} = context;
	// What was left out of the last sync is owed now.
	if (takeOwed(context) || [...state.objects.values()].some(isHeldBackNow)) state.attemptedRenderKey = '';
	const stopping = currentHolds(context).find(({includesSync}) => includesSync);
	// A person's sync is ended by a person.
	if (stopping && state.operation && isAutomaticInitiator(state.operation.initiatedBy)) {
		state.running?.stop.request({code: 'SyncEnded', message: `ended by the hold of ${stopping.owner}`});
	}
}

const isHeldBackNow = ({fingerprint, desired}: TrackedObject): boolean =>
	fingerprint !== null && desired !== null && fingerprint.desiredHash === heldBackHash(desired.desiredHash);
