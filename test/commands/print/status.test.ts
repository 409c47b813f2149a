import {describe, expect, test} from 'vitest';
import {freshnessLines} from '../../../source/commands/print/freshness.ts';
import {applicationDetails, resourceTable} from '../../../source/commands/print/status-details.ts';
import {messageOf, statusSummary, statusTable} from '../../../source/commands/print/status-table.ts';
import {createSurface} from '../../../source/commands/terminal/surface.ts';
import {sortWorstFirst, standingOf} from '../../../source/model/standing.ts';
import type {ApplicationStatus, ResourceStatus} from '../../../source/model/status.ts';
import {makeApplication, makeField, makeHold, makeOperation, makeWorker, now} from '../fixtures.ts';

const surface = createSurface({LANG: 'C.UTF-8'}, {});
const ascii = createSurface({}, {});
const counts = makeApplication().counts;

const degraded = makeApplication({
	syncStatus: 'OutOfSync',
	health: {status: 'Degraded', message: 'Deployment/checkout: 1/3 ready: ImagePullBackOff'},
	drift: [
		{
			eventId: 'drift-1',
			object: 'Deployment/checkout',
			namespace: 'shop',
			type: 'modified',
			fields: [makeField()],
			action: 'healing',
			since: now - 5_000,
		},
	],
});
const outOfSync = makeApplication({
	name: 'basket',
	syncStatus: 'OutOfSync',
	isAutomated: false,
	syncedAt: null,
	counts: {...counts, synced: 8, outOfSync: 3, missing: 1, toPrune: 2},
});
const unknown = makeApplication({
	name: 'ledger',
	revision: null,
	syncStatus: 'Unknown',
	health: {status: 'Unknown'},
	sourceSeenAt: null,
	clusterSeenAt: null,
	conditions: [
		{
			type: 'SourceError',
			since: now - 180_000,
			problem: {
				code: 'RemoteUnreachable',
				message: 'git.example.com does not answer',
				hint: 'Check the network.',
			},
		},
	],
});
const good = makeApplication({name: 'mail', syncedAt: now - 2 * 86_400_000});

