import {expect, test} from 'vitest';
import type {Standing} from '../../source/model/standing-record.ts';
import type {HealthStatus, SyncStatus} from '../../source/model/status.ts';
import {StandingTimes} from '../../source/worker/application/standing-times.ts';
import {makeApplication} from '../commands/fixtures.ts';

type Look = readonly [time: number, sync: SyncStatus, health: HealthStatus];

/** Looks at an application, compared from `comparedAt` on; answers with its times after each look, and what was kept. */
function play(former: Standing | null, comparedAt: number, looks: readonly Look[]) {
	let now = 0;
	const kept: Standing[] = [];
	const state = {clusterUid: 'here', formerStanding: former, isCompared: false};
	const journal = {saveStanding: (_cluster: string, _name: string, standing: Standing) => kept.push(standing)};
	const context = {application: {name: 'shop'}, services: {clock: () => now, journal}, state};
	const times = new StandingTimes(context as unknown as ConstructorParameters<typeof StandingTimes>[0]);
	const told = looks.map(([time, syncStatus, health]) => {
		now = time;
		state.isCompared = time >= comparedAt;
		const status = times.note(makeApplication({syncStatus, health: {status: health}}));
		return [status.syncSince, status.healthSince];
	});
	return {told, kept};
}

const former = {syncStatus: 'Synced', syncSince: 1, health: 'Degraded', healthSince: 2} as const;

test('what is as it was before the start has the time of then', () => {
	const {told, kept} = play(former, 20, [
		[10, 'Unknown', 'Unknown'],
		[20, 'Synced', 'Degraded'],
		[30, 'Synced', 'Degraded'],
	]);
	expect(told).toEqual([
		[10, 10],
		[1, 2],
		[1, 2],
	]);
	expect(kept).toEqual([former]);
});

test('what is different by now is as it is since it was seen', () => {
	const {told, kept} = play(former, 20, [
		[20, 'OutOfSync', 'Degraded'],
		[30, 'Synced', 'Healthy'],
	]);
	expect(told).toEqual([
		[20, 2],
		[30, 30],
	]);
	expect(kept).toHaveLength(2);
});

test('without a memory it begins now; what is not known is no change', () => {
	const {told, kept} = play(null, 20, [
		[10, 'Unknown', 'Unknown'],
		[20, 'Synced', 'Healthy'],
		[40, 'Unknown', 'Healthy'],
		[50, 'Synced', 'Healthy'],
	]);
	expect(told).toEqual([
		[10, 10],
		[20, 20],
		[40, 20],
		[50, 20],
	]);
	expect(kept.map(({syncStatus, syncSince}) => [syncStatus, syncSince])).toEqual([
		['Synced', 20],
		['Unknown', 40],
		['Synced', 50],
	]);
});
