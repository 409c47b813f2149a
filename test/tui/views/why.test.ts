import {describe, expect, test} from 'vitest';
import type {ApplicationStatus} from '../../../source/model/status.ts';
import {commandTable} from '../../../source/tui/commands/table.ts';
import {nextActions} from '../../../source/tui/views/why/actions.ts';
import {type Evidence, findingCodes} from '../../../source/tui/views/why/types.ts';
import {why} from '../../../source/tui/views/why/why.ts';
import {
	makeApplication,
	makeDrift,
	makeField,
	makeOperation,
	makeWorker,
	now,
	revision,
} from '../../commands/fixtures.ts';
import {degraded, makeClusterEvent, makeCommit, makeCondition, makeHold, makeNode, makeSync} from '../fixtures.ts';

const outOfSync: Partial<ApplicationStatus> = {
	syncStatus: 'OutOfSync',
	counts: {objects: 11, synced: 9, outOfSync: 2, missing: 0, toPrune: 0, drifted: 0, failed: 0},
};

function ask(application: Partial<ApplicationStatus>, evidence: Partial<Evidence> = {}) {
	return why({
		application: makeApplication(application),
		applications: new Map(),
		tree: [],
		commits: [makeCommit({state: 'live'})],
		events: [],
		journal: [],
		worker: makeWorker(),
		link: {type: 'live', since: now},
		now,
		...evidence,
	});
}

const pod = (name: string, message: string) =>
	makeNode(`Deployment/checkout ReplicaSet/checkout-7c9f Pod/${name}`, {health: degraded(message), detail: message});
const brokenTree = (message: string) => [
	makeNode('Deployment/checkout', {health: degraded('1 of 3 replicas are available')}),
	makeNode('Deployment/checkout ReplicaSet/checkout-7c9f'),
	pod('checkout-7c9f-x2x', message),
];

interface Case {
	readonly application?: Partial<ApplicationStatus>;
	readonly evidence?: Partial<Evidence>;
	readonly code: string;
	readonly text: RegExp;
	/** Commands offered, the first ones. */
	readonly actions: readonly string[];
}

