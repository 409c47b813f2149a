import type {ActPorts} from '../ports.ts';
import {type HoldTarget, hold, holdEverything} from './hold.ts';
import {chooseHolds, holdsOf, resume} from './resume.ts';

/** `p`: holds what is not held; of what is held it asks which hold to end, or what else to hold. */
export async function toggleHold(ports: ActPorts, target: HoldTarget): Promise<void> {
	const holds = holdsOf(target.applications);
	if (holds.length === 0) return hold(ports, target);
	const chosen = await chooseHolds(ports, holds);
	if (chosen?.type === 'resume') await resume(ports, chosen.holds);
	else if (chosen) await hold(ports, target);
}

/** `P`: everything; where everything is held already, the way back too. */
export async function toggleEverything(ports: ActPorts): Promise<void> {
	const applications = [...ports.world.getState().applications.values()];
	const whole = holdsOf(applications).filter(
		({hold: {scope, includesSync}}) => scope.type === 'application' && includesSync,
	);
	const isAllHeld = applications.every(({name}) => whole.some(({application}) => application === name));
	if (applications.length === 0 || !isAllHeld) return holdEverything(ports);
	const chosen = await chooseHolds(ports, whole);
	if (chosen?.type === 'resume') await resume(ports, chosen.holds);
	else if (chosen) await holdEverything(ports);
}
