import type {Plan} from '../../../source/model/plan.ts';
import {makePlan} from '../../commands/fixtures.ts';

export const ref = {group: 'apps', version: 'v1', kind: 'Deployment', namespace: 'shop', name: 'checkout'};

/** Everything that a plan can say of objects, with names that try to write on the screen. */
export const full: Plan = makePlan(
	{
		blocked: [
			{
				ref: {...ref, name: 'evil\u001b[2J', namespace: 'other'},
				problem: {code: 'OwnedByOther', message: 'it belongs to basket', hint: 'take it out there first'},
			},
		],
		kept: [
			{
				ref: {...ref, kind: 'Namespace', namespace: '', name: 'shop'},
				problem: {code: 'Protected', message: 'its kind is protected'},
			},
		],
		held: [
			{ref, paths: ['spec.replicas'], holdId: '3f9a1c', outcome: 'left'},
			{ref, paths: [], holdId: 'gone', outcome: 'overwritten'},
		],
	},
	2,
);
