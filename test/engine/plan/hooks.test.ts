import {describe, expect, it} from 'vitest';
import type {HookOptions, HookPhase, ObjectOptions} from '../../../source/engine/desired/types.ts';
import {defaultSyncPolicy} from '../../../source/model/application.ts';
import {desired, entry, plan, print} from './build.ts';

const hook = (phases: HookPhase[], wave = 0): Partial<ObjectOptions> & {hook: HookOptions} => ({
	wave,
	hook: {phases, deletePolicies: ['BeforeHookCreation']},
});
const web = desired('apps/v1/Deployment/prod/web');
const settings = desired('v1/ConfigMap/prod/settings');
const before = desired('batch/v1/Job/prod/before', hook(['PreSync']));
const after = desired('batch/v1/Job/prod/after', hook(['PostSync']));
const failed = desired('batch/v1/Job/prod/failed', hook(['SyncFail']));
const synced = (...objects: {key: string}[]) =>
	Object.fromEntries(objects.map(({key}) => [key, {type: 'synced', uid: key} as const]));

describe('hooks', () => {
	it('come before and after what is written, and PostSync waits until all of it is healthy', () => {
		const result = plan({desired: [web, settings], hooks: [after, before, failed]});
		expect(print(result)).toEqual([
			'PreSync hooks: Job: hook Job/before',
			'ConfigMap: create ConfigMap/settings',
			'Deployment: create Deployment/web',
			'PostSync hooks: Job: hook Job/after',
		]);
		expect(result.steps.map(({phase}) => phase)).toEqual(['PreSync', 'Sync', 'Sync', 'PostSync']);
		expect(result.steps[2]).toMatchObject({awaits: [web.key], waitsForReady: true});
		expect(result.steps[0]?.hooks).toEqual([before.desiredHash]);
		expect(result.counts).toMatchObject({create: 2, hooks: 2});
	});

	it('of SyncFail are set apart and not counted', () => {
		const result = plan({desired: [web], hooks: [failed]});
		expect(print({...result, steps: result.onFailure})).toEqual(['SyncFail hooks: Job: hook Job/failed']);
		expect(result.counts.hooks).toBe(0);
	});

	it('are not due when nothing is written and they are those of the last sync', () => {
		const result = plan({desired: [web], hooks: [before, after], states: synced(web)});
		expect(result.steps).toEqual([]);
		expect(result.counts.hooks).toBe(0);
	});

	it('are due when they changed, with the wait that PostSync needs', () => {
		const result = plan({desired: [web], hooks: [before, after], states: synced(web), haveHooksChanged: true});
		expect(print(result)).toEqual([
			'PreSync hooks: Job: hook Job/before',
			'wait until healthy: ',
			'PostSync hooks: Job: hook Job/after',
		]);
	});

	it('are due when something is only deleted, which comes last', () => {
		const result = plan({
			desired: [web],
			hooks: [after],
			states: synced(web),
			inventory: [entry('v1/ConfigMap/prod/old')],
		});
		expect(print(result)).toEqual([
			'wait until healthy: ',
			'PostSync hooks: Job: hook Job/after',
			'delete ConfigMap: delete ConfigMap/old',
		]);
		expect(result.steps.at(-1)?.phase).toBe('Delete');
	});

	it('of Sync run in their wave, after its objects, and each wave before them is waited for', () => {
		const early = desired('apps/v1/ReplicaSet/prod/backend');
		const late = desired('apps/v1/ReplicaSet/prod/frontend', {wave: 2});
		const up = desired('batch/v1/Job/prod/up', hook(['Sync'], 1));
		const down = desired('batch/v1/Job/prod/down', hook(['Sync'], 3));
		const beside = desired('batch/v1/Job/prod/beside', hook(['Sync'], 2));
		const result = plan({desired: [late, early], hooks: [down, up, beside]});
		expect(print(result)).toEqual([
			'wave 0: ReplicaSet: create ReplicaSet/backend',
			'wave 1: Sync hooks: Job: hook Job/up',
			'wave 2: ReplicaSet: create ReplicaSet/frontend',
			'wave 2: Sync hooks: Job: hook Job/beside',
			'wave 3: Sync hooks: Job: hook Job/down',
		]);
		expect(result.steps.map(({awaits}) => awaits)).toEqual([[early.key], [], [], [late.key], []]);
		expect(result.steps.map(({wave}) => wave)).toEqual([0, 1, 2, 2, 3]);
	});

	it('of one phase run wave by wave, and in a wave kind by kind', () => {
		const account = desired('v1/ServiceAccount/prod/migrate', hook(['PreSync']));
		const config = desired('v1/ConfigMap/prod/migrate', hook(['PreSync']));
		const first = desired('batch/v1/Job/prod/first', hook(['PreSync'], -1));
		const second = desired('batch/v1/Job/prod/second', hook(['PreSync']));
		const twin = desired('batch/v1/Job/prod/twin', hook(['PreSync']));
		const result = plan({desired: [settings], hooks: [twin, second, config, account, first]});
		expect(print(result)).toEqual([
			'PreSync hooks, wave -1: Job: hook Job/first',
			'PreSync hooks, wave 0: ServiceAccount: hook ServiceAccount/migrate',
			'PreSync hooks, wave 0: ConfigMap: hook ConfigMap/migrate',
			'PreSync hooks, wave 0: Job: hook Job/second, hook Job/twin',
			'ConfigMap: create ConfigMap/settings',
		]);
	});

	it.each([
		['the namespace of a hook', 'v1/Namespace//prod', 'PreSync'],
		['the definition of its kind', 'apiextensions.k8s.io/v1/CustomResourceDefinition//jobs.batch', 'PreSync'],
		['another namespace', 'v1/Namespace//other', 'Sync'],
	])('%s takes over the phase that needs it', (_title, stage, phase) => {
		const result = plan({desired: [desired(stage), settings], hooks: [before]});
		const index = result.steps.findIndex(({title}) => title === 'namespaces and definitions');
		expect(result.steps[index]?.phase).toBe(phase);
		expect(index).toBe(phase === 'PreSync' ? 0 : 1);
	});

	it('that were objects before leave the inventory and are not deleted', () => {
		const result = plan({desired: [web], hooks: [before], inventory: [entry('batch/v1/Job/prod/before')]});
		expect(result.gone).toEqual([before.key]);
		expect(result.counts.delete).toBe(0);
		expect(result.kept).toEqual([]);
	});
});

