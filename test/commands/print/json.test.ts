import {describe, expect, test} from 'vitest';
import {eventJson} from '../../../source/commands/print/event-json.ts';
import {statusJson} from '../../../source/commands/print/status-json.ts';
import type {JournalEntry} from '../../../source/model/journal.ts';
import {
	makeApplication,
	makeDrift,
	makeField,
	makeHold,
	makeOperation,
	makeWorker,
	now,
	revision,
} from '../fixtures.ts';

/** What a script gets: the value after a trip through text. */
function asRead(value: object): Record<string, unknown> {
	return JSON.parse(JSON.stringify(value)) as Record<string, unknown>;
}

const printedHold = {
	id: '3f9a1c',
	scope: {type: 'application'},
	owner: 'ana@bastion-1',
	reason: 'INC-2231',
	since: '2026-11-21T10:46:31.000Z',
	until: '2026-11-21T11:46:31.000Z',
	includesSync: false,
};

describe('status -o json keeps its shape', () => {
	const application = makeApplication({
		syncStatus: 'OutOfSync',
		health: {status: 'Degraded', message: '1/3 ready'},
		operation: makeOperation({
			phase: 'AwaitingConfirmation',
			confirmation: {token: 'k3v9', deletions: ['ConfigMap/a']},
		}),
		drift: [
			{
				eventId: 'drift-1',
				object: 'Deployment/checkout',
				namespace: 'shop',
				type: 'modified',
				fields: [makeField()],
				action: 'healing',
				since: now,
			},
		],
		conditions: [
			{type: 'RenderError', since: now, problem: {code: 'BadYaml', message: 'tab', file: 'k8s/a.yaml', line: 12}},
		],
	});

	test('holds have their times as text, and the parent and what comes before are named', () => {
		const holding = makeApplication({holds: [makeHold()], parent: 'platform', dependsOn: ['network']});
		const value = asRead(statusJson(makeWorker(), [holding], {type: 'worker'}));
		expect(value.applications).toMatchObject([{holds: [printedHold], parent: 'platform', dependsOn: ['network']}]);
	});

	test('an application with everything', () => {
		const value = asRead(statusJson(makeWorker(), [application], {type: 'worker'}));
		expect(value.applications).toMatchInlineSnapshot(`
			[
			  {
			    "clusterSeenAt": "2026-11-21T11:04:29.000Z",
			    "conditions": [
			      {
			        "code": "BadYaml",
			        "file": "k8s/a.yaml",
			        "line": 12,
			        "message": "tab",
			        "since": "2026-11-21T11:04:31.000Z",
			        "type": "RenderError",
			      },
			    ],
			    "context": "eu-prod",
			    "counts": {
			      "drifted": 0,
			      "failed": 0,
			      "missing": 0,
			      "objects": 11,
			      "outOfSync": 0,
			      "synced": 11,
			      "toPrune": 0,
			    },
			    "dependsOn": [],
			    "drift": [
			      {
			        "action": "healing",
			        "class": "modified",
			        "eventId": "drift-1",
			        "fields": [
			          {
			            "class": "modified",
			            "confidence": "exact",
			            "evidence": "managedFields",
			            "manager": "kubectl",
			            "notAfter": "2026-11-21T11:04:31.000Z",
			            "notBefore": "2026-11-21T11:04:30.000Z",
			            "now": "10",
			            "operation": "Update",
			            "path": "spec.replicas",
			            "subresource": "scale",
			            "was": "3",
			          },
			        ],
			        "namespace": "shop",
			        "object": "Deployment/checkout",
			        "since": "2026-11-21T11:04:31.000Z",
			      },
			    ],
			    "health": {
			      "message": "1/3 ready",
			      "status": "Degraded",
			    },
			    "holds": [],
			    "isAutomated": true,
			    "isHealing": true,
			    "name": "checkout",
			    "namespace": "shop",
			    "operation": {
			      "attempt": 1,
			      "confirmation": {
			        "deletions": [
			          "ConfigMap/a",
			        ],
			        "token": "k3v9",
			      },
			      "done": 2,
			      "duration": 400,
			      "failureCodes": [],
			      "finishedAt": "2026-11-21T11:04:30.400Z",
			      "id": "op-1",
			      "initiatedBy": "ana@bastion-1",
			      "message": "1 created, 1 changed",
			      "phase": "AwaitingConfirmation",
			      "results": [
			        {
			          "action": "create",
			          "object": "ConfigMap/extra",
			          "result": "Succeeded",
			        },
			        {
			          "action": "change",
			          "object": "Deployment/checkout",
			          "result": "Succeeded",
			        },
			      ],
			      "retryAt": null,
			      "revision": "9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567",
			      "startedAt": "2026-11-21T11:04:30.000Z",
			      "step": 0,
			      "steps": 1,
			      "syncPhase": "Sync",
			      "total": 2,
			      "wave": 0,
			    },
			    "parent": null,
			    "revision": "9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567",
			    "source": {
			      "path": "deploy/checkout",
			      "repoURL": "https://git.example.com/shop.git",
			      "target": "main",
			    },
			    "sourceSeenAt": "2026-11-21T11:04:17.000Z",
			    "syncStatus": "OutOfSync",
			    "syncedAt": "2026-11-21T11:04:19.000Z",
			    "syncedRevision": "9f3c1a2b4d5e6f708192a3b4c5d6e7f801234567",
			  },
			]
		`);
	});

	test('an application of which nothing is known has the same keys', () => {
		const empty = makeApplication({
			revision: null,
			syncedRevision: null,
			syncedAt: null,
			syncStatus: 'Unknown',
			health: {status: 'Unknown'},
			sourceSeenAt: null,
			clusterSeenAt: null,
		});
		const value = asRead(statusJson(makeWorker(), [application, empty], {type: 'worker'}));
		const [full, bare] = value.applications as object[];
		expect(Object.keys(bare!)).toEqual(Object.keys(full!));
		expect(bare).toMatchObject({
			revision: null,
			syncedAt: null,
			operation: null,
			drift: [],
			health: {status: 'Unknown'},
		});
	});

	test('the worker', () => {
		const value = asRead(statusJson(makeWorker(), [], {type: 'one-shot', cause: 'none-running'}));
		expect(value.worker).toMatchInlineSnapshot(`
			{
			  "configuration": "/srv/holdfast.yaml",
			  "connections": [
			    {
			      "context": "eu-prod",
			      "isProduction": false,
			      "server": "https://10.0.0.1",
			      "since": "2026-11-21T11:03:31.000Z",
			      "state": "live",
			      "version": "v1.36.3",
			    },
			  ],
			  "counters": {
			    "dryRuns": 0,
			    "fetches": 1,
			    "reads": 3,
			    "renderCacheHits": 0,
			    "renders": 1,
			    "residentBytes": 90000000,
			    "retries": 0,
			    "watches": 4,
			    "writes": 0,
			  },
			  "isOneShot": true,
			  "logFile": "/srv/state/worker.log",
			  "mode": "reconcile",
			  "pid": 4711,
			  "problems": [],
			  "repositories": [],
			  "startedAt": "2026-11-21T08:04:31.000Z",
			  "version": "0.1.0",
			}
		`);
	});

	test('resources only where an application was named alone', () => {
		const resources = [
			{
				group: 'apps',
				version: 'v1',
				kind: 'Deployment',
				namespace: 'shop',
				name: 'checkout',
				syncStatus: 'Synced',
				health: {status: 'Healthy'},
				isHook: false,
				requiresPruning: false,
			},
		] as const;
		const value = asRead(statusJson(makeWorker(), [application], {type: 'worker'}, resources));
		expect((value.applications as {resources: object[]}[])[0]?.resources).toEqual(resources);
	});
});