describe('the table', () => {
	test('worst first, state as glyph and word', () => {
		const sorted = sortWorstFirst([good, outOfSync, unknown, degraded]);
		expect(statusTable(sorted, {surface, now, isWide: false}).join('\n')).toMatchInlineSnapshot(`
			"  NAME       SYNC        HEALTH     REVISION   DRIFT   SYNCED   MESSAGE
			✗ checkout   OutOfSync   Degraded   9f3c1a2    ≋1      12s      Deployment/checkout: 1/3 ready: ImagePullBackOff
			? ledger     Unknown     Unknown    -          -       12s      git.example.com does not answer
			≠ basket     OutOfSync   Healthy    9f3c1a2    -       never    1 missing, 2 differ, 2 to prune of 11; not automated: holdfast sync basket
			✓ mail       Synced      Healthy    9f3c1a2    -       2d"
		`);
	});

	test('in ASCII where the locale is not UTF-8', () => {
		const lines = statusTable([degraded, good], {surface: ascii, now, isWide: false});
		expect(lines.join('\n')).toMatch(/^[\x20-\x7e\n]*$/);
		expect(lines[1]).toMatch(/^x checkout .* #1 /);
	});

	test('wide adds where it lives and what it follows', () => {
		expect(statusTable([good], {surface, now, isWide: true}).join('\n')).toMatchInlineSnapshot(`
			"  NAME   SYNC     HEALTH    REVISION   DRIFT   SYNCED   CONTEXT   NAMESPACE   OBJECTS   TARGET   PATH              REPOSITORY                         PARENT   MESSAGE
			✓ mail   Synced   Healthy   9f3c1a2    -       2d       eu-prod   shop        11        main     deploy/checkout   https://git.example.com/shop.git   -"
		`);
	});

	test('a summary counts both states and the drift', () => {
		expect(statusSummary([good, outOfSync, unknown, degraded])).toBe(
			'4 applications: 2 OutOfSync, 1 Synced, 1 Unknown; 2 Healthy, 1 Unknown, 1 Degraded; 1 drifted',
		);
	});
});

describe('what is held', () => {
	const holding = makeApplication({syncStatus: 'OutOfSync', counts: {...counts, outOfSync: 1}, holds: [makeHold()]});
	const part = makeHold({
		id: 'bbbbbb',
		scope: {type: 'field', kind: 'Deployment', name: 'web', path: 'spec.replicas'},
		until: null,
		includesSync: true,
	});
	const row = (overrides: Partial<ApplicationStatus>) =>
		statusTable([makeApplication(overrides)], {surface, now, isWide: false})[1];

	test('has its own glyph, and how long it lasts; what differs differs because somebody wants it to', () => {
		expect(statusTable([holding], {surface, now, isWide: false}).join('\n')).toMatchInlineSnapshot(`
			"  NAME       SYNC        HEALTH    REVISION   DRIFT   SYNCED   MESSAGE
			‖ checkout   OutOfSync   Healthy   9f3c1a2    -       12s      held 42m; 1 differ of 11"
		`);
		expect(row({holds: [makeHold({until: null})]})).toMatch(/^✓ .* held$/);
		expect(row({holds: [part, part]})).toMatch(/^✓ .* 2 held$/);
		expect(row({syncStatus: 'OutOfSync', holds: [part]})).toMatch(/^≠ .* 1 held$/);
	});

	test('worse news beats it', () => {
		expect(standingOf({...holding, health: {status: 'Degraded'}})).toBe('degraded');
		expect(standingOf(holding)).toBe('held');
	});

	test('is counted below the table', () => {
		expect(statusSummary([holding, good])).toMatch(/; 1 held$/);
	});

	test('is a sentence each, with the waits that are no errors, and where the application comes from', () => {
		const waits = ['SyncWindow', 'DependencyNotReady', 'RevertInFlight'] as const;
		const application = {
			...holding,
			holds: [makeHold(), part],
			parent: 'platform',
			dependsOn: ['network', 'storage'],
			conditions: waits.map(type => ({
				type,
				since: now - 180_000,
				problem: {code: type, message: `the message of ${type}`},
			})),
		};
		expect(applicationDetails(application, {surface, now, limit: 50, where: ''}).join('\n')).toMatchInlineSnapshot(`
			"
			checkout (declared by platform; after network, storage)
			  ‖ the whole application held by ana@bastion-1 until 11:46Z, 42m left: INC-2231
			  ‖ Deployment/web spec.replicas held by ana@bastion-1 until somebody resumes it (break-glass): INC-2231; automatic syncs are stopped
			  ‖ automatic syncs wait for their window: the message of SyncWindow (since 3m)
			  ‖ waits for what it depends on: the message of DependencyNotReady (since 3m)
			  ‖ waits for a revert on its way: the message of RevertInFlight (since 3m)"
		`);
	});
});

describe('the message says what matters most', () => {
	const cases: [string, Partial<ApplicationStatus>, string][] = [
		['nothing to say', {}, ''],
		[
			'a running sync',
			{operation: makeOperation({phase: 'Running', step: 1, steps: 3, done: 7, total: 11})},
			'syncing, step 2 of 3, 7/11',
		],
		[
			'a failed sync that still stands',
			{syncStatus: 'OutOfSync', operation: makeOperation({phase: 'Failed', message: 'Job/migrate: denied'})},
			'Job/migrate: denied',
		],
		[
			'a failed sync that was overcome',
			{operation: makeOperation({phase: 'Failed', message: 'Job/migrate: denied'})},
			'',
		],
		[
			'deletions that wait',
			{
				syncStatus: 'OutOfSync',
				operation: makeOperation({phase: 'AwaitingConfirmation', message: '12 of 14 deletions'}),
			},
			'waits for a person: 12 of 14 deletions',
		],
		[
			'health before counts',
			{syncStatus: 'OutOfSync', health: {status: 'Progressing', message: '1/3 ready'}},
			'1/3 ready',
		],
		[
			'a condition, not a notice',
			{
				conditions: [
					{
						type: 'ConfigurationNotice',
						since: now,
						problem: {code: 'Ignored', message: 'syncWindows are not supported'},
					},
					{
						type: 'RenderError',
						since: now,
						problem: {
							code: 'BadYaml',
							message: 'tab in indentation',
							file: 'k8s/a.yaml',
							line: 12,
							hint: 'Use spaces.',
						},
					},
				],
			},
			'k8s/a.yaml:12: tab in indentation',
		],
		[
			'counts, and why nothing is done about them',
			{syncStatus: 'OutOfSync', isAutomated: false, counts: {...counts, outOfSync: 3, missing: 1, toPrune: 2}},
			'1 missing, 2 differ, 2 to prune of 11; not automated: holdfast sync checkout',
		],
		[
			'only objects that Git does not have any more',
			{syncStatus: 'OutOfSync', counts: {...counts, toPrune: 2}},
			'2 to prune of 11; holdfast sync checkout --prune deletes them',
		],
	];
	test.each(cases)('%s', (_name, overrides, message) => {
		expect(messageOf(makeApplication(overrides))).toBe(message);
	});
});

describe('standing', () => {
	const cases: [Partial<ApplicationStatus>, string][] = [
		[{}, 'good'],
		[{operation: makeOperation({phase: 'Running'}), health: {status: 'Degraded'}}, 'syncing'],
		[{operation: makeOperation({phase: 'Failed'}), syncStatus: 'OutOfSync'}, 'failed'],
		[{operation: makeOperation({phase: 'Failed'})}, 'good'],
		[{operation: makeOperation({phase: 'AwaitingConfirmation'}), syncStatus: 'OutOfSync'}, 'failed'],
		[{health: {status: 'Degraded'}, syncStatus: 'Unknown'}, 'degraded'],
		[{syncStatus: 'Unknown'}, 'unknown'],
		[{health: {status: 'Unknown'}}, 'unknown'],
		[{health: {status: 'Missing'}, syncStatus: 'OutOfSync'}, 'missing'],
		[{syncStatus: 'OutOfSync', health: {status: 'Progressing'}}, 'out-of-sync'],
		[{health: {status: 'Progressing'}}, 'progressing'],
		[{health: {status: 'Suspended'}}, 'suspended'],
	];
	test.each(cases)('%j is %s', (overrides, standing) => {
		expect(standingOf(makeApplication(overrides))).toBe(standing);
	});
});

describe('details', () => {
	test('conditions, failed objects, the next try and the drift, in sentences', () => {
		const application = makeApplication({
			syncStatus: 'OutOfSync',
			drift: degraded.drift,
			operation: makeOperation({
				phase: 'Failed',
				attempt: 2,
				retryAt: now + 42_000,
				results: [
					{object: 'Job/migrate', action: 'change', result: 'Failed', message: 'field is immutable'},
					{object: 'ConfigMap/extra', action: 'create', result: 'Succeeded'},
				],
			}),
			conditions: [
				{
					type: 'RenderError',
					since: now - 180_000,
					problem: {code: 'BadYaml', message: 'tab in indentation', file: 'k8s/a.yaml', line: 12, hint: 'Use spaces'},
				},
			],
		});
		expect(
			applicationDetails(application, {surface, now, limit: 50, where: ' --context=eu'}).join('\n'),
		).toMatchInlineSnapshot(`
			"
			checkout
			  ✗ RenderError: k8s/a.yaml:12: tab in indentation. Use spaces (since 3m)
			  ✗ change Job/migrate: field is immutable
			  ⟳ attempt 2 failed, next in 42s
			  ≋ Deployment/checkout spec.replicas 3→10, set by kubectl/scale 5s ago: healing"
		`);
	});

	test('deletions that wait come with their list and the command', () => {
		const application = makeApplication({
			syncStatus: 'OutOfSync',
			operation: makeOperation({
				phase: 'AwaitingConfirmation',
				results: [],
				confirmation: {token: 'k3v9', deletions: ['ConfigMap/a', 'ConfigMap/b']},
			}),
		});
		expect(
			applicationDetails(application, {surface, now, limit: 50, where: ' --context=eu'}).join('\n'),
		).toMatchInlineSnapshot(`
			"
			checkout
			  ✗ 2 deletions wait for a person:
			      delete ConfigMap/a
			      delete ConfigMap/b
			    To delete exactly these: holdfast sync checkout --prune --confirm-deletions=k3v9 --context=eu"
		`);
	});

	test('too many lines are counted, and where to see them is said', () => {
		const conditions = Array.from({length: 7}, (_item, index) => ({
			type: 'SyncError' as const,
			since: now,
			problem: {code: 'X', message: `problem ${index}`},
		}));
		const lines = applicationDetails(makeApplication({conditions}), {surface, now, limit: 5, where: ' --context=eu'});
		expect(lines).toHaveLength(2 + 5 + 1);
		expect(lines.at(-1)).toBe('  … and 2 more: holdfast status checkout --context=eu');
	});

	test('nothing to say takes no line', () => {
		expect(applicationDetails(good, {surface, now, limit: 5, where: ' --context=eu'})).toEqual([]);
	});

	test('a value that would rewrite the screen is shown', () => {
		const evil = makeField({now: '\u001b[2Jgone', manager: 'k\rubectl'});
		const application = makeApplication({drift: [{...degraded.drift[0]!, fields: [evil]}]});
		const text = applicationDetails(application, {surface, now, limit: 5, where: ' --context=eu'}).join('\n');
		expect(text).toContain('\\x1b[2Jgone');
		expect(text).toContain('k\\rubectl');
		expect(text).not.toMatch(/[\u001b\r]/);
	});
});

test('objects, those that need a look first', () => {
	const resource = (overrides: Partial<ResourceStatus>): ResourceStatus => ({
		group: '',
		version: 'v1',
		kind: 'ConfigMap',
		namespace: 'shop',
		name: 'a',
		syncStatus: 'Synced',
		health: {status: 'Healthy'},
		isHook: false,
		requiresPruning: false,
		...overrides,
	});
	const resources = [
		resource({}),
		resource({kind: 'Deployment', name: 'checkout', health: {status: 'Progressing', message: '1/3 ready'}}),
		resource({
			kind: 'ClusterRole',
			namespace: '',
			name: 'reader',
			problem: {code: 'Forbidden', message: 'not allowed'},
		}),
		resource({kind: 'Job', name: 'migrate', isHook: true, syncStatus: 'Unknown'}),
		resource({name: 'old', requiresPruning: true, syncStatus: 'OutOfSync'}),
	];
	expect(resourceTable(resources, surface).join('\n')).toMatchInlineSnapshot(`
		"  KIND          NAMESPACE   NAME       SYNC        HEALTH        MESSAGE
		✗ ClusterRole   -           reader     Synced      Healthy       not allowed
		≠ ConfigMap     shop        old        OutOfSync   Healthy       not in Git any more
		? Job           shop        migrate    Unknown     Healthy       hook
		⟳ Deployment    shop        checkout   Synced      Progressing   1/3 ready
		✓ ConfigMap     shop        a          Synced      Healthy"
	`);
});

describe('how old it is and who holds it', () => {
	test('a worker', () => {
		expect(freshnessLines(makeWorker(), [degraded], {held: {type: 'worker'}, now})).toEqual([
			'Seen: cluster 2s ago, Git 14s ago. Worker 4711 holds eu-prod, for 3h.',
		]);
	});

	test('an observing worker', () => {
		const [line] = freshnessLines(makeWorker({mode: 'observe'}), [degraded], {held: {type: 'worker'}, now});
		expect(line).toContain('Worker 4711 observes eu-prod');
	});

	test('the oldest counts, and what was never seen counts most', () => {
		const older = makeApplication({sourceSeenAt: now - 3_600_000, clusterSeenAt: now - 600_000});
		const [line] = freshnessLines(makeWorker(), [degraded, older], {held: {type: 'worker'}, now});
		expect(line).toContain('cluster 10m ago, Git 60m ago');
		const [other] = freshnessLines(makeWorker(), [older, unknown], {held: {type: 'worker'}, now});
		expect(other).toContain('cluster not yet, Git not yet');
	});

	test.each([
		['none-running', 'no worker is running here, so nothing is synced or healed. Start one: holdfast worker'],
		['asked', 'A one-shot look (--once).'],
		['pass', 'which ends now; nothing is synced or healed after it'],
	] as const)('one shot: %s', (cause, sentence) => {
		const [line] = freshnessLines(makeWorker(), [good], {held: {type: 'one-shot', cause}, now});
		expect(line).toContain(sentence);
	});

	test('what does not answer is named, with since when and why', () => {
		const problem = {code: 'Unreachable', message: 'connection refused'};
		const worker = makeWorker({
			connections: [{...makeWorker().connections[0]!, state: 'stale', since: now - 37_000, problem}],
			repositories: [{repoURL: 'https://git.example.com/shop.git', state: 'stale', since: now - 90_000, problem}],
		});
		expect(freshnessLines(worker, [good], {held: {type: 'worker'}, now}).slice(1)).toEqual([
			'Cluster eu-prod has not answered for 37s: connection refused',
			'Repository https://git.example.com/shop.git has not answered for 90s: connection refused',
		]);
	});
});
