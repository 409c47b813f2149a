import {describe, expect, it} from 'vitest';
import type {HookOptions, HookPhase} from '../../../source/engine/desired/types.ts';
import {countHooks, hooksOf, signatureOfHooks} from '../../../source/engine/hooks/due.ts';
import {generatedHookName, isEarlierRun} from '../../../source/engine/hooks/generated-name.ts';
import {
	clearsItselfAway,
	hookTimeLimit,
	isDeletedAfter,
	judgeHook,
	judgeLeftOver,
} from '../../../source/engine/hooks/judge.ts';
import type {KubernetesObject} from '../../../source/model/object.ts';
import {desired} from '../plan/build.ts';

const now = 1_700_000_000_000;
const times = {now, firstSeenAt: now};
const hook = (...phases: HookPhase[]): {hook: HookOptions} => ({
	hook: {phases, deletePolicies: ['BeforeHookCreation']},
});
const job = (status: object, spec: object = {}): KubernetesObject => ({
	apiVersion: 'batch/v1',
	kind: 'Job',
	metadata: {name: 'a', creationTimestamp: '2023-11-14T22:13:20Z'},
	spec,
	status,
});
const complete = {conditions: [{type: 'Complete', status: 'True'}]};
const failed = {conditions: [{type: 'Failed', status: 'True', message: 'backoff limit'}]};

describe('which hooks are due', () => {
	const both = desired('batch/v1/Job/prod/both', hook('PreSync', 'PostSync'));
	const onFailure = desired('batch/v1/Job/prod/on-failure', hook('SyncFail'));
	const ignored = desired('batch/v1/Job/prod/ignored', {...hook('Sync'), apply: 'ignore'});
	const all = [both, onFailure, ignored];

	it('a hook of two phases runs twice, an ignored one never', () => {
		expect(hooksOf(all, 'PreSync')).toEqual([both]);
		expect(hooksOf(all, 'Sync')).toEqual([]);
		expect(countHooks(all)).toBe(2);
	});

	it('the signature names the hooks of a sync, in whatever order they are rendered, and nothing else', () => {
		const other = desired('batch/v1/Job/prod/other', hook('Sync'));
		expect(signatureOfHooks([both, other])).toBe(signatureOfHooks([other, both, onFailure, ignored]));
		expect(signatureOfHooks([both])).not.toBe(signatureOfHooks([both, other]));
		expect(signatureOfHooks([{...both, text: '{"a":1}'}])).not.toBe(signatureOfHooks([both]));
		expect(signatureOfHooks([onFailure, ignored])).toBe('');
	});

	it('the signature holds no value of a Secret', () => {
		const secret = {...desired('v1/Secret/prod/token', hook('PreSync')), text: '{"data":{"key":"aHVudGVyMg=="}}'};
		expect(signatureOfHooks([secret])).not.toContain('aHVudGVyMg');
		expect(signatureOfHooks([secret])).toContain('key');
	});
});

describe('names of hooks with generateName', () => {
	const naming = {
		prefix: 'upgrade-',
		revision: 'ABC1234def',
		phase: 'PreSync',
		startedAt: now,
		taken: new Set<string>(),
	} as const;

	it('are those of Argo CD', () => expect(generatedHookName(naming)).toBe('upgrade-abc1234-presync-1700000000'));
	it('differ within one sync', () => {
		const taken = new Set([generatedHookName(naming)]);
		expect(generatedHookName({...naming, taken})).toBe('upgrade-abc1234-presync-1700000000-2');
	});
	it('fit into a label', () => {
		const name = generatedHookName({...naming, prefix: 'x'.repeat(80)});
		expect(name).toHaveLength(63);
		expect(name).toMatch(/^x+abc1234-presync-1700000000$/);
	});

	it.each<[string, string, HookPhase, boolean]>([
		['upgrade-abc1234-presync-1700000000', 'upgrade-', 'PreSync', true],
		['upgrade-abc1234-presync-1700000000-2', 'upgrade-', 'PreSync', true],
		['upgrade-abc1234-presync-1700000000', 'upgrade-', 'PostSync', false],
		['upgrade-abc1234-presync-1700000000', 'up', 'PreSync', false],
		['other-upgrade-abc1234-presync-1700000000', 'upgrade-', 'PreSync', false],
		['upgrade-database', 'upgrade-', 'PreSync', false],
		[generatedHookName({...naming, prefix: 'x'.repeat(80)}), 'x'.repeat(80), 'PreSync', true],
	])('%s is an earlier run of %s at %s: %s', (name, prefix, phase, expected) => {
		expect(isEarlierRun(name, {prefix, phase})).toBe(expected);
	});
});

