import {afterAll, beforeAll, describe, expect, test} from 'vitest';
import type {ApplicationStatus} from '../../../source/model/status.ts';
import type {SyncAnswer, SyncParameters} from '../../../source/protocol/messages/sync.ts';
import {ourWrites} from '../audit-log.ts';
import {planeWithControllers as plane} from '../shared-control-plane.ts';
import {inWave, job, server} from './ordered-objects.ts';
import {configMap} from './shop.ts';
import {createWorkerBench, eventually, uniqueName, type WorkerBench} from './worker-bench.ts';

const kubectl = (...parameters: string[]): Promise<string> => plane!.kubectl(parameters);

/** Open or closed for as long as tests run. */
const always = {schedule: '* * * * *', duration: '1h'};
/** A beginning that comes while these tests run, and not before the first of them. */
const opensAt = Math.ceil((Date.now() + 20_000) / 60_000) * 60_000;
const scheduleOf = (time: number): string => `${new Date(time).getUTCMinutes()} ${new Date(time).getUTCHours()} * * *`;

function annotated(name: string, key: string, value: string, data = '1'): string {
	const annotations = {[`kustomize.toolkit.fluxcd.io/${key}`]: value};
	return configMap(name, {a: data}).replace(`{name: ${name}}`, JSON.stringify({name, annotations}));
}

const once = {syncPolicy: {retry: {limit: 0}}};
const byHand = {syncPolicy: {automated: {enabled: false}}};

const applications: Readonly<
	Record<string, {readonly declared?: object; readonly files: Readonly<Record<string, string>>}>
> = {
	failing: {
		declared: once,
		files: {
			'before.yaml': job('before', {hook: 'PreSync', exitCode: 1}),
			'clean-up.yaml': job('clean-up', {hook: 'SyncFail'}),
			'after.yaml': job('after', {hook: 'PostSync'}),
			'settings.yaml': configMap('settings', {a: '1'}),
		},
	},
	left: {
		declared: once,
		files: {
			'before.yaml': job('before', {hook: 'PreSync', policy: 'HookSucceeded', exitCode: 1}),
			'settings.yaml': configMap('settings', {a: '1'}),
		},
	},
	chosen: {
		declared: byHand,
		files: {
			'a.yaml': configMap('a', {a: '1'}),
			'b.yaml': configMap('b', {a: '1'}),
			'before.yaml': job('before', {hook: 'PreSync'}),
		},
	},
	lenient: {
		declared: {syncWindows: [{kind: 'deny', ...always, manualSync: true}]},
		files: {'a.yaml': configMap('a', {a: '1'})},
	},
	strict: {
		declared: {syncWindows: [{kind: 'deny', ...always}]},
		files: {'a.yaml': configMap('a', {a: '1'})},
	},
	open: {
		declared: {syncWindows: [{kind: 'allow', ...always}]},
		files: {'a.yaml': configMap('a', {a: '1'})},
	},
	base: {files: {'web.yaml': server('web', {isReady: false})}},
	dependent: {declared: {dependsOn: ['base']}, files: {'a.yaml': configMap('a', {a: '1'})}},
	forced: {files: {'work.yaml': job('work', {isForced: true}), 'rigid.yaml': job('rigid')}},
	stubborn: {
		declared: {syncPolicy: {retry: {limit: 1, backoff: {duration: '1s'}}}},
		files: {'odd.yaml': 'apiVersion: v1\nkind: Service\nmetadata: {name: odd}\nspec:\n  ports: [{port: 99999}]\n'},
	},
	opening: {
		declared: {syncWindows: [{kind: 'allow', schedule: scheduleOf(opensAt), duration: '1h'}]},
		files: {'a.yaml': configMap('a', {a: '1'})},
	},
	annotated: {
		files: {
			'once.yaml': annotated('once', 'ssa', 'IfNotPresent'),
			'merged.yaml': annotated('merged', 'ssa', 'Merge'),
			'taken.yaml': configMap('taken', {a: '1'}),
			'off.yaml': annotated('off', 'reconcile', 'disabled'),
			'kept.yaml': annotated('kept', 'prune', 'disabled'),
		},
	},
	patient: {
		declared: {syncPolicy: {automated: {enabled: false}, waitForHealth: true}},
		files: {'web.yaml': server('web', {isReady: true, readyAfter: 700})},
	},
};