describe('the wait for health', () => {
	const waitsForHealth = true;

	it('holds for the only wave too when it is asked for', () => {
		const result = plan({desired: [web], waitsForHealth});
		expect(result.steps).toMatchObject([{title: 'Deployment', awaits: [web.key], waitsForReady: true}]);
	});

	it('takes every wave, also those after the last change', () => {
		const late = desired('apps/v1/Deployment/prod/late', {wave: 1});
		const result = plan({desired: [web, late], states: synced(late), waitsForHealth});
		expect(print(result)).toEqual(['wave 0: Deployment: create Deployment/web', 'wave 1: wait until healthy: ']);
		expect(result.steps.map(({awaits}) => awaits)).toEqual([[web.key], [late.key]]);
	});

	it('is no reason for a sync, but what a sync left undone is', () => {
		const situation = {desired: [web], states: synced(web), waitsForHealth};
		expect(plan(situation).steps).toEqual([]);
		expect(print(plan({...situation, isUnfinished: true}))).toEqual(['wait until healthy: ']);
	});
});

describe('selected objects', () => {
	const only = new Set([web.key]);

	it('are all that is written: no hook runs, nothing is deleted, nothing else is waited for', () => {
		const other = desired('apps/v1/Deployment/prod/other', {wave: -1});
		const result = plan({
			desired: [web, settings, other],
			hooks: [before, after, failed],
			inventory: [entry('v1/ConfigMap/prod/old'), entry('batch/v1/Job/prod/before')],
			blocked: [{ref: settings.ref, problem: {code: 'X', message: 'x'}}],
			haveHooksChanged: true,
			only,
		});
		expect(print(result)).toEqual(['Deployment: create Deployment/web']);
		expect(result).toMatchObject({
			counts: {create: 1, change: 0, delete: 0, hooks: 0, unchanged: 0, blocked: 0},
			blocked: [],
			kept: [],
			gone: [],
			onFailure: [],
			deletion: {type: 'none'},
			isSelective: true,
		});
	});

	it('are waited for when that is asked for', () => {
		expect(plan({desired: [web], only, waitsForHealth: true}).steps[0]?.awaits).toEqual([web.key]);
	});

	it('are never an empty render', () => {
		const policy = {...defaultSyncPolicy, automated: {prune: true, selfHeal: true, allowEmpty: false}};
		expect(plan({only: new Set(), inventory: [entry('v1/ConfigMap/prod/a')], policy}).deletion).toEqual({type: 'none'});
	});
});