describe('how far a hook is', () => {
	const pod = (phase: string): KubernetesObject => ({
		apiVersion: 'v1',
		kind: 'Pod',
		metadata: {name: 'a'},
		spec: {restartPolicy: 'Never', containers: []},
		status: {phase},
	});
	const workflow = (status: object): KubernetesObject => ({
		apiVersion: 'argoproj.io/v1alpha1',
		kind: 'Workflow',
		metadata: {name: 'a', creationTimestamp: '2023-11-14T22:13:20Z'},
		status,
	});
	it.each<[string, KubernetesObject, string]>([
		['a new Job', job({}), 'running'],
		['a Job at work', job({active: 1}), 'running'],
		['a suspended Job', job({}, {suspend: true}), 'running'],
		['a complete Job', job(complete), 'succeeded'],
		['a failed Job', job(failed), 'failed'],
		['a running Pod', pod('Running'), 'running'],
		['a Pod that ended well', pod('Succeeded'), 'succeeded'],
		['a Pod that failed', pod('Failed'), 'failed'],
		['a Workflow nobody has looked at', workflow({}), 'running'],
		['a Workflow that succeeded', workflow({phase: 'Succeeded'}), 'succeeded'],
		['a Workflow that failed', workflow({phase: 'Error'}), 'failed'],
		['a ConfigMap', {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}}, 'succeeded'],
	])('%s: %s', (_title, object, type) => expect(judgeHook(object, times).type).toBe(type));

	it('a failure says why', () => {
		expect(judgeHook(job(failed), times)).toEqual({type: 'failed', message: expect.stringContaining('backoff limit')});
	});

	it.each<[string, KubernetesObject, number]>([
		['nothing said', job({}), 300_000],
		['a deadline of its own', job({}, {activeDeadlineSeconds: 3_600}), 3_630_000],
		['a shorter one', job({}, {activeDeadlineSeconds: 10}), 40_000],
		['nonsense', job({}, {activeDeadlineSeconds: 'soon'}), 300_000],
		['more than a timer can count', job({}, {activeDeadlineSeconds: 1e9}), 2 ** 31 - 1],
	])('the time limit with %s', (_title, body, limit) => expect(hookTimeLimit(body)).toBe(limit));

	it('a time to live tells that it may be gone when it is done', () => {
		expect(clearsItselfAway(job({}, {ttlSecondsAfterFinished: 0}))).toBe(true);
		expect(clearsItselfAway(job({}))).toBe(false);
	});
});

describe('what an earlier sync left', () => {
	const configMap: KubernetesObject = {apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'a'}};
	it.each<[string, KubernetesObject, HookOptions['deletePolicies'], string]>([
		['any, by the default policy', job(complete), ['BeforeHookCreation'], 'delete'],
		['a Job that should be gone', job(complete), ['HookSucceeded'], 'delete'],
		['a failed Job that should be gone', job(failed), ['HookFailed'], 'delete'],
		['a failed Job that was to be kept', job(failed), ['HookSucceeded'], 'keep'],
		['a Job still at work', job({active: 1}), ['HookSucceeded', 'HookFailed'], 'keep'],
		['a ConfigMap', configMap, ['HookFailed'], 'apply'],
	])('%s', (_title, live, deletePolicies, expected) => {
		expect(judgeLeftOver(live, {phases: ['Sync'], deletePolicies}, times)).toBe(expected);
	});

	it.each([
		['succeeded', 'HookSucceeded', true],
		['succeeded', 'HookFailed', false],
		['failed', 'HookFailed', true],
		['running', 'HookFailed', false],
	] as const)('after it %s, %s deletes: %s', (type, policy, expected) => {
		expect(isDeletedAfter({type, message: ''}, [policy])).toBe(expected);
	});
});