describe('why: the worst finding first, and what to do next', () => {
	test.each<[string, Case]>([
		['all is well', {code: 'AllWell', text: /all 11 objects are as Git says, and healthy/, actions: []}],
		[
			'an image that cannot be pulled',
			{
				application: {health: degraded('x')},
				evidence: {
					tree: brokenTree('container app: ImagePullBackOff, no such image "shop/checkout:2.3.O"'),
					events: [makeClusterEvent()],
				},
				code: 'ImagePull',
				text: /^Pod checkout-7c9f-x2x cannot pull its image: .*2\.3\.O.*, 6 times since /,
				actions: ['revert', 'hold', 'events'],
			},
		],
		[
			'a crash loop of several pods is one finding',
			{
				application: {health: degraded('x')},
				evidence: {
					tree: [
						...brokenTree('container app: CrashLoopBackOff, last exit code 1'),
						pod('b', 'container app: CrashLoopBackOff'),
					],
				},
				code: 'CrashLoop',
				text: /and 1 more pod crashes again and again: .*last exit code 1/,
				actions: ['revert', 'events', 'hold'],
			},
		],
		[
			'nobody syncs it',
			{
				application: {...outOfSync, isAutomated: false},
				code: 'NotAutomated',
				text: /2 of 11 objects differ from Git, and only a person syncs/,
				actions: ['sync', 'diff'],
			},
		],
		[
			'somebody holds it',
			{
				application: {...outOfSync, holds: [makeHold()]},
				code: 'Held',
				text: /the whole application is held by lena@bastion-1 until .*, 42m left: INC-2231/,
				actions: ['hold', 'diff'],
			},
		],
		[
			'a window is closed',
			{
				application: {...outOfSync, conditions: [makeCondition('SyncWindow', 'syncs are denied until 06:00')]},
				code: 'SyncWindow',
				text: /syncs are denied until 06:00 \(since 3 m\)/,
				actions: ['sync'],
			},
		],
		[
			'a dependency is not ready: the line leads there',
			{
				application: {
					...outOfSync,
					dependsOn: ['database'],
					conditions: [makeCondition('DependencyNotReady', 'waits for database')],
				},
				code: 'DependencyNotReady',
				text: /waits for database/,
				actions: ['open'],
			},
		],
		[
			'two fight over a field',
			{
				application: {
					...outOfSync,
					conditions: [
						makeCondition('ContestedField', 'spec.replicas is contested by kube-controller-manager', {
							object: 'Deployment/checkout',
						}),
					],
				},
				code: 'Contested',
				text: /spec\.replicas is contested/,
				actions: ['focus-drift', 'hold', 'adopt'],
			},
		],
		[
			'a deletion is blocked',
			{
				application: {
					...outOfSync,
					conditions: [makeCondition('DeletionBlocked', '12 deletions are more than the budget of 10')],
				},
				code: 'DeletionBlocked',
				text: /12 deletions/,
				actions: ['sync'],
			},
		],
		[
			'a sync waits for a word',
			{
				application: {
					...outOfSync,
					operation: makeOperation({
						phase: 'AwaitingConfirmation',
						confirmation: {token: 't', deletions: ['ConfigMap/a', 'ConfigMap/b']},
					}),
				},
				code: 'AwaitingConfirmation',
				text: /would delete 2 \(ConfigMap\/a, ConfigMap\/b\)/,
				actions: ['sync'],
			},
		],
		[
			'a commit cannot be rendered: file and line',
			{
				application: {
					syncStatus: 'Unknown',
					conditions: [
						makeCondition('RenderError', 'a mapping is not closed', {file: 'deploy/checkout.yaml', line: 12}),
					],
				},
				code: 'RenderError',
				text: /^deploy\/checkout\.yaml:12: a mapping is not closed/,
				actions: ['focus-commits', 'refresh'],
			},
		],
		[
			"somebody else's object",
			{
				application: {
					...outOfSync,
					conditions: [makeCondition('OwnedByOther', 'is owned by Helm release web', {object: 'Service/web'})],
				},
				code: 'OwnedByOther',
				text: /^Service\/web: is owned by Helm/,
				actions: ['open'],
			},
		],
		[
			'the cluster does not answer',
			{
				application: {conditions: [makeCondition('ClusterUnreachable', 'the API server does not answer')]},
				code: 'ClusterUnreachable',
				text: /does not answer/,
				actions: ['holdfast doctor', 'refresh'],
			},
		],
		[
			'the repository does not answer',
			{
				application: {conditions: [makeCondition('SourceError', 'authentication failed')]},
				code: 'SourceError',
				text: /authentication failed/,
				actions: ['refresh', 'holdfast doctor'],
			},
		],
		[
			'the worker is gone: everything else is old',
			{
				application: {health: degraded('x')},
				evidence: {
					link: {type: 'lost', since: now - 37_000, problem: {code: 'WorkerGone', message: 'it ended'}, nextTryAt: now},
				},
				code: 'WorkerLost',
				text: /has not answered for 37 s .*what follows is that old/,
				actions: ['retry-worker'],
			},
		],
		[
			'a sync failed, by name',
			{
				application: {
					...outOfSync,
					operation: makeOperation({
						phase: 'Failed',
						message: '1 failed',
						retryAt: now + 5_000,
						results: [
							{object: 'Deployment/checkout', action: 'change', result: 'Failed', message: 'field is immutable'},
						],
					}),
				},
				code: 'SyncFailed',
				text: /the sync to 9f3c1a2 failed: Deployment\/checkout: field is immutable; next try in 5 s/,
				actions: ['sync', 'revert', 'worker-log'],
			},
		],
		[
			'drift that nobody put back, with who did it',
			{
				application: {
					...outOfSync,
					isHealing: false,
					drift: [
						{
							eventId: 'd1',
							object: 'Deployment/checkout',
							namespace: 'shop',
							type: 'modified',
							fields: [makeField()],
							action: 'reported',
							since: now - 360_000,
						},
					],
				},
				code: 'Drift',
				text: /Deployment\/checkout drifted 6 m ago: spec\.replicas 3 to 10, set by kubectl\/scale; reported/,
				actions: ['sync', 'adopt', 'diff'],
			},
		],
		[
			'what Git names is not there',
			{
				application: {...outOfSync, health: {status: 'Missing'}},
				evidence: {tree: [makeNode('Service/web', {health: {status: 'Missing'}})]},
				code: 'ObjectMissing',
				text: /Service web is in Git and not in the cluster/,
				actions: ['sync'],
			},
		],
		[
			'the worker only looks',
			{
				application: outOfSync,
				evidence: {worker: makeWorker({mode: 'observe'})},
				code: 'WorkerObserves',
				text: /only observes/,
				actions: ['sync'],
			},
		],
		[
			'a part of it is suspended',
			{
				application: {health: {status: 'Suspended', message: 'its rollout is paused'}},
				code: 'Suspended',
				text: /a part of it is suspended: its rollout is paused/,
				actions: [],
			},
		],
		[
			'it differs at the commit that is live, and nothing says why',
			{
				application: outOfSync,
				code: 'Pending',
				text: /2 of 11 objects differ from Git, at the commit/,
				actions: ['diff', 'sync'],
			},
		],
	])('%s', (_name, {application = {}, evidence = {}, code, text, actions}) => {
		const answer = ask(application, evidence);
		expect(answer.findings[0]).toMatchObject({code, text: expect.stringMatching(text)});
		expect(answer.actions.map(({command}) => command).slice(0, actions.length)).toEqual(actions);
	});

	test.each<[string, Partial<ApplicationStatus>, string]>([
		['Degraded', {health: degraded('x'), healthSince: now - 5_000}, 'Why is checkout Degraded for 5 s?'],
		['OutOfSync', {...outOfSync, syncSince: now - 26 * 3_600_000}, 'Why is checkout OutOfSync for 26 h?'],
		['unknown since when', outOfSync, 'Why is checkout OutOfSync?'],
		['well', {}, 'checkout is Synced and Healthy'],
	])('the title of what is %s says since when', (_name, application, title) => {
		expect(ask(application).title).toBe(title);
	});

	test('an owner is not named beside the pod that breaks it', () => {
		const {findings} = ask({health: degraded('x')}, {tree: brokenTree('container app: ImagePullBackOff')});
		expect(findings.filter(({code}) => code === 'ObjectTrouble')).toEqual([]);
	});

	test('every line of evidence leads somewhere', () => {
		const {findings} = ask(
			{
				health: degraded('x'),
				dependsOn: ['database'],
				conditions: [makeCondition('DependencyNotReady', 'waits for database')],
			},
			{tree: brokenTree('container app: ImagePullBackOff')},
		);
		expect(findings.map(({code, jump}) => [code, jump?.type])).toEqual([
			['ImagePull', 'object'],
			['DependencyNotReady', 'application'],
			['LiveCommit', 'commit'],
			['Healing', 'timeline'],
		]);
	});

	test('which commit did it, and what was before', () => {
		const before = '77e01bd4b4d5e6f708192a3b4c5d6e7f80123456';
		const {findings, actions} = ask(
			{health: degraded('x'), healthSince: now - 9 * 60_000},
			{
				tree: brokenTree('container app: ImagePullBackOff'),
				journal: [makeSync(), makeSync({id: 's0', revision: before, time: now - 70 * 60_000})],
			},
		);
		const texts = findings.map(({text}) => text);
		expect(texts[1]).toMatch(
			/^live is 9f3c1a2 "raise memory" by lena, synced .*, changed 2 objects; Degraded (?:60 s|1 m) after it/,
		);
		expect(texts[2]).toBe('before it, 77e01bd was live for at least 1 h');
		expect(actions[0]).toEqual({command: 'revert', text: 'revert 9f3c1a2 (2 objects, nothing deleted)'});
	});

	test('a revert is not offered where the live commit is not known', () => {
		const {actions} = ask({health: degraded('x')}, {tree: brokenTree('container app: ImagePullBackOff'), commits: []});
		expect(actions.map(({command}) => command)).not.toContain('revert');
	});

	test('every command that is offered exists', () => {
		const known = new Set(commandTable.map(({id}) => id));
		const evidence = {application: makeApplication(), commits: [makeCommit()]} as unknown as Evidence;
		const jump = {type: 'sync', application: 'checkout'} as const;
		const offered = findingCodes.flatMap(code => nextActions([{code, text: '', jump}], evidence));
		expect(offered.length).toBeGreaterThan(20);
		expect(offered.map(({command}) => command).filter(id => !known.has(id) && !id.startsWith('holdfast '))).toEqual([]);
	});

	test('hostile words stay words', () => {
		const {findings} = ask({syncStatus: 'Unknown', conditions: [makeCondition('RenderError', '\u001b[2J\u202eevil')]});
		expect(findings[0]?.text).toContain('\\x1b[2J\\u202eevil');
	});

	test('how many drifts were healed is counted', () => {
		const event = makeDrift({action: 'healed'});
		const {findings} = ask(
			{},
			{journal: [{type: 'drift', id: event.id, time: now - 1_000, application: 'checkout', event}]},
		);
		expect(findings.at(-1)?.text).toBe('healing is on, nobody holds it; 1 drift healed in the last day');
		expect(revision).toHaveLength(40);
	});
});