describe.skipIf(!plane)('gates on a real cluster', () => {
	const run = uniqueName('gates');
	const names = Object.keys(applications);
	const namespaceOf = (name: string): string => `${run}-${name}`;
	let bench: WorkerBench;
	const sync = (application: string, options: Partial<SyncParameters> = {}): Promise<SyncAnswer> =>
		bench.client.sync({application, initiatedBy: 'ana@bench', dryRun: false, ...options});
	const until = (name: string, check: (status: ApplicationStatus) => void): Promise<void> =>
		eventually(async () => check(await bench.status(name)), 60_000);
	const exists = async (name: string, object: string): Promise<boolean> =>
		(await kubectl('get', object, '-n', namespaceOf(name), '--ignore-not-found', '-o', 'name')) !== '';
	const uidOf = (name: string, object: string): Promise<string> =>
		kubectl('get', object, '-n', namespaceOf(name), '-o', 'jsonpath={.metadata.uid}');
	const written = async (name: string): Promise<string[]> =>
		(await ourWrites(plane!.auditLog, namespaceOf(name))).map(({text}) => text);

	beforeAll(async () => {
		bench = createWorkerBench({
			kubeconfig: plane!.kubeconfig,
			applications: names.map(name => ({name, namespace: namespaceOf(name), ...applications[name]?.declared})),
		});
		const files = names.flatMap(name =>
			Object.entries(applications[name]?.files ?? {}).map(([file, text]) => [`${name}/${file}`, text]),
		);
		bench.remote.push('first', Object.fromEntries(files));
		// What kubectl applied before: `b` is in nobody's Git any more.
		await kubectl('create', 'namespace', namespaceOf('annotated'));
		for (const name of ['once', 'merged', 'taken']) {
			await plane!.kubectl(['apply', '-n', namespaceOf('annotated'), '-f', '-'], configMap(name, {a: '0', b: '0'}));
		}
		await bench.start();
	});
	afterAll(async () => {
		await bench?.close();
		await kubectl('delete', 'namespace', '--wait=false', '--ignore-not-found', ...names.map(namespaceOf));
	});

	test('a PreSync hook that fails stops what follows and runs SyncFail', async () => {
		await until('failing', ({operation}) => expect(operation?.phase).toBe('Failed'));
		const {operation} = await bench.status('failing');
		expect(operation).toMatchObject({failureCodes: ['HookFailed'], syncPhase: 'SyncFail'});
		expect(operation?.message).toMatch(/PreSync hook Job\/before failed/);
		expect(operation?.results).toEqual([
			expect.objectContaining({object: 'Job/before', action: 'hook', result: 'Failed'}),
			{object: 'Job/clean-up', action: 'hook', result: 'Succeeded'},
		]);
		expect(await written('failing')).toEqual(['apply jobs/before', 'apply jobs/clean-up']);
	});

	test('a hook that failed is owed: its objects alone do not make the sync done', async () => {
		bench.remote.push('it works now', {'failing/before.yaml': job('before', {hook: 'PreSync'})});
		bench.remote.push('but the end does not', {'failing/after.yaml': job('after', {hook: 'PostSync', exitCode: 1})});
		await bench.refresh('failing');
		await until('failing', ({operation}) => expect(operation?.message).toMatch(/PostSync hook Job\/after failed/));
		const commit = bench.remote.push('all does', {'failing/after.yaml': job('after', {hook: 'PostSync'})});
		expect((await bench.status('failing')).syncedRevision).toBeNull();
		await bench.refresh('failing');
		await until('failing', status => {
			expect(status).toMatchObject({syncedRevision: commit, operation: {phase: 'Succeeded'}});
		});
	});

	test('a commit is tried once, again as often as the policy says, and then only when somebody asks', async () => {
		const attempts = (): (string | number)[][] =>
			[...bench.entries.values()]
				.flatMap(entry => (entry.type === 'sync' && entry.application === 'stubborn' ? [entry] : []))
				.map(({initiatedBy, phase, failed}) => [initiatedBy, phase, failed]);
		// What was recorded before this client came, it was not told.
		const history = await bench.client.history({application: 'stubborn', types: ['sync']});
		for (const entry of history) bench.entries.set(entry.id, entry);
		await until('stubborn', ({operation}) => expect(operation).toMatchObject({phase: 'Failed', attempt: 2}));
		for (const _pass of [1, 2, 3]) await bench.refresh('stubborn');
		await eventually(() =>
			expect(attempts()).toEqual([
				['automated', 'Failed', 1],
				['retry', 'Failed', 1],
			]),
		);
		expect((await bench.status('stubborn')).operation?.retryAt).toBeUndefined();
		expect((await sync('stubborn')).operation).toMatchObject({initiatedBy: 'ana@bench', phase: 'Failed'});
	});

	test('a failed hook that its policy keeps is not taken for the next one', async () => {
		await until('left', ({operation}) => expect(operation?.phase).toBe('Failed'));
		const again = await sync('left');
		expect(again.operation).toMatchObject({phase: 'Failed', failureCodes: ['HookLeftOver']});
		expect(await exists('left', 'configmap/settings')).toBe(false);
		await kubectl('delete', 'job/before', '-n', namespaceOf('left'));
		await kubectl('create', 'job', 'before', '--image=alpine', '-n', namespaceOf('left'));
		expect((await sync('left')).operation?.failureCodes).toEqual(['HookNotOurs']);
		expect(await exists('left', 'job/before')).toBe(true);
	});

	test('an application waits for what it depends on, from its very first sync', async () => {
		const {conditions, syncedRevision} = await bench.status('dependent');
		expect(conditions).toMatchObject([
			{
				type: 'DependencyNotReady',
				problem: {object: 'Application/base', message: expect.stringMatching(/^waits for base: it is /)},
			},
		]);
		expect(syncedRevision).toBeNull();
		expect(await written('dependent')).toEqual([]);
	});

	test('a person ends a sync: what comes after is not begun, what was done is said, and it is not begun again', async () => {
		bench.remote.push('two waves', {
			'base/first.yaml': inWave(-1, server('first', {isReady: false})),
			'base/second.yaml': inWave(1, configMap('second', {a: '1'})),
		});
		const refreshed = bench.refresh('base');
		await until('base', ({operation}) => expect(operation).toMatchObject({phase: 'Running', wave: -1, done: 1}));
		const ended = await bench.client.endSync({application: 'base', initiatedBy: 'ana@bench'});
		expect(ended).toMatchObject({
			phase: 'Failed',
			failureCodes: ['SyncEnded'],
			message: 'ended by ana@bench; 1 of 2 was done: 1 created',
			results: [{object: 'Deployment/first', action: 'create', result: 'Succeeded'}],
		});
		await refreshed;
		await expect(bench.client.endSync({application: 'base', initiatedBy: 'ana@bench'})).rejects.toMatchObject({
			code: 'NothingToEnd',
		});
		await bench.refresh('base');
		expect((await bench.status('base')).operation?.id).toBe(ended.id);
		expect(await exists('base', 'configmap/second')).toBe(false);
		const inventory = await kubectl('get', 'configmap/holdfast-base', '-n', namespaceOf('base'), '-o', 'yaml');
		expect(inventory).toMatch(/first \S/);
	});

	test('a newer commit ends the wait of an automatic sync', async () => {
		bench.remote.push('begin again', {'base/second.yaml': inWave(1, configMap('second', {a: '2'}))});
		void bench.refresh('base');
		await until('base', ({operation}) => expect(operation?.phase).toBe('Running'));
		const commit = bench.remote.push('mend it', {
			'base/first.yaml': inWave(-1, server('first', {isReady: true})),
			'base/web.yaml': server('web', {isReady: true}),
		});
		await bench.refresh('base');
		await bench.synced('base');
		expect((await bench.status('base')).syncedRevision).toBe(commit);
		const superseded = [...bench.entries.values()].filter(
			entry => entry.type === 'sync' && /newer commit/.test(entry.message),
		);
		expect(superseded).toMatchObject([{application: 'base', phase: 'Failed'}]);
	});

	test('when all that it depends on is Synced and Healthy at the same commit, it goes on by itself', async () => {
		await bench.synced('dependent');
		bench.remote.push('break the base, change the dependent', {
			'base/web.yaml': server('web', {isReady: false}),
			'dependent/a.yaml': configMap('a', {a: '2'}),
		});
		await bench.refresh('base');
		await bench.refresh('dependent');
		const {conditions} = await bench.status('dependent');
		expect(conditions).toMatchObject([
			{
				type: 'DependencyNotReady',
				problem: {object: 'Application/base', message: expect.stringMatching(/waits for base: /)},
			},
		]);
		const before = await kubectl('get', 'configmap/a', '-n', namespaceOf('dependent'), '-o', 'jsonpath={.data.a}');
		expect(before).toBe('1');
		const {warnings} = await sync('dependent', {dryRun: true});
		expect(warnings).toMatchObject([{code: 'DependencyNotReady'}]);
		bench.remote.push('mend the base', {'base/web.yaml': server('web', {isReady: true})});
		await bench.refresh('base');
		await bench.synced('base', 'dependent');
		await until('dependent', status => expect(status.conditions).toEqual([]));
	});

	test("a person's sync goes ahead of a dependency, and is told", async () => {
		bench.remote.push('break the base again', {
			'base/web.yaml': server('web', {isReady: false}),
			'dependent/a.yaml': configMap('a', {a: '3'}),
		});
		await bench.refresh('base');
		const {operation, warnings} = await sync('dependent');
		expect(operation?.phase).toBe('Succeeded');
		expect(warnings).toMatchObject([{code: 'DependencyNotReady', object: 'Application/base'}]);
	});

	test('selected objects only: nothing else is written, no hook runs, the revision is not synced', async () => {
		const {plan, operation} = await sync('chosen', {only: ['ConfigMap/a']});
		expect(plan.counts).toMatchObject({create: 1, hooks: 0});
		expect(operation).toMatchObject({phase: 'Succeeded', message: '1 created'});
		expect(await written('chosen')).toEqual(['apply configmaps/a']);
		expect((await bench.status('chosen')).syncedRevision).toBeNull();
		await expect(sync('chosen', {only: ['ConfigMap/aa']})).rejects.toMatchObject({
			code: 'ObjectNotFound',
			problem: {hint: expect.stringContaining('ConfigMap/a')},
		});
		await sync('chosen');
		expect(await written('chosen')).toEqual(['apply configmaps/a', 'apply jobs/before', 'apply configmaps/b']);
		expect((await bench.status('chosen')).syncedRevision).not.toBeNull();
		expect((await sync('chosen')).plan.steps).toEqual([]);
	});

	test('a closed window keeps automatic syncs back, and people unless they say so and it lets them', async () => {
		for (const name of ['lenient', 'strict']) {
			expect((await bench.status(name)).conditions).toMatchObject([
				{type: 'SyncWindow', problem: {code: 'SyncWindowClosed'}},
			]);
			expect(await exists(name, 'configmap/a')).toBe(false);
			expect((await sync(name)).problem).toMatchObject({code: 'SyncWindowClosed'});
		}
		const {problem, operation} = await sync('strict', {ignoreWindows: true});
		expect(problem).toMatchObject({code: 'SyncWindowClosed', hint: expect.stringContaining('manualSync')});
		expect(operation).toBeUndefined();
		expect((await sync('lenient', {ignoreWindows: true})).operation?.phase).toBe('Succeeded');
	});

	test('healing goes on while the window is closed', async () => {
		await kubectl('patch', 'configmap/a', '-n', namespaceOf('lenient'), '-p', '{"data":{"a":"hand"}}');
		await eventually(async () =>
			expect(await kubectl('get', 'configmap/a', '-n', namespaceOf('lenient'), '-o', 'jsonpath={.data.a}')).toBe('1'),
		);
	});

	test('an open window changes nothing', async () => {
		await bench.synced('open');
		expect((await bench.status('open')).conditions).toEqual([]);
	});

	test('a forced object is deleted and made anew when a field cannot change; without that it says so', async () => {
		await bench.synced('forced');
		const [work, rigid] = await Promise.all([uidOf('forced', 'job/work'), uidOf('forced', 'job/rigid')]);
		bench.remote.push('another image', {
			'forced/work.yaml': job('work', {isForced: true, image: 'alpine:4'}),
			'forced/rigid.yaml': job('rigid', {image: 'alpine:4'}),
		});
		await bench.refresh('forced');
		await until('forced', ({operation}) => expect(operation).toMatchObject({failureCodes: ['ImmutableField']}));
		expect(await uidOf('forced', 'job/work')).not.toBe(work);
		expect(await uidOf('forced', 'job/rigid')).toBe(rigid);
		bench.remote.push('as it was', {'forced/rigid.yaml': job('rigid')});
		await bench.refresh('forced');
		await bench.synced('forced');
	});

	test("Flux's annotations on objects act", async () => {
		await bench.synced('annotated');
		const dataOf = async (name: string): Promise<unknown> =>
			JSON.parse(await kubectl('get', `configmap/${name}`, '-n', namespaceOf('annotated'), '-o', 'jsonpath={.data}'));
		expect(await dataOf('once')).toEqual({a: '0', b: '0'});
		expect(await dataOf('merged')).toEqual({a: '1', b: '0'});
		expect(await dataOf('taken')).toEqual({a: '1'});
		expect(await exists('annotated', 'configmap/off')).toBe(false);
		bench.remote.push('change and remove', {
			'annotated/once.yaml': annotated('once', 'ssa', 'IfNotPresent', '2'),
			'annotated/kept.yaml': null,
		});
		await bench.refresh('annotated');
		expect(await dataOf('once')).toEqual({a: '0', b: '0'});
		expect(await dataOf('kept')).toEqual({a: '1'});
	});

	test('a sync that waits for health is done when the last wave is healthy', async () => {
		const {operation} = await sync('patient');
		expect(operation?.phase).toBe('Succeeded');
		expect((await bench.status('patient')).health.status).toBe('Healthy');
	});

	test('when a window opens, the sync that waited for it begins by itself', async () => {
		await eventually(async () => expect((await bench.status('opening')).syncStatus).toBe('Synced'), 90_000);
		await until('opening', ({operation}) => {
			expect(operation).toMatchObject({initiatedBy: 'automated', phase: 'Succeeded'});
			expect(operation?.startedAt).toBeGreaterThanOrEqual(opensAt);
		});
		expect((await bench.status('opening')).conditions).toEqual([]);
	});
});