describe('events -o json keeps its shape', () => {
	const head = {id: 'entry-1', time: now, application: 'checkout'};
	const printed = {id: 'entry-1', time: '2026-11-21T11:04:31.000Z', application: 'checkout'};
	const cases: [string, JournalEntry, object][] = [
		[
			'drift',
			{...head, type: 'drift', event: makeDrift()},
			{
				...printed,
				type: 'drift',
				object: 'Deployment/checkout',
				namespace: 'shop',
				class: 'modified',
				fields: [
					{
						path: 'spec.replicas',
						class: 'modified',
						was: '3',
						now: '10',
						manager: 'kubectl',
						operation: 'Update',
						subresource: 'scale',
						notBefore: '2026-11-21T11:04:30.000Z',
						notAfter: '2026-11-21T11:04:31.000Z',
						confidence: 'exact',
						evidence: 'managedFields',
					},
				],
				action: 'healed',
				reason: null,
				duration: 100,
				revision,
			},
		],
		[
			'drift of which little is known: unknown is left out, nothing is null',
			{
				...head,
				type: 'drift',
				event: makeDrift({
					type: 'removed',
					action: 'reported',
					reason: 'mode is observe',
					duration: undefined,
					revision: null,
					fields: [
						makeField({
							class: 'removed',
							was: undefined,
							now: null,
							manager: 'unknown',
							operation: undefined,
							subresource: undefined,
							confidence: 'unknown',
							evidence: 'none',
						}),
					],
				}),
			},
			{
				...printed,
				type: 'drift',
				object: 'Deployment/checkout',
				namespace: 'shop',
				class: 'removed',
				fields: [
					{
						path: 'spec.replicas',
						class: 'removed',
						now: null,
						manager: 'unknown',
						notBefore: '2026-11-21T11:04:30.000Z',
						notAfter: '2026-11-21T11:04:31.000Z',
						confidence: 'unknown',
						evidence: 'none',
					},
				],
				action: 'reported',
				reason: 'mode is observe',
				duration: null,
				revision: null,
			},
		],
		[
			'sync',
			{
				...head,
				type: 'sync',
				revision,
				initiatedBy: 'automated',
				phase: 'Failed',
				message: 'Job/migrate: denied',
				duration: 400,
				created: 1,
				changed: 2,
				deleted: 0,
				failed: 1,
				results: [{object: 'Job/migrate', action: 'change', result: 'Failed', message: 'denied'}],
			},
			{
				...printed,
				type: 'sync',
				revision,
				initiatedBy: 'automated',
				phase: 'Failed',
				message: 'Job/migrate: denied',
				duration: 400,
				counts: {created: 1, changed: 2, deleted: 0, failed: 1},
				results: [{object: 'Job/migrate', action: 'change', result: 'Failed', message: 'denied'}],
			},
		],
		[
			'error',
			{...head, type: 'error', problem: {code: 'RemoteUnreachable', message: 'no answer', hint: 'Check.'}},
			{...printed, type: 'error', code: 'RemoteUnreachable', message: 'no answer', hint: 'Check.'},
		],
		[
			'revision',
			{...head, type: 'revision', revision, author: 'lena', subject: 'raise memory', isForced: false},
			{...printed, type: 'revision', revision, author: 'lena', subject: 'raise memory', isForced: false},
		],
		[
			'hold, with its times as text',
			{...head, type: 'hold', action: 'resumed', by: 'bo@bastion-2', hold: makeHold()},
			{...printed, type: 'hold', action: 'resumed', by: 'bo@bastion-2', hold: printedHold},
		],
		[
			'revert',
			{
				...head,
				type: 'revert',
				phase: 'offered',
				commits: [revision],
				revertCommit: null,
				branch: 'revert-9f3c1a2',
				by: 'ana@bastion-1',
				reason: 'INC-2231',
				message: 'protected branch',
			},
			{
				...printed,
				type: 'revert',
				phase: 'offered',
				commits: [revision],
				revertCommit: null,
				branch: 'revert-9f3c1a2',
				by: 'ana@bastion-1',
				reason: 'INC-2231',
				message: 'protected branch',
			},
		],
		[
			'adopt',
			{
				...head,
				type: 'adopt',
				object: 'Deployment/web',
				paths: ['spec.replicas'],
				commit: revision,
				branch: 'main',
				by: 'ana@bastion-1',
			},
			{
				...printed,
				type: 'adopt',
				object: 'Deployment/web',
				paths: ['spec.replicas'],
				commit: revision,
				branch: 'main',
				by: 'ana@bastion-1',
			},
		],
		[
			'worker, which concerns no application',
			{...head, type: 'worker', application: '', message: 'started'},
			{...printed, type: 'worker', application: null, message: 'started'},
		],
	];
	test.each(cases)('%s', (_name, entry, expected) => {
		expect(asRead(eventJson(entry))).toEqual(expected);
	});
});
